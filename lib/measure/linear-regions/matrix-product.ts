import { allocate, emptyScratch, type Scratch, store } from "./row-kernels";
import { type Rows, zeroRows } from "./rows";

/** How many rows are multiplied at once. */
const batch = 24;

/** An affine map in the kernels' memory, with room for rows: addresses. */
export interface StoredMap {
  readonly scratch: Scratch;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly weights: number;
  readonly biases: number;
  readonly noBiases: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly inputRows: number;
  readonly outputRows: number;
  readonly wanted: number;
  readonly room: number;
}

// Rows at powers of two would drive one another from the first-level cache.
const rowBytes = (width: number): number => 8 * (width + (width % 2)) + 64;

/** Weights `[fanOut, fanIn]` row by row and biases `[fanOut]`, ready for products until scratch memory is used anew. */
export function storedMap(fanIn: number, fanOut: number, weights: Float64Array, biases: Float64Array): StoredMap {
  const scratch = emptyScratch();
  const map: StoredMap = {
    scratch,
    fanIn,
    fanOut,
    weights: store(scratch, weights),
    biases: store(scratch, biases),
    noBiases: store(scratch, new Float64Array(fanOut)),
    inputs: allocate(scratch, batch * rowBytes(fanIn)),
    outputs: allocate(scratch, batch * rowBytes(fanOut)),
    inputRows: allocate(scratch, 4 * batch),
    outputRows: allocate(scratch, 4 * batch),
    wanted: allocate(scratch, 4 * (fanOut + 4)),
    room: allocate(scratch, 8 * fanIn * (batch + 5)),
  };
  const { integers } = scratch;
  for (let row = 0; row < batch; row++) {
    integers[map.inputRows / 4 + row] = map.inputs + row * rowBytes(fanIn);
    integers[map.outputRows / 4 + row] = map.outputs + row * rowBytes(fanOut);
  }
  for (let out = 0; out < fanOut + 4; out++) integers[map.wanted / 4 + out] = Math.min(out, fanOut - 1);
  return map;
}

/**
 * `x Wᵀ + b`, one row a point: `count` rows of `from`, starting at row `first`, to the same rows of `to`. With
 * `withBias(row)` false a row gets none. Norms of the rows of x, where asked for, go to `norms` by row. Every entry is
 * summed in the order of the inputs, whatever its place, so that equal neurons get equal values.
 */
export function multiplyRows(
  map: StoredMap,
  from: Float64Array,
  to: Float64Array,
  count: number,
  withBias: (row: number) => boolean,
  norms?: Float64Array,
): void {
  const { scratch, fanIn, fanOut } = map;
  const { kernels, numbers } = scratch;
  const outputs = 4 * Math.ceil(fanOut / 4);
  for (let first = 0; first < count; first += batch) {
    const rows = Math.min(batch, count - first);
    let allBiased = true;
    for (let row = 0; row < rows; row++) {
      const at = map.inputs + row * rowBytes(fanIn);
      const start = (first + row) * fanIn;
      numbers.set(from.subarray(start, start + fanIn), at / 8);
      if (norms !== undefined) norms[first + row] = kernels.norm(at, fanIn);
      allBiased &&= withBias(first + row);
    }
    // What rows of an earlier batch left behind the last one is multiplied to fill it up to four, and not read.
    kernels.multiply(
      map.inputRows,
      map.outputRows,
      4 * Math.ceil(rows / 4),
      map.weights,
      fanIn,
      map.wanted,
      outputs,
      allBiased ? map.biases : map.noBiases,
      map.room,
    );
    for (let row = 0; row < rows; row++) {
      const at = map.outputs + row * rowBytes(fanOut);
      if (!allBiased && withBias(first + row)) kernels.addTo(at, map.biases, fanOut);
      to.set(numbers.subarray(at / 8, at / 8 + fanOut), (first + row) * fanOut);
    }
  }
}

/** `x Wᵀ`: x `[count, fanIn]`, weights `[fanOut, fanIn]` row by row. */
export function productWithWeights(x: Rows, weights: Float64Array, fanOut: number): Rows {
  const product = zeroRows(x.count, fanOut);
  const map = storedMap(x.width, fanOut, weights, new Float64Array(fanOut));
  multiplyRows(map, x.values, product.values, x.count, () => true);
  return product;
}
