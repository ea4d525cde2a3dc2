import { type Rows, zeroRows } from "./rows";

/** Two rows of x without the columns that are zero in both: rectified values are zero half of the time. */
interface CompactPairs {
  /** By pair: where its columns begin in the arrays below; the last entry is their length. */
  readonly starts: Int32Array;
  /** Four times the column's number, and its values in the two rows. */
  readonly columns: Int32Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function compactPairs({ values, count, width }: Rows): CompactPairs {
  const pairs = (count + 1) >> 1;
  const starts = new Int32Array(pairs + 1);
  const columns = new Int32Array(pairs * width);
  const first = new Float64Array(pairs * width);
  const second = new Float64Array(pairs * width);
  let found = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const a = 2 * pair * width;
    const odd = 2 * pair + 1 === count;
    for (let k = 0; k < width; k++) {
      const valueA = values[a + k];
      const valueB = odd ? 0 : values[a + width + k];
      if (valueA === 0 && valueB === 0) continue;
      columns[found] = 4 * k;
      first[found] = valueA;
      second[found++] = valueB;
    }
    starts[pair + 1] = found;
  }
  return { starts, columns, first, second };
}

/**
 * `x Wᵀ`, one row a point: x `[count, fanIn]`, weights `[fanOut, fanIn]` row by row. Every entry is summed in the order of
 * the inputs, whatever its place in a block, so that equal neurons get equal values.
 */
export function productWithWeights(x: Rows, weights: Float64Array, fanOut: number): Rows {
  const fanIn = x.width;
  const product = zeroRows(x.count, fanOut);
  const to = product.values;
  const { starts, columns, first, second } = compactPairs(x);
  // The weights of four neurons, input by input; neurons beyond the last are zeros.
  const panel = new Float64Array(4 * fanIn);
  const sums = new Float64Array(8);
  for (let out = 0; out < fanOut; out += 4) {
    const neurons = Math.min(4, fanOut - out);
    panel.fill(0);
    for (let lane = 0; lane < neurons; lane++) {
      for (let k = 0; k < fanIn; k++) panel[4 * k + lane] = weights[(out + lane) * fanIn + k];
    }
    for (let pair = 0; pair + 1 < starts.length; pair++) {
      sumPair(columns, first, second, panel, starts[pair], starts[pair + 1], sums);
      const row = 2 * pair * fanOut + out;
      for (let lane = 0; lane < neurons; lane++) to[row + lane] = sums[lane];
      if (2 * pair + 1 === x.count) continue;
      for (let lane = 0; lane < neurons; lane++) to[row + fanOut + lane] = sums[4 + lane];
    }
  }
  return product;
}

/** Two rows times four neurons, in registers. */
function sumPair(
  columns: Int32Array,
  first: Float64Array,
  second: Float64Array,
  panel: Float64Array,
  begin: number,
  end: number,
  sums: Float64Array,
): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (let k = begin; k < end; k++) {
    const at = columns[k];
    const a = first[k];
    const b = second[k];
    const w0 = panel[at];
    const w1 = panel[at + 1];
    const w2 = panel[at + 2];
    const w3 = panel[at + 3];
    a0 += a * w0;
    a1 += a * w1;
    a2 += a * w2;
    a3 += a * w3;
    b0 += b * w0;
    b1 += b * w1;
    b2 += b * w2;
    b3 += b * w3;
  }
  sums[0] = a0;
  sums[1] = a1;
  sums[2] = a2;
  sums[3] = a3;
  sums[4] = b0;
  sums[5] = b1;
  sums[6] = b2;
  sums[7] = b3;
}
