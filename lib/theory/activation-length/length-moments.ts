import { demandFinite, demandNotNegative, demandNumbers, demandPositive, demandWidths } from "../demand";

/** E[M_l] and E[M_l²] after each hidden layer, M_l = ‖x^l‖²/n_l. */
export interface LengthMoments {
  readonly mean: number[];
  readonly secondMoment: number[];
}

/**
 * E[M_d]/M_0 without biases: Π κ_l (Hanin & Rolnick 2018, on their first failure mode). κ_l is fanIn times the variance of the weights, halved.
 * @param kappas one a layer, each above 0
 */
export function meanLengthRatio(kappas: readonly number[]): number {
  demandNumbers("kappas", kappas);
  return kappas.reduce((product, kappa, layer) => product * demandPositive(`kappas[${layer}]`, kappa), 1);
}

/**
 * E[M_d²]/E[M_d]² = Π (1 + 5/n_l) for Gaussian weights and no bias, exactly, over all hidden layers; the input's width and
 * length do not matter, nor does κ (Hanin & Rolnick 2018, on their second failure mode, with its constant worked out: given x, the n
 * preactivations are independent normals, E[relu(h)⁴]/E[relu(h)²]² = 6).
 * @param outputWidth width of a final linear layer, whose factor is 1 + 2/outputWidth; none unless given
 */
export function secondMomentRatio(hiddenWidths: readonly number[], outputWidth?: number): number {
  demandWidths("hiddenWidths", hiddenWidths);
  const hidden = hiddenWidths.reduce((product, n) => product * (1 + 5 / n), 1);
  if (outputWidth === undefined) return hidden;
  demandWidths("outputWidth", [outputWidth]);
  return hidden * (1 + 2 / outputWidth);
}

/** Σ 1/n_l over hidden layers: the quantity that the spread of M grows with. */
export function sumOfInverseWidths(hiddenWidths: readonly number[]): number {
  return demandWidths("hiddenWidths", hiddenWidths).reduce((sum, n) => sum + 1 / n, 0);
}

/**
 * E[M] and E[M²] layer by layer for Gaussian weights and biases N(0, σ_b²): with s = σ_b²/2,
 * m1' = κ m1 + s and m2' = (1 + 5/n)(κ² m2 + 2 s κ m1 + s²).
 * @param options.initialLength M_0 = ‖x‖²/n_0 of the input, 1 unless given
 */
export function lengthMoments(options: {
  readonly hiddenWidths: readonly number[];
  readonly kappa?: number;
  readonly sigmaB?: number;
  readonly initialLength?: number;
}): LengthMoments {
  const { hiddenWidths, kappa = 1, sigmaB = 0, initialLength = 1 } = options;
  demandWidths("hiddenWidths", hiddenWidths);
  demandPositive("kappa", kappa);
  const shift = demandNotNegative("sigmaB", sigmaB) ** 2 / 2;
  let m1 = demandNotNegative("initialLength", initialLength);
  let m2 = m1 ** 2;
  const moments: LengthMoments = { mean: [], secondMoment: [] };
  for (const n of hiddenWidths) {
    m2 = (1 + 5 / n) * (kappa ** 2 * m2 + 2 * shift * kappa * m1 + shift ** 2);
    m1 = kappa * m1 + shift;
    moments.mean.push(m1);
    moments.secondMoment.push(m2);
  }
  return moments;
}

/** Excess kurtosis of a weight's law. */
export const excessKurtosis: Readonly<Record<"gaussian" | "uniform" | "rademacher", number>> = {
  gaussian: 0,
  uniform: -6 / 5,
  rademacher: -2,
};

/**
 * E[M_l²] layer by layer for any symmetric i.i.d. weights of variance 2/fanIn and excess kurtosis γ, no bias:
 * a' = (1 + 5/n) a + (2γ/n) b, b' = (6/n) a + (2γ/n) b, with a = E[M²] and b = E[Σx⁴/n²]. The input now matters.
 * @param input the input vector x^0, at least one entry
 */
export function secondMomentsOfSymmetricWeights(
  hiddenWidths: readonly number[],
  kurtosis: number,
  input: ArrayLike<number>,
): number[] {
  demandWidths("hiddenWidths", hiddenWidths);
  if (demandFinite("kurtosis", kurtosis) < -2)
    throw new RangeError(`excess kurtosis is at least −2; it is ${kurtosis}`);
  const x = Array.from(demandNumbers("input", input));
  let a = (x.reduce((sum, v) => sum + v ** 2, 0) / x.length) ** 2;
  let b = x.reduce((sum, v) => sum + v ** 4, 0) / x.length ** 2;
  return hiddenWidths.map((n) => {
    [a, b] = [(1 + 5 / n) * a + ((2 * kurtosis) / n) * b, (6 / n) * a + ((2 * kurtosis) / n) * b];
    return a;
  });
}

/** E[M_d²]/E[M_d]² = Π (1 + 3/(n_l + 2)) for square orthogonal weights (Haar) of gain √2. */
export function orthogonalSecondMomentRatio(hiddenWidths: readonly number[]): number {
  return demandWidths("hiddenWidths", hiddenWidths).reduce((product, n) => product * (1 + 3 / (n + 2)), 1);
}

/**
 * FM2 of one net, expected: the empirical variance of M_1/M_0, …, M_d/M_0 across its layers. With
 * P_j = Π_{i≤j} (1 + 5/n_i) it is mean_j P_j − mean_{jk} P_min(j,k), since E[M_j M_k] = P_min(j,k) under He.
 */
export function expectedVarianceAcrossLayers(hiddenWidths: readonly number[]): number {
  demandWidths("hiddenWidths", hiddenWidths);
  const depth = hiddenWidths.length;
  let product = 1;
  let diagonal = 0;
  let all = 0;
  hiddenWidths.forEach((n, j) => {
    product *= 1 + 5 / n;
    diagonal += product / depth;
    // P_j is the minimum for (j, j) and for (j, k), (k, j) with every later k.
    all += (product * (2 * (depth - 1 - j) + 1)) / depth ** 2;
  });
  return diagonal - all;
}

/**
 * Kurtosis E[J⁴]/E[J²]² of one entry of the input–output Jacobian with Gaussian weights throughout, output layer
 * included: 3 Π (1 + 5/n_l) (Hanin 2018, with its constant worked out).
 */
export function jacobianEntryKurtosis(hiddenWidths: readonly number[]): number {
  return 3 * secondMomentRatio(hiddenWidths);
}
