import { demandFinite, demandNotNegative } from "../demand";
import type { Activation } from "./activation";
import { gaussianExpectation } from "./gaussian-expectation";

/** ∫Dz φ(√q z)². @throws RangeError if q is negative or not finite. */
export function activationSecondMoment(activation: Activation, q: number): number {
  demandNotNegative("q", q);
  if (activation.slopes) return meanSquareSlope(activation.slopes) * q;
  return gaussianExpectation((h) => activation.value(h) ** 2, 0, Math.sqrt(q));
}

/** ∫Dz φ'(√q z)². @throws RangeError if q is negative or not finite. */
export function slopeSecondMoment(activation: Activation, q: number): number {
  demandNotNegative("q", q);
  if (activation.slopes) return meanSquareSlope(activation.slopes);
  return gaussianExpectation((h) => activation.firstDerivative(h) ** 2, 0, Math.sqrt(q));
}

/** ∫Dz φ'(√q z)⁴. @throws RangeError if q is negative or not finite. */
export function slopeFourthMoment(activation: Activation, q: number): number {
  demandNotNegative("q", q);
  const { slopes } = activation;
  if (slopes) return (slopes.negative ** 4 + slopes.positive ** 4) / 2;
  return gaussianExpectation((h) => activation.firstDerivative(h) ** 4, 0, Math.sqrt(q));
}

/**
 * ∫Dz φ''(√q z)².
 * @throws RangeError if q is negative, or φ has a kink: φ'' is then a point mass, and its square has no integral.
 */
export function curvatureSecondMoment(activation: Activation, q: number): number {
  demandNotNegative("q", q);
  if (activation.slopes) {
    if (activation.slopes.negative === activation.slopes.positive) return 0;
    throw new RangeError(`∫φ''² diverges for ${activation.name}, which has a kink at 0; use a smooth activation`);
  }
  return gaussianExpectation((h) => activation.secondDerivative(h) ** 2, 0, Math.sqrt(q));
}

/** ∫Dz φ''(√q z) φ(√q z), which the slope of the length map needs. Zero for an activation linear on both sides of 0. */
export function activationCurvatureMoment(activation: Activation, q: number): number {
  demandNotNegative("q", q);
  if (activation.slopes) return 0;
  return gaussianExpectation((h) => activation.value(h) * activation.secondDerivative(h), 0, Math.sqrt(q));
}

/** E[φ(u)φ(v)] for zero-mean normal u, v of variance q and correlation c. */
export function activationProductMoment(activation: Activation, q: number, c: number): number {
  demandNotNegative("q", q);
  demandCorrelation(c);
  const { slopes } = activation;
  if (!slopes) return productMoment(activation.value, q, c);
  // φ(h) = odd·h + even·|h|; the cross terms vanish, and E|uv| is the arc-cosine kernel of degree 1.
  const odd = (slopes.positive + slopes.negative) / 2;
  const even = (slopes.positive - slopes.negative) / 2;
  const absoluteProduct = (2 / Math.PI) * (Math.sqrt((1 - c) * (1 + c)) + c * Math.asin(c));
  return q * (odd * odd * c + even * even * absoluteProduct);
}

/** E[φ'(u)φ'(v)] for zero-mean normal u, v of variance q and correlation c. */
export function slopeProductMoment(activation: Activation, q: number, c: number): number {
  demandNotNegative("q", q);
  demandCorrelation(c);
  const { slopes } = activation;
  if (!slopes) return productMoment(activation.firstDerivative, q, c);
  const odd = (slopes.positive + slopes.negative) / 2;
  const even = (slopes.positive - slopes.negative) / 2;
  return odd * odd + even * even * (2 / Math.PI) * Math.asin(c);
}

export function demandCorrelation(c: number): number {
  if (Math.abs(demandFinite("c", c)) > 1) throw new RangeError(`a correlation lies in [−1, 1]; c is ${c}`);
  return c;
}

function meanSquareSlope(slopes: { readonly negative: number; readonly positive: number }): number {
  return (slopes.negative ** 2 + slopes.positive ** 2) / 2;
}

/** v given u is normal about c·u with variance q(1 − c²): an outer integral over u of an inner one over v. */
function productMoment(f: (h: number) => number, q: number, c: number): number {
  const inner = Math.sqrt(q * (1 - c) * (1 + c));
  // For an odd f and c near 0 the inner integral is rounding noise, which no refinement settles.
  const magnitude = gaussianExpectation((u) => f(u) ** 2, 0, Math.sqrt(q));
  return gaussianExpectation((u) => f(u) * gaussianExpectation(f, c * u, inner), 0, Math.sqrt(q), magnitude);
}
