import { type Rows, zeroRows } from "./rows";

/**
 * `x Wᵀ`, one row a point: x `[count, fanIn]`, weights `[fanOut, fanIn]` row by row. Every entry is summed in the order of
 * the inputs, whatever its place in a block, so that equal neurons get equal values.
 */
export function productWithWeights(x: Rows, weights: Float64Array, fanOut: number): Rows {
  const fanIn = x.width;
  const product = zeroRows(x.count, fanOut);
  const [from, to] = [x.values, product.values];
  const evenRows = x.count - (x.count % 2);
  const fours = fanOut - (fanOut % 4);
  for (let row = 0; row < evenRows; row += 2) {
    const a = row * fanIn;
    const b = a + fanIn;
    for (let out = 0; out < fours; out += 4) {
      const w0 = out * fanIn;
      const w1 = w0 + fanIn;
      const w2 = w1 + fanIn;
      const w3 = w2 + fanIn;
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
      for (let k = 0; k < fanIn; k++) {
        const xa = from[a + k];
        const xb = from[b + k];
        const v0 = weights[w0 + k];
        const v1 = weights[w1 + k];
        const v2 = weights[w2 + k];
        const v3 = weights[w3 + k];
        a0 += xa * v0;
        a1 += xa * v1;
        a2 += xa * v2;
        a3 += xa * v3;
        b0 += xb * v0;
        b1 += xb * v1;
        b2 += xb * v2;
        b3 += xb * v3;
      }
      const ta = row * fanOut + out;
      const tb = ta + fanOut;
      to[ta] = a0;
      to[ta + 1] = a1;
      to[ta + 2] = a2;
      to[ta + 3] = a3;
      to[tb] = b0;
      to[tb + 1] = b1;
      to[tb + 2] = b2;
      to[tb + 3] = b3;
    }
  }
  const one = (row: number, out: number): void => {
    let sum = 0;
    for (let k = 0; k < fanIn; k++) sum += from[row * fanIn + k] * weights[out * fanIn + k];
    to[row * fanOut + out] = sum;
  };
  for (let row = 0; row < x.count; row++) {
    for (let out = row < evenRows ? fours : 0; out < fanOut; out++) one(row, out);
  }
  return product;
}
