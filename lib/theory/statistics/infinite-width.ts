import { demandNumbers } from "../demand";
import { called, demand, finite, listOf, positive, record } from "../demand-parts";
import { mean, variance } from "./moments";

/** Measurements at one width, one per net. */
export interface WidthGroup {
  width: number;
  values: readonly number[];
}

/** What measurements at several widths tend to as the width grows. */
export interface InfiniteWidthLimit {
  /** The intercept of a regression on 1/width. */
  estimate: number;
  standardError: number;
  /** Welch and Satterthwaite's, for Student's t. */
  degreesOfFreedom: number;
  /** The coefficient of 1/width: how fast finite nets depart from the theory. */
  slope: number;
}

/**
 * Regression of per-net measurements on 1/width: the theory speaks of infinite width, and finite nets depart from it by
 * O(1/width). The weights nets · width are fixed beforehand (fluctuations between nets are of that order), so the intercept
 * is a fixed linear combination of independent means and its standard error comes from the scatter over nets alone.
 *
 * @throws RangeError for fewer than two different widths, a group of fewer than two nets, or values that are not finite.
 */
export function infiniteWidthLimit(groups: readonly WidthGroup[]): InfiniteWidthLimit {
  const coefficients = interceptCoefficients(groups);
  const means = groups.map(({ values }) => mean(values));
  const parts = groups.map(
    ({ values }, index) => (coefficients[index].intercept ** 2 * variance(values)) / values.length,
  );
  const total = sum(parts);
  return {
    estimate: sum(means.map((value, index) => coefficients[index].intercept * value)),
    standardError: Math.sqrt(total),
    degreesOfFreedom: total ** 2 / sum(parts.map((part, index) => part ** 2 / (groups[index].values.length - 1))),
    slope: sum(means.map((value, index) => coefficients[index].slope * value)),
  };
}

/**
 * A smooth function of several infinite-width limits, measured on the same nets, with its jackknife standard error (one net
 * left out at a time, within its width).
 *
 * @param groups at each width, `samples[quantity][net]`
 * @param of the function of the limits, in the order of the quantities
 */
export function functionOfLimits(
  groups: readonly { width: number; samples: readonly (readonly number[])[] }[],
  of: (limits: readonly number[]) => number,
): { estimate: number; standardError: number; degreesOfFreedom: number } {
  demand(
    "groups",
    groups,
    listOf(
      record<(typeof groups)[number]>({
        width: positive,
        samples: listOf(called("one number a net", listOf(finite, 2))),
      }),
      0,
    ),
  );
  const quantities = groups[0]?.samples.length ?? 0;
  if (quantities === 0 || groups.some(({ samples }) => samples.length !== quantities)) {
    throw new RangeError("functionOfLimits: expected the same quantities, at least one, at every width.");
  }
  groups.forEach(({ width, samples }) =>
    samples.forEach((values, quantity) => {
      const what = `measurements of quantity ${quantity} at width ${width}`;
      if (values.length !== samples[0].length) {
        throw new RangeError(`${what} are of ${values.length} nets; those of quantity 0 of ${samples[0].length}.`);
      }
    }),
  );
  const coefficients = interceptCoefficients(groups.map(({ width, samples }) => ({ width, values: samples[0] })));
  const means = groups.map(({ samples }) => samples.map(mean));
  const evaluate = (changed: number, net: number): number =>
    of(
      Array.from({ length: quantities }, (_, quantity) =>
        sum(
          groups.map(({ samples }, index) => {
            const count = samples[quantity].length;
            const whole = means[index][quantity];
            const value = index === changed ? (whole * count - samples[quantity][net]) / (count - 1) : whole;
            return coefficients[index].intercept * value;
          }),
        ),
      ),
    );
  const parts = groups.map(({ samples }, index) => {
    const left = samples[0].map((_, net) => evaluate(index, net));
    return (variance(left) * (left.length - 1) ** 2) / left.length;
  });
  const total = sum(parts);
  return {
    estimate: evaluate(-1, -1),
    standardError: Math.sqrt(total),
    degreesOfFreedom: total ** 2 / sum(parts.map((part, index) => part ** 2 / (groups[index].samples[0].length - 1))),
  };
}

function interceptCoefficients(groups: readonly WidthGroup[]): { intercept: number; slope: number }[] {
  for (const { width, values } of groups) {
    if (!(Number.isFinite(width) && width > 0)) throw new RangeError(`A width is positive and finite; given ${width}.`);
    if (values.length < 2)
      throw new RangeError(`A standard error over nets needs at least 2 nets; width ${width} has ${values.length}.`);
    demandNumbers(`measurements at width ${width}`, values);
  }
  if (new Set(groups.map(({ width }) => width)).size < 2) {
    throw new RangeError("An extrapolation to infinite width needs at least two different widths.");
  }
  const weights = groups.map(({ width, values }) => width * values.length);
  const inverse = groups.map(({ width }) => 1 / width);
  const total = sum(weights);
  const centre = sum(weights.map((weight, index) => weight * inverse[index])) / total;
  const spread = sum(weights.map((weight, index) => weight * (inverse[index] - centre) ** 2));
  return weights.map((weight, index) => {
    const slope = (weight * (inverse[index] - centre)) / spread;
    return { intercept: weight / total - centre * slope, slope };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
