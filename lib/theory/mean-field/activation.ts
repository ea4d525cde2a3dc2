import erfOf from "@stdlib/math-base-special-erf";
import { demandFinite } from "../demand";

/**
 * A pointwise activation φ with what the mean-field theory needs of it.
 *
 * Smooth activations are given by φ, φ' and φ''. An activation that is linear on each side of 0 also names its
 * `slopes`: its integrals are then taken in closed form, because quadrature converges poorly across a kink.
 */
export interface Activation {
  readonly name: string;
  /** φ(h). */
  readonly value: (h: number) => number;
  /** φ'(h). */
  readonly firstDerivative: (h: number) => number;
  /** φ''(h). */
  readonly secondDerivative: (h: number) => number;
  /** φ(h) = negative·h below 0 and positive·h above it. */
  readonly slopes?: { readonly negative: number; readonly positive: number };
  /** Infimum and supremum of a monotone, bounded φ. */
  readonly range?: readonly [number, number];
}

/** φ(h) = tanh h. */
export const tanh: Activation = {
  name: "tanh",
  value: Math.tanh,
  firstDerivative: sechSquared,
  secondDerivative: (h) => -2 * Math.tanh(h) * sechSquared(h),
  range: [-1, 1],
};

/** φ(h) = erf h = (2/√π) ∫₀ʰ exp(−t²) dt. */
export const erf: Activation = {
  name: "erf",
  value: (h) => erfOf(h),
  firstDerivative: (h) => (2 / Math.sqrt(Math.PI)) * Math.exp(-h * h),
  secondDerivative: (h) => (-4 / Math.sqrt(Math.PI)) * h * Math.exp(-h * h),
  range: [-1, 1],
};

/** φ(h) = 1/(1 + exp(−h)). */
export const sigmoid: Activation = {
  name: "sigmoid",
  value: (h) => 1 / (1 + Math.exp(-h)),
  firstDerivative: (h) => sechSquared(h / 2) / 4,
  secondDerivative: (h) => (-sechSquared(h / 2) * Math.tanh(h / 2)) / 4,
  range: [0, 1],
};

/** φ(h) = max(0, h). */
export const relu: Activation = leakyRelu(0, "relu");

/** φ(h) = h. */
export const linear: Activation = leakyRelu(1, "linear");

/**
 * φ(h) = h above 0 and negativeSlope·h below it.
 * @throws RangeError if the slope is not finite.
 */
export function leakyRelu(negativeSlope: number, name: string = `leakyRelu(${negativeSlope})`): Activation {
  const negative = demandFinite("negativeSlope", negativeSlope);
  return {
    name,
    value: (h) => (h > 0 ? h : negative * h),
    firstDerivative: (h) => (h > 0 ? 1 : negative),
    secondDerivative: () => 0,
    slopes: { negative, positive: 1 },
  };
}

/** 1/cosh² without overflow, and with full relative accuracy in the tails where 1 − tanh² cancels. */
function sechSquared(h: number): number {
  const decay = Math.exp(-2 * Math.abs(h));
  return (4 * decay) / (1 + decay) ** 2;
}
