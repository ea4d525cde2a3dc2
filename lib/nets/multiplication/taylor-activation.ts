/** Activations that are analytic at 0 and whose Taylor coefficients are known exactly enough to build nets from them. */
export type TaylorActivationName = "exp" | "tanh" | "sigmoid" | "softplus";

/** σ with its expansion σ(shift + t) = Σ_k σ_k t^k; a neuron of bias `shift` sits at the point of expansion. */
export interface TaylorActivation {
  readonly name: TaylorActivationName;
  /** The bias that all neurons share. */
  readonly shift: number;
  /** σ(t), without the shift. */
  value(t: number): number;
  /** σ_0, …, σ_highest about the shift. */
  coefficients(highest: number): Float64Array;
}

/**
 * An activation expanded about a point.
 * @param shift the point; 0 unless given. Bias-free tanh and sigmoid − ½ are odd (σ_2 = σ_4 = … = 0), softplus lacks σ_3, σ_5, …
 * @throws RangeError for an unknown name or a shift that is not finite
 */
export function taylorActivation(name: TaylorActivationName, shift: number = 0): TaylorActivation {
  if (!Object.hasOwn(functions, name)) {
    throw new RangeError(`an activation is one of ${Object.keys(functions).join(", ")}; given ${String(name)}`);
  }
  if (!Number.isFinite(shift)) throw new RangeError(`the shift is a finite number; given ${shift}`);
  const { value, expand } = functions[name];
  return {
    name,
    shift,
    value,
    coefficients(highest) {
      if (!Number.isInteger(highest) || highest < 0) {
        throw new RangeError(`the highest coefficient is a whole number from 0; given ${highest}`);
      }
      return expand(shift, highest);
    },
  };
}

interface AnalyticFunction {
  readonly value: (t: number) => number;
  readonly expand: (shift: number, highest: number) => Float64Array;
}

const functions: Record<TaylorActivationName, AnalyticFunction> = {
  exp: {
    value: Math.exp,
    expand: (shift, highest) => series(Math.exp(shift), highest, (known, k) => known[k] / (k + 1)),
  },
  // t' = 1 − t²
  tanh: {
    value: Math.tanh,
    expand: (shift, highest) =>
      series(Math.tanh(shift), highest, (known, k) => ((k === 0 ? 1 : 0) - squareCoefficient(known, k)) / (k + 1)),
  },
  sigmoid: { value: sigmoid, expand: expandSigmoid },
  // Its derivative is the sigmoid.
  softplus: {
    value: (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))),
    expand(shift, highest) {
      const slope = expandSigmoid(shift, Math.max(0, highest - 1));
      const start = Math.max(shift, 0) + Math.log1p(Math.exp(-Math.abs(shift)));
      return Float64Array.from({ length: highest + 1 }, (_, k) => (k === 0 ? start : slope[k - 1] / k));
    },
  },
};

function sigmoid(t: number): number {
  return 1 / (1 + Math.exp(-t));
}

/** s' = s − s² */
function expandSigmoid(shift: number, highest: number): Float64Array {
  return series(sigmoid(shift), highest, (known, k) => (known[k] - squareCoefficient(known, k)) / (k + 1));
}

/** A power series from its first coefficient and the rule for the next one, given those up to k. */
function series(first: number, highest: number, next: (known: Float64Array, k: number) => number): Float64Array {
  const coefficients = new Float64Array(highest + 1);
  coefficients[0] = first;
  for (let k = 0; k < highest; k++) coefficients[k + 1] = next(coefficients, k);
  return coefficients;
}

/** The coefficient of t^k in the square of a series. */
function squareCoefficient(known: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) sum += known[i] * known[k - i];
  return sum;
}
