/** The power law that costs follow, cost = overhead + factor · size^exponent, with the exponent's standard error. */
export interface PowerLaw {
  readonly overhead: number;
  readonly factor: number;
  readonly exponent: number;
  /** From the residuals of log cost; null where there are no more costs than parameters. */
  readonly standardError: number | null;
}

const lowest = -1;
const highest = 5;
/** Where costs grow by less than this, an overhead cannot be told from a small exponent. */
const leastGrowth = 2;

/**
 * Fits costs against sizes by least squares of relative errors: a machine's times scatter in proportion to themselves. The
 * overhead, which is what remains at size 0, is not negative.
 *
 * @param withOverhead by default where costs grow enough to tell an overhead from a small exponent
 * @throws RangeError unless there are three sizes or more, all numbers are positive, and as many costs as sizes
 */
export function fitPowerLaw(
  sizes: readonly number[],
  costs: readonly number[],
  withOverhead: boolean = Math.max(...costs) >= leastGrowth * Math.min(...costs),
): PowerLaw {
  if (sizes.length !== costs.length || new Set(sizes).size < 3) {
    throw new RangeError(
      `A power law needs three sizes or more, each with its cost; given ${sizes.length} and ${costs.length}.`,
    );
  }
  const bad = [...sizes, ...costs].find((value) => !(value > 0 && Number.isFinite(value)));
  if (bad !== undefined) throw new RangeError(`Sizes and costs must be positive; one is ${bad}.`);
  const fit = (exponent: number): ReturnType<typeof fitAt> => fitAt(exponent, sizes, costs, withOverhead);
  const loss = (exponent: number): number => fit(exponent).loss;
  const exponent = minimum(loss);
  const { overhead, factor } = fit(exponent);
  return { overhead, factor, exponent, standardError: standardError({ overhead, factor, exponent }, sizes, costs) };
}

/** The best overhead ≥ 0 and factor > 0 at a given exponent, and the sum of squared relative errors. */
function fitAt(
  exponent: number,
  sizes: readonly number[],
  costs: readonly number[],
  withOverhead: boolean,
): { overhead: number; factor: number; loss: number } {
  // cost / cost = 1 is fitted by overhead · u + factor · v, with u = 1 / cost and v = size^exponent / cost.
  let [uu, uv, vv, u1, v1] = [0, 0, 0, 0, 0];
  sizes.forEach((size, index) => {
    const u = 1 / costs[index];
    const v = size ** exponent * u;
    uu += u * u;
    uv += u * v;
    vv += v * v;
    u1 += u;
    v1 += v;
  });
  const determinant = uu * vv - uv * uv;
  let overhead = determinant > 1e-12 * uu * vv ? (u1 * vv - v1 * uv) / determinant : 0;
  let factor = determinant > 1e-12 * uu * vv ? (v1 * uu - u1 * uv) / determinant : v1 / vv;
  if (!withOverhead || overhead < 0 || factor <= 0) [overhead, factor] = [0, v1 / vv];
  const loss = sizes.reduce(
    (sum, size, index) => sum + ((overhead + factor * size ** exponent) / costs[index] - 1) ** 2,
    0,
  );
  return { overhead, factor, loss };
}

/** A scan, then golden section about its best point. */
function minimum(loss: (exponent: number) => number): number {
  const steps = 120;
  const spacing = (highest - lowest) / steps;
  const scanned = Array.from({ length: steps + 1 }, (_, index) => lowest + index * spacing);
  const best = scanned.reduce((a, b) => (loss(b) < loss(a) ? b : a));
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [best - spacing, best + spacing];
  for (let step = 0; step < 60; step++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** Of the exponent, the overhead (where there is one) and the factor fitted with it. */
function standardError(
  { overhead, factor, exponent }: Omit<PowerLaw, "standardError">,
  sizes: readonly number[],
  costs: readonly number[],
): number | null {
  const fitted = overhead > 0 ? 3 : 2;
  const freedom = sizes.length - fitted;
  if (freedom <= 0) return null;
  const models = sizes.map((size) => overhead + factor * size ** exponent);
  // Derivatives of log model by exponent, log factor, and overhead.
  const columns = [
    sizes.map((size, index) => (factor * size ** exponent * Math.log(size)) / models[index]),
    sizes.map((size, index) => (factor * size ** exponent) / models[index]),
    ...(overhead > 0 ? [models.map((model) => 1 / model)] : []),
  ];
  const variance = models.reduce((sum, model, index) => sum + Math.log(costs[index] / model) ** 2, 0) / freedom;
  // What of the exponent's column the others cannot explain decides how well it is known.
  const [first, ...others] = columns;
  const orthogonal: number[][] = [];
  for (const column of others) orthogonal.push(without(column, orthogonal));
  const rest = without(first, orthogonal);
  return Math.sqrt(variance / dot(rest, rest));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index], 0);

/** A column less its projections on others, which are orthogonal to each other. */
function without(column: readonly number[], others: readonly (readonly number[])[]): number[] {
  return others.reduce<number[]>(
    (rest, other) => {
      const share = dot(rest, other) / dot(other, other);
      return rest.map((value, index) => value - share * other[index]);
    },
    [...column],
  );
}
