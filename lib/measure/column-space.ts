import * as tf from "@tensorflow/tfjs";
import { executeNativeOutputs, isNative } from "../engine";
import type { Tensor } from "../engine/tensor";
import { jacobi } from "./symmetric-eigenvalues";

/**
 * An orthonormal basis of the column space of `matrix`, `[rows, rank]`, where directions weaker than `relativeCutoff` times
 * the strongest are left out as rounding noise: the left singular vectors, by TensorFlow on the native engine and in float64
 * elsewhere.
 *
 * @param matrix `[rows, columns]` with rows ≥ columns
 * @throws RangeError for another shape or a cutoff outside (0, 1).
 */
export function columnSpace(matrix: Tensor, relativeCutoff: number = 1e-5): Tensor {
  const [rows, columns] = matrix.shape;
  if (matrix.rank !== 2 || rows < columns) {
    throw new RangeError(
      `columnSpace: expected [rows, columns] with rows ≥ columns, but got [${matrix.shape.join(", ")}].`,
    );
  }
  if (!(relativeCutoff > 0 && relativeCutoff < 1)) {
    throw new RangeError(`columnSpace: the relative cutoff lies between 0 and 1; given ${relativeCutoff}.`);
  }
  if (!isNative()) return singularVectors(matrix, relativeCutoff);
  return tf.tidy(() => {
    const [strengths, left] = executeNativeOutputs(
      "Svd",
      { compute_uv: true, full_matrices: false, T: "float32" },
      [matrix],
      3,
    );
    const values = strengths.dataSync();
    const rank = values.findIndex((value) => value <= relativeCutoff * values[0]);
    return tf.slice(left, [0, 0], [rows, rank < 0 ? columns : rank]);
  });
}

/**
 * How badly a linear readout can fit each target: the sine of the angle between the target and the column space, 0 for a
 * perfect least-squares fit and 1 for none. `[targets]`
 *
 * @param basis orthonormal columns, `[rows, rank]`, as `columnSpace` gives them
 * @param targets `[rows, targets]`
 */
export function leastSquaresError(basis: Tensor, targets: Tensor): Tensor {
  if (basis.rank !== 2 || targets.rank !== 2 || basis.shape[0] !== targets.shape[0]) {
    throw new RangeError(
      `leastSquaresError: expected a basis and targets of as many rows, but got [${basis.shape.join(", ")}] and [${targets.shape.join(", ")}].`,
    );
  }
  return tf.tidy(() => {
    const residual = tf.sub(targets, tf.matMul(basis, tf.matMul(basis, targets, true, false)));
    return tf.div(tf.norm(residual, 2, 0), tf.norm(targets, 2, 0));
  });
}

/** Left singular vectors in float64, from the eigenvectors of the Gram matrix: good for cutoffs well above 1e-8. */
function singularVectors(matrix: Tensor, relativeCutoff: number): Tensor {
  const [rows, columns] = matrix.shape as [number, number];
  const data = Float64Array.from(matrix.dataSync());
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    for (let i = 0; i < columns; i++) {
      const value = data[from + i];
      for (let j = 0; j <= i; j++) gram[i * columns + j] += value * data[from + j];
    }
  }
  const { values, vectors } = jacobi(gram, columns);
  const least = relativeCutoff ** 2 * values[columns - 1];
  const kept = Array.from({ length: columns }, (_, index) => columns - 1 - index).filter(
    (index) => values[index] > least,
  );
  const basis = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    kept.forEach((index, column) => {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += data[row * columns + k] * vectors[k * columns + index];
      basis[row * kept.length + column] = sum / Math.sqrt(values[index]);
    });
  }
  return tf.tensor2d(basis, [rows, kept.length]);
}
