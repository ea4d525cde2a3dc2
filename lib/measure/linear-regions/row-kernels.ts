import { readFileSync } from "node:fs";
import { join } from "node:path";

// Stored cells of sweeps depend on the module as on code, which this line tells them: import "./assembly/rows.wasm".
const moduleFile = join(__dirname, "assembly", "rows.wasm");

/** What `assembly/rows.ts` exports: arithmetic on rows of numbers in the module's memory, by their addresses in bytes. */
export interface RowKernels {
  readonly memory: WebAssembly.Memory;
  multiply(
    rows: number,
    results: number,
    count: number,
    weights: number,
    fanIn: number,
    wanted: number,
    wantedCount: number,
    biases: number,
    room: number,
  ): void;
  multiplyRow(
    row: number,
    result: number,
    weights: number,
    fanIn: number,
    wanted: number,
    wantedCount: number,
    biases: number,
  ): void;
  rowNorms(matrix: number, rows: number, columns: number, norms: number): void;
  norm(row: number, width: number): number;
  distanceFromChord(row: number, a: number, b: number, fraction: number, width: number): number;
  combine(to: number, a: number, alpha: number, b: number, beta: number, width: number): void;
  addTo(to: number, row: number, width: number): void;
  rectify(to: number, row: number, slope: number, width: number): number;
  roundToZero(row: number, gains: number, offsets: number, magnitude: number, unit: number, width: number): void;
  listCrossings(a: number, b: number, width: number, list: number): number;
  listWanted(
    a: number,
    b: number,
    gains: number,
    offsets: number,
    distance: number,
    magnitude: number,
    unit: number,
    width: number,
    list: number,
  ): number;
  addColumn(
    row: number,
    matrix: number,
    columns: number,
    column: number,
    factor: number,
    wanted: number,
    wantedCount: number,
  ): void;
}

/** The kernels with their memory, which is used anew by every count, from its start. */
export interface Scratch {
  readonly kernels: RowKernels;
  /** The whole memory as numbers, whole numbers and bytes; other arrays once the memory has grown. */
  numbers: Float64Array;
  bytes: Uint8Array;
  integers: Uint32Array;
  /** The first free address. */
  top: number;
}

const PAGE = 65_536;
/** A memory that has grown beyond this is given up after the count that needed it. */
const keptBytes = 2 ** 26;

let module: WebAssembly.Module | undefined;
let kept: RowKernels | undefined;

/** Scratch memory that is empty. Whoever takes it has done with it before anyone else takes it. */
export function emptyScratch(): Scratch {
  if (kept === undefined || kept.memory.buffer.byteLength > keptBytes) {
    module ??= new WebAssembly.Module(readFileSync(moduleFile));
    kept = new WebAssembly.Instance(module, {}).exports as unknown as RowKernels;
  }
  const { buffer } = kept.memory;
  // Below the first page's end the compiler may keep what it likes.
  return {
    kernels: kept,
    numbers: new Float64Array(buffer),
    integers: new Uint32Array(buffer),
    bytes: new Uint8Array(buffer),
    top: PAGE,
  };
}

/** The address of room for `bytes` bytes, a multiple of 16. Throws RangeError where there is none. */
export function allocate(scratch: Scratch, bytes: number): number {
  const { memory } = scratch.kernels;
  const address = scratch.top;
  scratch.top = address + 16 * Math.ceil(bytes / 16);
  const missing = scratch.top - memory.buffer.byteLength;
  if (missing > 0) {
    // A quarter more than is needed, so that memory that grows in small steps is not copied at each.
    const pages = Math.ceil(Math.max(missing, memory.buffer.byteLength / 4) / PAGE);
    try {
      memory.grow(Math.min(pages, 65_536 - memory.buffer.byteLength / PAGE));
    } catch (cause) {
      throw new RangeError(`Counting needs ${(scratch.top / 2 ** 30).toFixed(1)} GiB of memory at once.`, { cause });
    }
    scratch.numbers = new Float64Array(memory.buffer);
    scratch.integers = new Uint32Array(memory.buffer);
    scratch.bytes = new Uint8Array(memory.buffer);
  }
  return address;
}

/** Room for the numbers, which are copied there; their address. */
export function store(scratch: Scratch, values: Float64Array): number {
  const address = allocate(scratch, 8 * values.length);
  scratch.numbers.set(values, address / 8);
  return address;
}
