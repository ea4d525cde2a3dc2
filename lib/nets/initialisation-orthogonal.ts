import * as tf from "@tensorflow/tfjs";
import { type Key, normalArray } from "../random";
import { checkGain, type Initialisation, shortGain, weightSizes } from "./initialisation";

/**
 * Orthonormalises the rows of a row-major `rows × columns` matrix in place, `rows ≤ columns`, by Gram–Schmidt applied
 * twice in float64. Gaussian rows become the first rows of a Haar-distributed orthogonal matrix.
 */
export function orthonormaliseRows(matrix: Float64Array, rows: number, columns: number): void {
  if (matrix.length !== rows * columns || rows > columns) {
    throw new RangeError(
      `Orthonormal rows need rows ≤ columns and rows × columns numbers; given ${rows} × ${columns}.`,
    );
  }
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    // The second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < row; other++) {
        const otherStart = other * columns;
        let product = 0;
        for (let i = 0; i < columns; i++) product += matrix[start + i] * matrix[otherStart + i];
        for (let i = 0; i < columns; i++) matrix[start + i] -= product * matrix[otherStart + i];
      }
    }
    let square = 0;
    for (let i = 0; i < columns; i++) square += matrix[start + i] ** 2;
    const length = Math.sqrt(square);
    if (!(length > 0)) throw new RangeError("The rows are linearly dependent: draw them with another key.");
    for (let i = 0; i < columns; i++) matrix[start + i] /= length;
  }
}

/**
 * `W = gain · Q` with Q uniform (Haar) among matrices with orthonormal columns, or orthonormal rows where
 * fanOut > fanIn: Saxe, McClelland & Ganguli (2014). Var(W_ij) = gain² / max(fanIn, fanOut); a square W multiplies every
 * length by the gain exactly. Throws RangeError on a bad gain.
 */
export function orthogonalWeights(gain: number, options: { name?: string } = {}): Initialisation {
  checkGain(gain);
  return {
    name: options.name ?? `orthogonal, gain ${shortGain(gain)}`,
    independent: false,
    gaussian: false,
    excessKurtosis: null,
    variance(fanIn, fanOut) {
      weightSizes([fanIn, fanOut]);
      return gain ** 2 / Math.max(fanIn, fanOut);
    },
    weights(key: Key, shape) {
      const { nets, fanIn, fanOut } = weightSizes(shape);
      const size = fanIn * fanOut;
      const rows = Math.min(fanIn, fanOut);
      const columns = Math.max(fanIn, fanOut);
      const gaussian = normalArray(key, nets * size);
      const weights = new Float32Array(nets * size);
      for (let net = 0; net < nets; net++) {
        const matrix = Float64Array.from(gaussian.subarray(net * size, (net + 1) * size));
        orthonormaliseRows(matrix, rows, columns);
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            const place = fanIn <= fanOut ? row * columns + column : column * rows + row;
            weights[net * size + place] = gain * matrix[row * columns + column];
          }
        }
      }
      return tf.tensor(weights, [...shape]);
    },
  };
}
