// Below so much of its diagonal entry a pivot is rounding of zero: Gram matrices are summed in double precision, of float32
// vectors that may depend on each other only as far as those are rounded.
const smallestPivot = 1e-12;

/**
 * Lower triangular L with L Lᵀ = C for a symmetric positive semidefinite 3×3 matrix, row by row: Cholesky's factor, with a zero
 * column where a variable follows from those before it. Upper entries of `covariance` are not read.
 *
 * @param root nine numbers that the factor is written to; default: new ones.
 */
export function semidefiniteRoot(
  covariance: ArrayLike<number>,
  root: Float64Array = new Float64Array(9),
): Float64Array {
  root.fill(0);
  for (let column = 0; column < 3; column++) {
    let pivot = covariance[4 * column];
    for (let k = 0; k < column; k++) pivot -= root[3 * column + k] ** 2;
    if (!(pivot > smallestPivot * covariance[4 * column])) continue;
    const diagonal = Math.sqrt(pivot);
    root[4 * column] = diagonal;
    for (let row = column + 1; row < 3; row++) {
      let entry = covariance[3 * row + column];
      for (let k = 0; k < column; k++) entry -= root[3 * row + k] * root[3 * column + k];
      root[3 * row + column] = entry / diagonal;
    }
  }
  return root;
}
