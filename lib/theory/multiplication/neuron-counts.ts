import { demandCount, demandExactCount } from "../demand";

/** Neurons of one hidden layer that multiplies n numbers, 2^n (Rolnick & Tegmark 2018, section 4). */
export function productNeurons(inputs: number): number {
  return demandExactCount(`the neurons of a product of ${inputs} inputs`, 2 ** demandCount("inputs", inputs));
}

/**
 * Neurons of a net that multiplies n = b_1 ⋯ b_k numbers in groups of b_1, then the results in groups of b_2, …:
 * Σ_i (n/(b_1⋯b_i)) 2^{b_i} (Rolnick & Tegmark 2018, section 5).
 * @param groupSizes b_1, …, b_k, one a hidden layer
 */
export function groupingNeurons(groupSizes: readonly number[]): number {
  if (groupSizes.length === 0) throw new RangeError("give the size of the groups of at least one layer");
  let values = groupSizes.reduce((product, size, i) => product * demandCount(`groupSizes[${i}]`, size), 1);
  const neurons = groupSizes.reduce((sum, size) => {
    values /= size;
    return sum + values * 2 ** size;
  }, 0);
  return demandExactCount(`the neurons of groups of ${groupSizes.join(", ")}`, neurons);
}

/** A way to multiply layer by layer. */
export interface Grouping {
  readonly neurons: number;
  /** Sizes of the groups of each hidden layer, largest first; the last layer is one group. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * The grouping of n numbers with the fewest neurons in at most `layers` hidden layers, also where n is no product of k numbers.
 * A layer takes m values in g groups; the groups are as even as they can be, which is the cheapest for each g since 2^b is
 * convex, and a group of one costs the two neurons that carry its value on. Found by dynamic programming over m:
 * N_k(m) = min over g of Σ_groups 2^b + N_{k−1}(g), N_1(m) = 2^m.
 */
export function bestGrouping(inputs: number, layers: number): Grouping {
  demandCount("inputs", inputs);
  demandCount("layers", layers);
  // best[m] for the number of layers so far.
  let best = Array.from({ length: inputs + 1 }, (_, m): Grouping => ({ neurons: 2 ** m, groups: [[m]] }));
  for (let layer = 2; layer <= layers; layer++) {
    const fewer = best;
    best = fewer.map((without, values) => {
      let found = without;
      for (let groups = 2; groups < values; groups++) {
        const sizes = evenGroups(values, groups);
        const neurons = sizes.reduce((sum, size) => sum + 2 ** size, 0) + fewer[groups].neurons;
        if (neurons < found.neurons) found = { neurons, groups: [sizes, ...fewer[groups].groups] };
      }
      return found;
    });
  }
  return best[inputs];
}

/**
 * The fewest neurons over groupings into exactly k equal groups a layer, n = b_1 ⋯ b_k with every b_i ≥ 2, the form in which the paper
 * states its count; null where n is no product of k numbers.
 */
export function bestFactorGrouping(
  inputs: number,
  layers: number,
): { readonly neurons: number; readonly groupSizes: readonly number[] } | null {
  demandCount("inputs", inputs);
  const factors = (rest: number, count: number): number[][] => {
    if (count === 1) return rest >= 2 ? [[rest]] : [];
    return Array.from({ length: Math.max(0, Math.floor(rest / 2) - 1) }, (_, i) => i + 2)
      .filter((size) => rest % size === 0)
      .flatMap((size) => factors(rest / size, count - 1).map((others) => [size, ...others]));
  };
  const found = factors(inputs, demandCount("layers", layers)).map((groupSizes) => ({
    neurons: groupingNeurons(groupSizes),
    groupSizes,
  }));
  return found.length === 0 ? null : found.reduce((best, one) => (one.neurons < best.neurons ? one : best));
}

/** So many values in so many groups, whose sizes differ by one at most, largest first. */
export function evenGroups(values: number, groups: number): number[] {
  demandCount("values", values);
  if (demandCount("groups", groups) > values) throw new RangeError(`${values} values fill at most as many groups`);
  return Array.from({ length: groups }, (_, i) => Math.floor(values / groups) + (i < values % groups ? 1 : 0));
}

/**
 * n^{(k−1)/k} 2^{n^{1/k}}, the order of neurons that k hidden layers need at most (Rolnick & Tegmark 2018, section 5). For n = b^k the
 * grouping b, …, b has Σ_i n^{1−i/k} 2^b neurons, at most b/(b − 1) ≤ 2 times as many. The paper conjectures that k layers need
 * 2^{Θ(n^{1/k})}; it is proved for k = 1.
 */
export function depthCurve(inputs: number, layers: number): number {
  const root = demandCount("inputs", inputs) ** (1 / demandCount("layers", layers));
  return (inputs / root) * 2 ** root;
}

/** Neurons of one hidden layer for Π x_i^{r_i}, Π (r_i + 1): so many and no fewer (Rolnick & Tegmark 2018, section 4). */
export function monomialNeurons(exponents: readonly number[]): number {
  if (exponents.length === 0) throw new RangeError("a monomial has at least one exponent");
  const neurons = exponents.reduce((product, r, i) => product * (demandCount(`exponents[${i}]`, r, 0) + 1), 1);
  return demandExactCount(`the neurons of exponents ${exponents.join(", ")}`, neurons);
}

/**
 * Neurons that a deep net for x^d has at most, 7⌈log2 d⌉ (Rolnick & Tegmark 2018, section 4.2; here from repeated squaring: a layer
 * squares with three neurons and multiplies with four).
 */
export function deepPowerBound(power: number): number {
  let layers = 0;
  while (2 ** layers < demandCount("power", power)) layers++;
  return 7 * layers;
}

/**
 * Bounds on the neurons of one hidden layer for a sum of monomials q_1, …, q_c (Rolnick & Tegmark 2018, section 4): at least
 * max_j m(q_j)/c and at most Σ_j m(q_j).
 * @param terms exponents of each monomial
 */
export function sumBounds(terms: readonly (readonly number[])[]): { readonly lower: number; readonly upper: number } {
  if (terms.length === 0) throw new RangeError("a sum has at least one term");
  const counts = terms.map((exponents) => monomialNeurons(exponents));
  return { lower: Math.max(...counts) / terms.length, upper: counts.reduce((sum, count) => sum + count, 0) };
}
