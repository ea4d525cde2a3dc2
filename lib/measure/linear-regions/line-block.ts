import { checkSize } from "./largest-value";
import type { LineProgram } from "./line-program";
import { allocate, type Scratch } from "./row-kernels";

/** Where the last rectifier broke the line: the new points, by the gap between two older ones that they lie in. */
export interface Breaks {
  /** By gap that has any: the places of the points around it, and where its neurons end in `neurons`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly neuronsEnd: Int32Array;
  /** The neurons that change in the gaps, gap by gap. */
  readonly neurons: Int32Array;
  /** By place: what a new point is, `alpha` of the older one to its left and `beta` of that to its right. */
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
}

/** Consecutive points of a line on their way through a net, in order, in homogeneous coordinates (t, w). */
export interface LineBlock {
  count: number;
  /** What the net made of the points so far, `[count, width]`: the address of the first row; `rowBytes` lie between rows. */
  rows: number;
  width: number;
  /** Columns behind those: what some neurons that are left out add to the outputs. */
  sums: number;
  coordinates: Float64Array;
  /** The size of the numbers that each point's row was computed from: rounding errors are in proportion to it. */
  magnitude: Float64Array;
  /** The norms of the rows, where the last step has left them. */
  norms: Float64Array | undefined;
  /** The layer and the neuron that change at the point; −1 at ends and joints. */
  layer: Int32Array;
  neuron: Int32Array;
  /** Set between a rectifier and the next step. */
  breaks: Breaks | undefined;
  /** The inputs of the residual blocks that are open, outermost first. */
  saved: Float64Array[];
  /** Addresses of the norms of weights and sizes of biases that the rows' errors are measured by. */
  gains: number;
  offsets: number;
  /** By what factor the steps since the magnitudes were raised grow errors, typically. */
  growth: number;
}

/** From a row to the next. Rows at powers of two would drive one another from the first-level cache. */
export function rowBytes(width: number): number {
  return 8 * (width + (width % 2)) + 64;
}

/** From a block's row to its next. */
export function strideOf({ width, sums }: LineBlock): number {
  return rowBytes(width + sums);
}

/** Two areas of rows, of which a step reads one and writes the other. */
export interface LineWalk {
  readonly scratch: Scratch;
  readonly program: LineProgram;
  readonly areas: [address: number, address: number];
  readonly sizes: [bytes: number, bytes: number];
}

/** The address of an area, not the block's own, with room for `count` rows of any width on the way. */
export function otherArea(walk: LineWalk, block: LineBlock, count: number): number {
  const other = block.rows === walk.areas[0] ? 1 : 0;
  const bytes = count * rowBytes(walk.program.widest);
  if (bytes > walk.sizes[other]) {
    walk.sizes[other] = Math.max(bytes, Math.min(2 * bytes, 2 ** 23));
    walk.areas[other] = allocate(walk.scratch, walk.sizes[other]);
  }
  return walk.areas[other];
}

/** Raises each point's magnitude to the norm of its row. Throws RangeError where they are too large to count with. */
export function raiseMagnitudes(walk: LineWalk, block: LineBlock): number {
  const { kernels } = walk.scratch;
  const { norms, rows, width } = block;
  const stride = strideOf(block);
  let largest = 0;
  for (let place = 0; place < block.count; place++) {
    const norm = norms === undefined ? kernels.norm(rows + place * stride, width) : norms[place];
    const magnitude = Math.max(block.growth * block.magnitude[place], norm);
    block.magnitude[place] = magnitude;
    // A comparison with NaN is false.
    if (!(magnitude <= largest)) largest = magnitude;
  }
  block.growth = 1;
  checkSize(largest);
  return largest;
}

/** The rows of a block, copied from the kernels' memory: `[count, width + sums]`. */
export function copyOfRows(walk: LineWalk, block: LineBlock, begin: number, end: number): Float64Array {
  const { numbers } = walk.scratch;
  const columns = block.width + block.sums;
  const values = new Float64Array((end - begin) * columns);
  for (let place = begin; place < end; place++) {
    const at = (block.rows + place * strideOf(block)) / 8;
    values.set(numbers.subarray(at, at + columns), (place - begin) * columns);
  }
  return values;
}

/** Puts rows `[count, width + sums]` in an area. */
export function placeRows(walk: LineWalk, block: LineBlock, values: Float64Array): void {
  const columns = block.width + block.sums;
  block.rows = otherArea(walk, block, block.count);
  for (let place = 0; place < block.count; place++) {
    const at = (block.rows + place * strideOf(block)) / 8;
    walk.scratch.numbers.set(values.subarray(place * columns, (place + 1) * columns), at);
  }
}
