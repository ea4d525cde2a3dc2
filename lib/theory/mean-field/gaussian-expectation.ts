import { demandFinite, demandNotNegative } from "../demand";

/** Standard deviations kept on either side: the mass left out is below 1e-32. */
const REACH = 12;
const FIRST_STEP = 1 / 8;
/** Successive refinements must agree to this fraction of E|f|, or of `magnitude`. */
const AGREEMENT = 2e-14;
const FINEST_HALVING = 14;

/**
 * E[f(mean + standardDeviation·z)] for z ~ N(0, 1) and a smooth f whose features lie around 0, as φ, φ' and φ'' do.
 *
 * The trapezoid rule converges exponentially on an analytic integrand, but only once its step resolves the narrowest
 * feature: φ'(√q z) is a bump of width 1/√q in z. The substitution h = sinh t spends its nodes at h ≈ 0 and thins them
 * out exponentially, so any variance costs some hundreds of nodes; where the Gaussian is the narrow factor, or lies far
 * from 0, the same substitution is centred on it instead. The step is halved until two halvings in a row change nothing.
 * A feature away from 0 that is narrower than 0.05 and 0 elsewhere, as φ' of a steep step at h = 3 would be, can fall between
 * the first nodes and be missed: rescale h so that φ changes over distances of order 1.
 *
 * @param magnitude of what f is made of, where f itself may be rounding noise: E|f| is taken as at least this large
 * @returns the expectation, to about 1e-13 of E|f| or of `magnitude`
 * @throws RangeError if the standard deviation or the magnitude is negative, f is not finite somewhere it matters, or the rule does not
 *   converge (f has a kink or a jump, or oscillates beyond resolution).
 */
export function gaussianExpectation(
  f: (h: number) => number,
  mean: number,
  standardDeviation: number,
  magnitude: number = 0,
): number {
  demandFinite("mean", mean);
  const sd = demandNotNegative("standardDeviation", standardDeviation);
  demandNotNegative("magnitude", magnitude);
  if (sd === 0) return finiteAt(f, mean);
  const centred = sd <= 1 || Math.abs(mean) > REACH * sd + 20;
  const low = centred ? -Math.asinh(REACH) : Math.asinh(mean - REACH * sd);
  const high = centred ? Math.asinh(REACH) : Math.asinh(mean + REACH * sd);
  const density = 1 / Math.sqrt(2 * Math.PI);
  const integrand = (t: number): number => {
    const h = centred ? mean + sd * Math.sinh(t) : Math.sinh(t);
    const z = centred ? Math.sinh(t) : (h - mean) / sd;
    const weight = density * Math.exp(-0.5 * z * z) * (Math.cosh(t) / (centred ? 1 : sd));
    return weight < 1e-40 ? 0 : weight * finiteAt(f, h);
  };

  // Nodes are multiples of the step, 0 among them, so that each halving keeps every earlier value.
  let sum = 0;
  let size = 0;
  const add = (first: number, stride: number, step: number): void => {
    for (let k = first; k * step <= high; k += stride) {
      const term = integrand(k * step);
      sum += term;
      size += Math.abs(term);
    }
  };
  let step = FIRST_STEP;
  add(Math.ceil(low / step), 1, step);
  let estimate = sum * step;
  let agreed = 0;
  for (let halving = 0; halving < FINEST_HALVING; halving++) {
    step /= 2;
    const first = Math.ceil(low / step);
    add(first % 2 === 0 ? first + 1 : first, 2, step);
    const refined = sum * step;
    agreed = Math.abs(refined - estimate) <= AGREEMENT * Math.max(size * step, magnitude) ? agreed + 1 : 0;
    estimate = refined;
    if (agreed === 2) return estimate;
  }
  throw new RangeError(
    `the Gaussian integral (mean ${mean}, standard deviation ${sd}) did not converge with ${Math.round((high - low) / step)} nodes: ` +
      "the activation or its derivative is not smooth there; give an activation that is linear on both sides of 0 its `slopes`",
  );
}

function finiteAt(f: (h: number) => number, h: number): number {
  const value = f(h);
  if (!Number.isFinite(value)) throw new RangeError(`the integrand is ${value} at h = ${h}; it must be finite there`);
  return value;
}
