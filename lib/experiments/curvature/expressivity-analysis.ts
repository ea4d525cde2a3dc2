import { meanEstimate, signTest } from "../../theory/statistics";
import { demandFinite, demandNotNegative, demandNumbers } from "../../theory/demand";
import { anything, demand, listOf, record, whole, widths } from "../../theory/demand-parts";
import { type MeanField, expectedShallowLength } from "../../theory/mean-field";
import type { BoundaryRow } from "./boundary";
import type { CircleParameters, CircleRow } from "./circle-statistics";
import { mean } from "../../theory/statistics/moments";
import { lineSlopes } from "./line-slope";
import type { RegressionRow } from "./regression";
import { boundaryRows, circleRows, regressionRows, shallowRows } from "./rows";
import type { ShallowRow } from "./shallow-length";

/** Mean over nets with its standard error, as one-sided claims take it. */
export interface MeanOverNets {
  measured: number;
  standardError: number;
  degreesOfFreedom: number;
}

/** Mean and standard error over nets. @throws RangeError for fewer than two nets or values that are not finite. */
export function meanOverNets(values: readonly number[]): MeanOverNets {
  demandNumbers("meanOverNets: values, one per net,", values, 2);
  const { estimate, standardError } = meanEstimate(values);
  return { measured: estimate, standardError, degreesOfFreedom: values.length - 1 };
}

/** The largest length over 4 × hidden width, of all nets and widths: at most 1 for tanh and a circle. */
export function worstBoundRatio(rows: readonly ShallowRow[]): number {
  demand("rows", rows, shallowRows);
  return Math.max(...rows.flatMap(({ hiddenWidth, lengths }) => lengths.map((length) => length / (4 * hiddenWidth))));
}

/**
 * Exponents of length ∝ hiddenWidth^exponent, one per index of net (the nets of different widths are independent, so each
 * index is one complete series), by least squares of ln length on ln hiddenWidth for the widths from `from` on.
 *
 * @throws RangeError where fewer than two widths are left.
 */
export function growthExponents(rows: readonly ShallowRow[], from: number = 1): number[] {
  demand("rows", rows, shallowRows);
  demandFinite("from", from);
  const used = rows.filter(({ hiddenWidth }) => hiddenWidth >= from);
  if (used.length < 2) throw new RangeError(`growthExponents: fewer than two hidden widths are ${from} or more.`);
  return lineSlopes(
    used.map(({ hiddenWidth }) => Math.log(hiddenWidth)),
    used[0].lengths.map((_, net) => used.map(({ lengths }) => Math.log(lengths[net]))),
  );
}

/**
 * The exponent that `growthExponents` is expected to find: ½, and a little more, for at small widths a length falls short of √N
 * by the order 1/N (`expectedShallowLength`). The spread of lengths from net to net takes a further 1/N off the mean of ln length; for
 * tanh in the chaotic phase that is a fiftieth of it, and left out.
 * @param hiddenWidths those that were measured, from `from` on
 * @throws RangeError where fewer than two widths are left, and as `expectedShallowLength` does
 */
export function expectedGrowthExponent(
  meanField: MeanField,
  hiddenWidths: readonly number[],
  from: number = 1,
): number {
  demand("hiddenWidths", hiddenWidths, widths);
  demandFinite("from", from);
  const used = hiddenWidths.filter((width) => width >= from);
  if (used.length < 2)
    throw new RangeError(`expectedGrowthExponent: fewer than two hidden widths are ${from} or more.`);
  const lengths = used.map((width) => Math.log(expectedShallowLength(meanField, width)));
  const [slope] = lineSlopes(
    used.map((width) => Math.log(width)),
    [lengths],
  );
  return slope;
}

/**
 * ln of the length of layer `layer`'s activations over 4 × (neurons in layers 1 to `layer`), one per net: above 0 where the
 * curve is longer than any one-hidden-layer tanh net with as many neurons can make it, whatever its weights.
 */
export function logLengthOverShallowBound(
  parameters: Pick<CircleParameters, "width">,
  rows: readonly CircleRow[],
  layer: number,
): number[] {
  demand("parameters", parameters, record<typeof parameters>({ width: whole(1) }));
  demand("rows", rows, listOf(anything, 0));
  if (rows.length > 0) demand("rows", rows, circleRows("activationLength"));
  demand("layer", layer, whole(1));
  const row = rows.find((candidate) => candidate.layer === layer);
  if (!row) throw new RangeError(`logLengthOverShallowBound: layer ${layer} was not measured.`);
  const { width } = parameters;
  return row.activationLength.map((length) => Math.log((length * Math.sqrt(width)) / (4 * width * layer)));
}

/**
 * The exponential rate at which the boundary's curvature grows towards the input, one number per point: the slope of
 * ln max|κ| by the number of layers travelled backwards, from `from` layers before the last to the input.
 * @throws RangeError where fewer than two layers are left
 */
export function boundaryGrowthRates(rows: readonly BoundaryRow[], from: number = 3): number[] {
  demand("rows", rows, boundaryRows);
  demandNotNegative("from", from);
  const depth = rows.length - 1;
  const used = rows.filter((row) => depth - row.layer >= from);
  if (used.length < 2)
    throw new RangeError(`boundaryGrowthRates: fewer than two layers lie ${from} or more before the last.`);
  const extreme = ({ largest, smallest }: BoundaryRow, point: number): number =>
    Math.max(Math.abs(largest[0][point]), Math.abs(smallest[0][point]));
  return lineSlopes(
    used.map((row) => depth - row.layer),
    used[0].largest[0].map((_, point) => used.map((row) => Math.log(extreme(row, point)))),
  );
}

/** Growth rates of a boundary's curvature averaged over the points of each net, since points of one net are not independent. */
export function boundaryGrowthByNet(rows: readonly BoundaryRow[], points: number): number[] {
  const rates = boundaryGrowthRates(rows);
  if (!Number.isSafeInteger(points) || points < 1 || rates.length % points !== 0) {
    throw new RangeError(`boundaryGrowthByNet: ${rates.length} points cannot be shared out ${points} to a net.`);
  }
  return Array.from({ length: rates.length / points }, (_, net) => mean(rates.slice(net * points, (net + 1) * points)));
}

/** One-sided sign test that the median of independent values exceeds `bound`; values equal to it are left out. */
export function signTestAbove(
  values: readonly number[],
  bound: number,
): { test: string; statistic: number; pValue: number } {
  demandNumbers("values", values);
  demandFinite("bound", bound);
  const decided = values.filter((value) => value !== bound);
  const successes = decided.filter((value) => value > bound).length;
  return {
    test: `sign test: nets of ${decided.length} above ${bound.toFixed(3)};`,
    statistic: successes,
    pValue: signTest(successes, decided.length),
  };
}

/** Mean error over the upper half of the frequencies, one per net. */
export function upperBandErrors(rows: readonly RegressionRow[]): number[] {
  demand("rows", rows, regressionRows);
  const odd = rows.find(({ errors }) => errors.length !== rows[0].errors.length);
  if (odd) {
    throw new RangeError(
      `rows have errors of ${rows[0].errors.length} nets, but ${odd.errors.length} at frequency ${odd.frequency}.`,
    );
  }
  const upper = rows.slice(Math.floor(rows.length / 2));
  return upper[0].errors.map((_, net) => mean(upper.map((row) => row.errors[net])));
}
