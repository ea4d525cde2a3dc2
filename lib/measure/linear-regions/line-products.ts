import { type LineBlock, type LineWalk, strideOf } from "./line-block";
import { type AffineOperation, productRows } from "./line-program";

/** So few rows are multiplied one by one. */
const fewRows = 3;

/** What an affine step works with. */
export interface AffineWork {
  readonly walk: LineWalk;
  readonly block: LineBlock;
  readonly operation: AffineOperation;
  /** Rows of results, and from one to the next. */
  readonly to: number;
  readonly into: number;
  /** Columns of sums behind the outputs. */
  readonly sums: number;
  /** Room for a row of sums. */
  readonly sum: number;
  /** Room for a list of outputs, and of addresses of rows and of results. */
  readonly wanted: number;
  readonly rows: number;
  readonly results: number;
}

/** Fills a list's last four up by repeating an entry. */
function padToFour(list: Uint32Array, address: number, count: number): number {
  const start = address / 4;
  let padded = count;
  while (padded % 4 !== 0) list[start + padded++] = list[start + count - 1];
  return padded;
}

/** Lists all outputs; returns how many. */
export function listAll({ walk, operation, wanted }: AffineWork): number {
  const { integers } = walk.scratch;
  for (let out = 0; out < operation.fanOut; out++) integers[wanted / 4 + out] = out;
  return operation.fanOut;
}

/** The wanted outputs at places[begin … end), biases included. */
export function multiplyPlaces(
  work: AffineWork,
  places: Int32Array,
  begin: number,
  end: number,
  wantedCount: number,
): void {
  const { walk, block, operation, to, into } = work;
  const { kernels, integers } = walk.scratch;
  const { fanIn, fanOut } = operation;
  const from = strideOf(block);
  const { coordinates } = block;
  // Directions, which have no bias, are at a line's ends.
  const endless = coordinates[1] === 0 || coordinates[2 * block.count - 1] === 0;
  const { zeros, room } = walk.program;
  const biases = endless ? zeros : operation.biases;
  const outputs = padToFour(integers, work.wanted, wantedCount);
  let at = begin;
  while (at < end) {
    let count = 0;
    for (; at < end && count < productRows; at++) {
      integers[work.rows / 4 + count] = block.rows + places[at] * from;
      integers[work.results / 4 + count++] = to + places[at] * into;
    }
    if (count <= fewRows) {
      for (let row = 0; row < count; row++) {
        const [input, result] = [integers[work.rows / 4 + row], integers[work.results / 4 + row]];
        kernels.multiplyRow(input, result, operation.weights, fanIn, work.wanted, wantedCount, biases);
      }
    } else {
      const padded = padToFour(integers, work.rows, count);
      padToFour(integers, work.results, count);
      kernels.multiply(work.rows, work.results, padded, operation.weights, fanIn, work.wanted, outputs, biases, room);
    }
    for (let row = 0; block.sums > 0 && row < count; row++) {
      kernels.addTo(integers[work.results / 4 + row], integers[work.rows / 4 + row] + 8 * fanIn, fanOut);
    }
    if (!endless) continue;
    for (let row = 0; row < count; row++) {
      const result = integers[work.results / 4 + row];
      const finite = coordinates[2 * ((result - to) / into) + 1] !== 0;
      if (finite) kernels.addTo(result, operation.biases, fanOut);
    }
  }
}
