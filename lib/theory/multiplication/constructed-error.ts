import type { Precision, TaylorActivation } from "../../nets/multiplication";
import { demandCount, demandNumbers, demandPositive } from "../demand";

/** Distance from 1 to the next larger number. */
export const machineEpsilon: Readonly<Record<Precision, number>> = { float64: 2 ** -52, float32: 2 ** -23 };

/**
 * The leading error of the one-layer net for Π x_i^{r_i}: λ² (σ_{d+2}/σ_d) ((d+1)(d+2)/6) Σ r_i x_i² · Π x_i^{r_i}, d = Σ r_i. It follows from
 * Σ_s Π s (s·x)^{d+2} = 2^d ((d+2)!/6) Σ x_i² Π x_i; terms of degree d + 1 cancel.
 * @param exponents r_i; all 1 unless given
 */
export function leadingError(
  activation: TaylorActivation,
  lambda: number,
  x: ArrayLike<number>,
  exponents: ArrayLike<number> = new Float64Array(x.length).fill(1),
): number {
  demandPositive("lambda", lambda);
  demandNumbers("x", x);
  if (exponents.length !== x.length) {
    throw new RangeError(`every input needs an exponent; there are ${exponents.length} for ${x.length} inputs`);
  }
  for (let i = 0; i < x.length; i++) demandCount(`exponents[${i}]`, exponents[i], 0);
  let [degree, product, squares] = [0, 1, 0];
  for (let i = 0; i < x.length; i++) {
    degree += exponents[i];
    product *= x[i] ** exponents[i];
    squares += exponents[i] * x[i] ** 2;
  }
  const sigma = activation.coefficients(degree + 2);
  return ((lambda ** 2 * sigma[degree + 2]) / sigma[degree]) * (((degree + 1) * (degree + 2)) / 6) * squares * product;
}

/**
 * What a grouped net of exponentials computes in exact arithmetic: each group gives Π sinh(λ x_i)/λ, since the sum over signs
 * factors, Σ_s Π s e^{λ s·x} = Π (e^{λx_i} − e^{−λx_i}).
 * @param groups sizes of the groups of each layer, as `bestGrouping` returns them
 * @param lambda of a layer, given its largest group
 */
export function exactExponentialProduct(
  x: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  lambda: (groupSize: number) => number,
): number {
  demandNumbers("x", x);
  demandGroups(x.length, groups);
  const last = groups.reduce((values: readonly number[], sizes) => {
    const scale = demandPositive("lambda", lambda(Math.max(...sizes)));
    let from = 0;
    return sizes.map((size) => {
      const group = values.slice(from, (from += size));
      return group.reduce((product, value) => (product * Math.sinh(scale * value)) / scale, 1);
    });
  }, Array.from(x));
  return last[0];
}

/** @throws RangeError unless every layer's groups hold the values of the layer before and the last layer is one group */
function demandGroups(inputs: number, groups: readonly (readonly number[])[]): void {
  let values = inputs;
  groups.forEach((sizes, layer) => {
    const held = sizes.reduce((sum, size, i) => sum + demandCount(`groups[${layer}][${i}]`, size), 0);
    if (held !== values) throw new RangeError(`groups[${layer}] holds ${held} values; there are ${values} to hold`);
    values = sizes.length;
  });
  if (values !== 1) throw new RangeError(`the last layer must be one group; ${values} values are left`);
}

/**
 * The order of the smallest error that rounding leaves to a block of n numbers, ε^{2/(n+2)}: the constructed net subtracts numbers of
 * size 1 to find λ^n, so that its error is about λ² + ε/λ^n, which is least at λ = ε^{1/(n+2)}.
 */
export function roundingFloor(inputs: number, epsilon: number): number {
  return demandPositive("epsilon", epsilon) ** (2 / (demandCount("inputs", inputs) + 2));
}

/** λ near that least error. The rounding errors of 2^n neurons average, so ε counts 2^{−n/2}-fold. */
export function balancedLambda(inputs: number, epsilon: number): number {
  return (demandPositive("epsilon", epsilon) * 2 ** (-demandCount("inputs", inputs) / 2)) ** (1 / (inputs + 2));
}
