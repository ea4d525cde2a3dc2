import { functionOfLimits, infiniteWidthLimit, twoSidedPValue } from "../../theory/statistics";
import { demandFinite, demandPositive } from "../../theory/demand";
import {
  anything,
  demand,
  type Demand,
  finite,
  yesOrNo,
  listOf,
  orAbsent,
  positive,
  record,
  whole,
} from "../../theory/demand-parts";
import type { CircleParameters, CircleRow } from "./circle-statistics";
import { mean } from "../../theory/statistics/moments";
import { lineSlopes } from "./line-slope";
import { circleRegime, circleRows, layerNumbers, theoryComparisons } from "./rows";

/** The same regime measured at several widths. */
export type CircleRegime = readonly { parameters: CircleParameters; rows: readonly CircleRow[] }[];

/** The quantities of a row that have one number per net. */
export type CircleQuantity = Exclude<keyof CircleRow, "layer" | "autocorrelation">;

/** A measured number beside what theory says of it, as a claim takes it. */
export interface TheoryComparison {
  predicted: number;
  measured: number;
  standardError: number;
  degreesOfFreedom: number;
}

/** How a quantity is put beside theory. */
export interface RatioOptions {
  /**
   * True: theory over measured; default: measured over theory. Of κ̄² it is the squared radius of curvature over theory's. That
   * is linear in 1/width (seen from width 60 on), κ̄² is not: the square of a fluctuating velocity is in its denominator.
   */
  inverse?: boolean;
}

/**
 * Mean over layers of measured over theory, at infinite width: 1 where the theory holds. One number per net first, then the
 * regression on 1/width, so that layers of one net count as one measurement.
 *
 * @param theory theory's value per layer, element l − 1 for layer l
 */
export function ratioToTheory(
  regime: CircleRegime,
  quantity: CircleQuantity,
  theory: readonly number[],
  layers: readonly number[],
  options: RatioOptions = {},
): TheoryComparison {
  demand("regime", regime, circleRegime(quantity));
  demand("options", options, record<RatioOptions>({ inverse: orAbsent(yesOrNo) }));
  demandTheory(regime, theory, layers, positive);
  const limit = infiniteWidthLimit(
    regime.map(({ parameters, rows }) => ({
      width: parameters.width,
      values: perNet(parameters, (net) =>
        mean(
          layers.map((layer) => {
            const ratio = rowOf(rows, layer)[quantity][net] / theory[layer - 1];
            return options.inverse ? 1 / ratio : ratio;
          }),
        ),
      ),
    })),
  );
  return compare(1, limit);
}

/** Layer by layer, the same ratio: one comparison per layer, all on the same nets. */
export function ratiosByLayer(
  regime: CircleRegime,
  quantity: CircleQuantity,
  theory: readonly number[],
  layers: readonly number[],
  options: RatioOptions = {},
): TheoryComparison[] {
  demand("layers", layers, layerNumbers);
  return layers.map((layer) => ratioToTheory(regime, quantity, theory, [layer], options));
}

/**
 * Mean over nets of the slope of ln quantity by layer, at infinite width. The logarithm is taken of each net's own value:
 * its 1/width bias is what the regression removes.
 */
export function logSlope(
  regime: CircleRegime,
  quantity: CircleQuantity,
  predicted: number,
  layers: readonly number[],
): TheoryComparison {
  demand("regime", regime, circleRegime(quantity));
  demandFinite("predicted", predicted);
  const limit = infiniteWidthLimit(
    regime.map(({ parameters, rows }) => ({
      width: parameters.width,
      values: logSlopes(parameters, rows, quantity, layers),
    })),
  );
  return compare(predicted, limit);
}

/** The slope of ln quantity by layer in each net of one width. */
export function logSlopes(
  parameters: CircleParameters,
  rows: readonly CircleRow[],
  quantity: CircleQuantity,
  layers: readonly number[],
): number[] {
  demand("parameters", parameters, record<CircleParameters>({ nets: whole(1) }));
  demand("rows", rows, circleRows(quantity));
  demand("layers", layers, layerNumbers);
  return lineSlopes(
    layers,
    Array.from({ length: parameters.nets }, (_, net) =>
      layers.map((layer) => Math.log(rowOf(rows, layer)[quantity][net])),
    ),
  );
}

/**
 * Correlation of two points of the circle at infinite width: the autocorrelation at one lag over q*, layer by layer.
 *
 * @param lag index into the parameters' `lags`
 * @param theory the correlation map's iterates, element l − 1 for layer l
 */
export function correlationsByLayer(
  regime: CircleRegime,
  lag: number,
  theory: readonly number[],
  layers: readonly number[],
): TheoryComparison[] {
  demand("regime", regime, circleRegime("autocorrelation"));
  demandTheory(regime, theory, layers, finite);
  regime.forEach(({ rows }, index) => {
    demand("lag", lag, whole(0, rows[0].autocorrelation.length - 1));
    const odd = rows.find((row) => row.autocorrelation.length !== regime[0].rows[0].autocorrelation.length);
    if (odd) throw new RangeError(`regime[${index}] has another number of lags in layer ${odd.layer}.`);
  });
  return layers.map((layer) =>
    compare(
      theory[layer - 1],
      infiniteWidthLimit(
        regime.map(({ parameters, rows }) => ({
          width: parameters.width,
          values: rowOf(rows, layer).autocorrelation[lag].map((value) => value / parameters.squaredLength),
        })),
      ),
    ),
  );
}

/**
 * Where L_G of an ordered net saturates: κ̄²ḡ at infinite width is fitted by K∞ − (K∞ − 1) ρ^(l−1), which it is in theory
 * with ρ = χ1, and 2π √K∞ is returned. A limit that no affordable depth reaches is so read off its approach. What is
 * extrapolated is the root of each net's κ̄²ḡ: it is linear in 1/width (seen from width 60 on), its square is not.
 */
export function grassmannianSaturationFit(
  regime: CircleRegime,
  predicted: number,
  layers: readonly number[],
): TheoryComparison {
  demand("regime", regime, circleRegime("squaredTurning"));
  demandFinite("predicted", predicted);
  demand("layers", layers, layerNumbers);
  const fit = functionOfLimits(
    regime.map(({ parameters, rows }) => ({
      width: parameters.width,
      samples: layers.map((layer) => rowOf(rows, layer).squaredTurning.map(Math.sqrt)),
    })),
    (turning) =>
      2 *
      Math.PI *
      Math.sqrt(
        saturation(
          layers,
          turning.map((root) => root ** 2),
        ),
      ),
  );
  return compare(predicted, fit);
}

/**
 * The mean of comparisons that share no net, as one comparison: what is common to them shows more clearly than in each.
 * Degrees of freedom are Welch and Satterthwaite's.
 */
export function meanOfIndependent(comparisons: readonly TheoryComparison[]): TheoryComparison {
  demand("comparisons", comparisons, theoryComparisons);
  const count = comparisons.length;
  const parts = comparisons.map(({ standardError }) => standardError ** 2);
  const total = parts.reduce((sum, part) => sum + part, 0);
  const spread = parts.reduce((sum, part, index) => sum + part ** 2 / comparisons[index].degreesOfFreedom, 0);
  return {
    predicted: mean(comparisons.map(({ predicted }) => predicted)),
    measured: mean(comparisons.map(({ measured }) => measured)),
    standardError: Math.sqrt(total) / count,
    degreesOfFreedom: total ** 2 / spread,
  };
}

/**
 * One p-value for many comparisons that share nets: the smallest p-value times their number (Bonferroni). Each uses
 * Student's t through Wallace's normal equivalent.
 */
export function jointTest(comparisons: readonly TheoryComparison[]): {
  test: string;
  statistic: number;
  pValue: number;
} {
  demand("comparisons", comparisons, theoryComparisons);
  const deviations = comparisons.map(({ predicted, measured, standardError, degreesOfFreedom }) =>
    normalEquivalent((measured - predicted) / standardError, degreesOfFreedom),
  );
  const largest = Math.max(...deviations.map(Math.abs));
  return {
    test: `largest |z| of ${comparisons.length}, Bonferroni`,
    statistic: largest,
    pValue: Math.min(1, comparisons.length * twoSidedPValue(largest)),
  };
}

/** Wallace (1959): the z whose normal tail is the t tail, to 1e-3 in z for 10 degrees of freedom and more. */
export function normalEquivalent(t: number, degreesOfFreedom: number): number {
  demandFinite("t", t);
  demandPositive("degreesOfFreedom", degreesOfFreedom);
  const scale = (8 * degreesOfFreedom + 1) / (8 * degreesOfFreedom + 3);
  return Math.sign(t) * scale * Math.sqrt(degreesOfFreedom * Math.log1p((t * t) / degreesOfFreedom));
}

/** The least-squares K∞ of K(l) = K∞ − (K∞ − 1) ρ^(l−1): linear in K∞ for each ρ, and ρ by golden section. */
function saturation(layers: readonly number[], turning: readonly number[]): number {
  const limitAt = (rho: number): { limit: number; misfit: number } => {
    let product = 0;
    let square = 0;
    layers.forEach((layer, index) => {
      const reached = 1 - rho ** (layer - 1);
      product += reached * (turning[index] - 1);
      square += reached * reached;
    });
    const rise = product / square;
    const misfit = layers.reduce(
      (total, layer, index) => total + (turning[index] - 1 - rise * (1 - rho ** (layer - 1))) ** 2,
      0,
    );
    return { limit: 1 + rise, misfit };
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0.3, 0.9999];
  while (high - low > 1e-10) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (limitAt(left).misfit < limitAt(right).misfit) high = right;
    else low = left;
  }
  return limitAt((low + high) / 2).limit;
}

/** What theory says of each of these layers, all of which were measured. */
function demandTheory(regime: CircleRegime, theory: readonly number[], layers: readonly number[], value: Demand): void {
  demand("layers", layers, layerNumbers);
  demand("theory", theory, listOf(anything));
  for (const layer of layers) regime.forEach(({ rows }) => rowOf(rows, layer));
  for (const layer of layers) demand(`theory of layer ${layer}`, theory[layer - 1], value);
}

function perNet(parameters: CircleParameters, of: (net: number) => number): number[] {
  return Array.from({ length: parameters.nets }, (_, net) => of(net));
}

function rowOf(rows: readonly CircleRow[], layer: number): CircleRow {
  const row = rows.find((candidate) => candidate.layer === layer);
  if (!row) throw new RangeError(`Layer ${layer} was not measured; the rows go from 1 to ${rows.length}.`);
  return row;
}

function compare(
  predicted: number,
  measured: { estimate: number; standardError: number; degreesOfFreedom: number },
): TheoryComparison {
  const { estimate, standardError, degreesOfFreedom } = measured;
  return { predicted, measured: estimate, standardError, degreesOfFreedom };
}
