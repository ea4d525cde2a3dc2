import type { TaylorActivation } from "./taylor-activation";

/** Neurons that together compute one value: constant + Σ_j readout_j σ(shift + λ directions_j · inputs). */
export interface Block {
  /** Which of the values before it the block reads. */
  readonly inputs: readonly number[];
  /** One row a neuron, over those inputs; before the factor λ. */
  readonly directions: readonly (readonly number[])[];
  readonly readout: readonly number[];
  /** λ */
  readonly lambda: number;
}

/** Every s in {±1}^count, first sign slowest, + before −. @throws RangeError unless 1 ≤ count ≤ 20 */
export function signVectors(count: number): number[][] {
  if (!Number.isInteger(count) || count < 1 || count > 20) {
    throw new RangeError(`sign vectors are made of 1 to 20 signs; given ${count}`);
  }
  return steps(new Array<number>(count).fill(1)).map((m) => m.map((minus) => 1 - 2 * minus));
}

/**
 * The monomial Π x_i^{r_i} from one layer of Π (r_i + 1) neurons (Rolnick & Tegmark 2018, section 4). With degree
 * d = Σ r_i it is (1/(2^d d! σ_d λ^d)) Σ_m Π (−1)^{m_i} C(r_i, m_i) σ(λ Σ (r_i − 2 m_i) x_i) over 0 ≤ m_i ≤ r_i, up to O(λ²): the
 * product of d numbers, Σ_s Π s σ(λ s·x)/(2^d d! σ_d λ^d), with neurons that coincide counted once. A product is all r_i = 1; a
 * value carried to the next layer is r = 1 alone, two neurons.
 * @param exponents r_i, whole numbers of at least 1, one an input
 * @throws RangeError where σ_d = 0 (a parity failure: bias-free tanh has no even d), λ ≤ 0 or the exponents are none
 */
export function monomialBlock(
  inputs: readonly number[],
  exponents: readonly number[],
  activation: TaylorActivation,
  lambda: number,
): Block {
  if (exponents.length === 0 || exponents.length !== inputs.length) {
    throw new RangeError(`a monomial has one exponent an input; given ${exponents.length} for ${inputs.length}`);
  }
  const astray = inputs.findIndex((input) => !Number.isSafeInteger(input) || input < 0);
  if (astray >= 0) throw new RangeError(`inputs are numbered by whole numbers from 0; given ${inputs[astray]}`);
  if (exponents.some((r) => !Number.isInteger(r) || r < 1)) {
    throw new RangeError(`exponents are whole numbers of at least 1; given ${exponents.join(", ")}`);
  }
  if (!(Number.isFinite(lambda) && lambda > 0)) throw new RangeError(`λ is a finite number above 0; given ${lambda}`);
  const neurons = exponents.reduce((product, r) => product * (r + 1), 1);
  if (neurons > 2 ** 20) throw new RangeError(`${neurons} neurons are more than the 2^20 that are built at most`);
  const degree = exponents.reduce((sum, r) => sum + r, 0);
  const coefficient = activation.coefficients(degree)[degree];
  if (coefficient === 0) {
    const where = activation.shift === 0 ? "without a shift" : `at shift ${activation.shift}`;
    throw new RangeError(`${activation.name} ${where} has σ_${degree} = 0: it cannot make a term of degree ${degree}`);
  }
  const scale = 1 / (2 ** degree * factorial(degree) * coefficient * lambda ** degree);
  const chosen = steps(exponents);
  return {
    inputs,
    directions: chosen.map((m) => m.map((minus, i) => exponents[i] - 2 * minus)),
    readout: chosen.map((m) => m.reduce((w, minus, i) => w * (-1) ** minus * choose(exponents[i], minus), scale)),
    lambda,
  };
}

/** Every m with 0 ≤ m_i ≤ r_i, first slowest. */
function steps(exponents: readonly number[]): number[][] {
  return exponents.reduce<number[][]>(
    (found, r) => found.flatMap((m) => Array.from({ length: r + 1 }, (_, next) => [...m, next])),
    [[]],
  );
}

function factorial(k: number): number {
  return k < 2 ? 1 : k * factorial(k - 1);
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}
