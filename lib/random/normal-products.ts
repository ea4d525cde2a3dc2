import { checkedWords } from "./key";
import type { Key } from "./key";
import { multiplyFromStream, type ProductSizes } from "./stream";

export type { ProductSizes } from "./stream";

/**
 * Products of vectors with matrices of standard normals that are never stored: `y[m, b, j] = Σ_i x[m, b, i] z[m, i, j]`, summed
 * in float32, where z is `normalArray(key, matrices · rows · columns)` read as `[matrices, rows, columns]`. Numbers that
 * would only meet zeros of x are not even drawn, which halves the work after a ReLU; the sums are the same.
 *
 * @param vectors x, `[matrices, batch, rows]`, row by row.
 * @param first which matrix of the stream is the first one; default 0.
 * @returns y, `[matrices, batch, columns]`.
 * @throws RangeError for a size that is not a whole number ≥ 1, vectors of another length, or a `first` that is not a
 *   whole number ≥ 0.
 */
export function normalProducts(key: Key, vectors: Float32Array, sizes: ProductSizes, first: number = 0): Float32Array {
  const words = checkedWords(key, "normalProducts");
  const { matrices, batch, rows, columns } = sizes;
  for (const [name, size] of Object.entries({ matrices, batch, rows, columns })) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`normalProducts: ${name} is a whole number ≥ 1, not ${String(size)}.`);
    }
  }
  if (vectors.length !== matrices * batch * rows) {
    const expected = `${matrices} · ${batch} · ${rows} numbers [matrices, batch, rows]`;
    throw new RangeError(`normalProducts: expected vectors of ${expected}, but got ${vectors.length}.`);
  }
  if (!Number.isSafeInteger(first) || first < 0) {
    throw new RangeError(`normalProducts: the first matrix is a whole number ≥ 0, not ${String(first)}.`);
  }
  return multiplyFromStream(words, vectors, sizes, first);
}
