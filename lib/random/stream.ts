import { readFileSync } from "node:fs";
import { join } from "node:path";
import { philox4x32 } from "./philox";

// Stored cells of sweeps depend on the module as on code, which this line tells them: import "./assembly/stream.wasm".
const moduleFile = join(__dirname, "assembly", "stream.wasm");

/** What `assembly/stream.ts` exports. */
export interface StreamModule {
  readonly memory: WebAssembly.Memory;
  chooseStream(key0: number, key1: number, upper0: number, upper1: number): void;
  words(into: number, firstBlock: number, passes: number): void;
  uniforms(into: number, firstBlock: number, passes: number): void;
  normals(into: number, firstBlock: number, passes: number): void;
  scaleAndShift(at: number, vectors: number, scale: number, shift: number): void;
  addNormalProducts(
    tile: number,
    capacity: number,
    vectors: number,
    products: number,
    matrices: number,
    batch: number,
    rows: number,
    columns: number,
    first: number,
  ): void;
  rectifiedSquares(at: number, rows: number, columns: number, into: number): void;
  openProducts(at: number, other: number, rows: number, columns: number, into: number): void;
  addNormals(at: number, rows: number, columns: number, vectors: number, factors: number, into: number): void;
  tanhJetProducts(
    first: number,
    second: number,
    third: number,
    rows: number,
    columns: number,
    roots: number,
    into: number,
  ): void;
}

/** What the numbers of a stream are read as: all 32 bits, uniforms on [0, 1) or standard normals. */
export type Reading = "words" | "uniforms" | "normals";

// Numbers of the module's memory: its own constants, the tile that it draws into, then vectors and products. A tile that
// the first-level cache holds is read again at no cost.
const PAGE = 16_384;
const TILE_START = PAGE;
const TILE_LENGTH = 4096;
const WORK_START = 2 * PAGE;
/** Vectors and products that are worked on at once, unless those of one matrix are more: a second-level cache's worth. */
const WORK_LENGTH = 2 ** 17;

let opened: StreamModule | undefined;

function streamModule(): StreamModule {
  if (opened === undefined) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(moduleFile)));
    opened = exports as unknown as StreamModule;
    opened.memory.grow(WORK_START / PAGE);
  }
  return opened;
}

// The constants under which TensorFlow's stateless samplers scramble a seed into a Philox key and counter.
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29];

/** The module, set to the stream of a key's words. */
function streamOf([low, high]: readonly [number, number]): StreamModule {
  const stream = streamModule();
  const [key0, key1, upper0, upper1] = philox4x32([low, low >> 31, high, high >> 31], SCRAMBLE_KEY);
  stream.chooseStream(key0, key1, upper0, upper1);
  return stream;
}

/** Fills `output` with the numbers of the stream of a key's words, from its number `first` on, as `number · scale + shift`. */
export function fillFromStream(
  output: Int32Array | Float32Array,
  words: readonly [number, number],
  reading: Reading,
  { first = 0, scale = 1, shift = 0 }: { first?: number; scale?: number; shift?: number } = {},
): void {
  const stream = streamOf(words);
  const Numbers = output instanceof Int32Array ? Int32Array : Float32Array;
  const tile = new Numbers(stream.memory.buffer, 4 * TILE_START, TILE_LENGTH);
  // The module draws from a multiple of 16 numbers on; those before `first` are left out.
  let skipped = first % 16;
  let block = (first - skipped) / 4;
  for (let done = 0; done < output.length;) {
    const wanted = Math.min(TILE_LENGTH, skipped + output.length - done);
    stream[reading](4 * TILE_START, block, Math.ceil(wanted / 32));
    if (scale !== 1 || shift !== 0) stream.scaleAndShift(4 * TILE_START, Math.ceil(wanted / 4), scale, shift);
    output.set(tile.subarray(skipped, wanted), done);
    done += wanted - skipped;
    block += TILE_LENGTH / 4;
    skipped = 0;
  }
}

/** Room for so many float32 numbers from WORK_START on. */
function makeRoom(stream: StreamModule, numbers: number): void {
  const missing = WORK_START + numbers - stream.memory.buffer.byteLength / 4;
  if (missing > 0) stream.memory.grow(Math.ceil(missing / PAGE));
}

/** The module, and where its working memory of at least so many bytes starts: arrays over it hold until the next call. */
export function workspace(bytes: number): { readonly module: StreamModule; readonly start: number } {
  const module = streamModule();
  makeRoom(module, Math.ceil(bytes / 4));
  return { module, start: 4 * WORK_START };
}

/** Bytes that `drawNormals` takes at most for so many numbers: it draws from a multiple of 16 on, 32 at once. */
export function bytesOfNormals(length: number): number {
  return 4 * 32 * Math.ceil((length + 15) / 32);
}

/**
 * Draws standard normals of the stream of a key's words, from its number `first` on, into the module's memory from byte `at`
 * on, a multiple of 16.
 *
 * @returns the byte at which the first of them lies
 */
export function drawNormals(
  words: readonly [number, number],
  { first, length, at }: { first: number; length: number; at: number },
): number {
  const skipped = first % 16;
  streamOf(words).normals(at, (first - skipped) / 4, Math.ceil((skipped + length) / 32));
  return at + 4 * skipped;
}

/** Sizes of `normalProducts`: `matrices` matrices, each `rows` by `columns`, and `batch` vectors for each of them. */
export interface ProductSizes {
  readonly matrices: number;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
}

/** `normalProducts` for the words of a key and sizes that hold. */
export function multiplyFromStream(
  words: readonly [number, number],
  vectors: Float32Array,
  sizes: ProductSizes,
  first: number,
): Float32Array {
  const { matrices, batch, rows, columns } = sizes;
  const stream = streamOf(words);
  const products = new Float32Array(matrices * batch * columns);
  const numbersPerMatrix = batch * (rows + columns);
  const atOnce = Math.max(1, Math.min(matrices, Math.floor(WORK_LENGTH / numbersPerMatrix)));
  makeRoom(stream, atOnce * numbersPerMatrix);
  for (let done = 0; done < matrices; done += atOnce) {
    const count = Math.min(atOnce, matrices - done);
    const from = new Float32Array(stream.memory.buffer, 4 * WORK_START, count * batch * rows);
    const to = new Float32Array(stream.memory.buffer, 4 * WORK_START + from.byteLength, count * batch * columns);
    from.set(vectors.subarray(done * batch * rows, (done + count) * batch * rows));
    to.fill(0);
    stream.addNormalProducts(
      4 * TILE_START,
      TILE_LENGTH,
      from.byteOffset,
      to.byteOffset,
      count,
      batch,
      rows,
      columns,
      (first + done) * rows * columns,
    );
    products.set(to, done * batch * columns);
  }
  return products;
}
