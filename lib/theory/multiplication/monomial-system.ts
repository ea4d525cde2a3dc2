import { demandCount } from "../demand";

/**
 * The matrix A_{s,j} = Π_h a_{jh}^{s_h}, one row for every s with 0 ≤ s_h ≤ r_h and one column for every neuron j (Rolnick & Tegmark 2018, section
 * 4). For a product, r = (1, …, 1), its rows are the subsets S of inputs, A_{S,j} = Π_{h∈S} a_jh.
 *
 * If Σ_j w_j (a_j·x)^k is 0 for k < d = Σ r_h and a multiple, not 0, of Π x_h^{r_h} for k = d, then its rows are independent: there are
 * at least Π (r_h + 1) neurons. Proof: ∂^s of these sums says that Σ_j w_j A_{s,j} (a_j·x)^q is 0 for q < d − |s| and a multiple, not 0, of
 * Π x_h^{r_h−s_h} for q = d − |s|. Suppose Σ_s c_s A_{s,j} = 0 for all j, let m be the greatest |s| with c_s ≠ 0, multiply by w_j (a_j·x)^{d−m} and
 * sum over j: terms of |s| < m are 0, those of |s| = m are multiples of different monomials, and they cannot add up to 0.
 * @param neurons a_j, one row a neuron; whole numbers
 * @param exponents r_h; all 1 unless given
 */
export function monomialSystem(
  neurons: readonly (readonly number[])[],
  exponents: readonly number[] = new Array<number>(neurons[0]?.length ?? 0).fill(1),
): bigint[][] {
  if (neurons.length === 0) throw new RangeError("give at least one neuron");
  neurons.forEach((neuron, j) => {
    if (neuron.length !== exponents.length || !neuron.every(Number.isSafeInteger)) {
      throw new RangeError(`neuron ${j} needs ${exponents.length} whole weights; given ${neuron.join(", ")}`);
    }
  });
  return exponents.reduce<bigint[][]>(
    (rows, r, h) => {
      demandCount(`exponents[${h}]`, r, 0);
      return rows.flatMap((row) =>
        Array.from({ length: r + 1 }, (_, s) => row.map((entry, j) => entry * BigInt(neurons[j][h]) ** BigInt(s))),
      );
    },
    [neurons.map(() => 1n)],
  );
}

/** A Aᵀ in integers. @throws RangeError for a matrix without rows or columns, or with rows of different lengths */
export function gramMatrix(matrix: readonly (readonly bigint[])[]): bigint[][] {
  if (matrix.length === 0 || matrix[0].length === 0) throw new RangeError("a matrix has at least one row and column");
  matrix.forEach((row, index) => {
    if (row.length !== matrix[0].length)
      throw new RangeError(`row ${index} has ${row.length} columns, row 0 has ${matrix[0].length}`);
  });
  return matrix.map((a) => matrix.map((b) => a.reduce((sum, entry, j) => sum + entry * b[j], 0n)));
}
