import { demandCount, demandNumbers, demandOpenUnit } from "../demand";
import { mean, variance } from "./moments";

/** An estimate with the standard deviation of its own sampling error. */
export interface Estimate {
  readonly estimate: number;
  readonly standardError: number;
}

/** Sample mean of independent values (nets, never points of one net) and its standard error s/√n. At least 2 values. */
export function meanEstimate(values: ArrayLike<number>): Estimate {
  demandNumbers("values", values, 2);
  return { estimate: mean(values), standardError: Math.sqrt(variance(values) / values.length) };
}

/**
 * Unbiased sample variance and its standard error √((m4 − s⁴ (n − 3)/(n − 1))/n), which the fourth central moment of the
 * sample gives. At least 4 values.
 */
export function varianceEstimate(values: ArrayLike<number>): Estimate {
  const n = demandNumbers("values", values, 4).length;
  const centre = mean(values);
  const second = variance(values);
  let fourth = 0;
  for (let i = 0; i < n; i++) fourth += (values[i] - centre) ** 4 / n;
  return {
    estimate: second,
    standardError: Math.sqrt(Math.max(0, (fourth - (second ** 2 * (n - 3)) / (n - 1)) / n)),
  };
}

/**
 * A smooth function of the means of several quantities, each measured on the same independent samples, with its
 * jackknife standard error and the jackknife's correction of the bias of order 1/n (Quenouille, Tukey).
 * @param samples one array a quantity, all of the same length n ≥ 2
 * @param of the function of the means, for example ([square, mean]) => square / mean ** 2
 */
export function jackknife(
  samples: readonly ArrayLike<number>[],
  of: (means: readonly number[]) => number,
): Estimate & { readonly corrected: number } {
  if (!(samples.length > 0)) throw new TypeError("samples must be a non-empty array of arrays");
  const n = samples[0].length;
  const totals = samples.map((values, quantity) => {
    demandNumbers(`samples[${quantity}]`, values, 2);
    if (values.length !== n)
      throw new RangeError(`samples[${quantity}] holds ${values.length} values, samples[0] ${n}`);
    let total = 0;
    for (let i = 0; i < n; i++) total += values[i];
    return total;
  });
  const estimate = of(totals.map((total) => total / n));
  const leftOut = Float64Array.from({ length: n }, (_, i) =>
    of(totals.map((total, quantity) => (total - samples[quantity][i]) / (n - 1))),
  );
  return {
    estimate,
    standardError: ((n - 1) * Math.sqrt(variance(leftOut))) / Math.sqrt(n),
    corrected: n * estimate - (n - 1) * mean(leftOut),
  };
}

/**
 * Percentile bootstrap of a statistic of independent values.
 * @param options.draw indices of one resample: `draw(r)` returns values.length whole numbers below values.length, drawn from a key
 * @param options.confidence of the interval, 0.95 unless given
 */
export function bootstrap(
  values: ArrayLike<number>,
  statistic: (resample: Float64Array) => number,
  options: {
    readonly resamples: number;
    readonly draw: (resample: number) => ArrayLike<number>;
    readonly confidence?: number;
  },
): Estimate & { readonly low: number; readonly high: number } {
  const { resamples, draw, confidence = 0.95 } = options;
  const n = demandNumbers("values", values, 2).length;
  demandCount("resamples", resamples, 2);
  demandOpenUnit("confidence", confidence);
  const resample = new Float64Array(n);
  const replicates = Float64Array.from({ length: resamples }, (_, r) => {
    const indices = draw(r);
    if (indices.length !== n) throw new RangeError(`draw(${r}) gave ${indices.length} indices for ${n} values`);
    for (let i = 0; i < n; i++) resample[i] = values[demandIndex(indices[i], n)];
    return statistic(resample);
  }).sort();
  const tail = (1 - confidence) / 2;
  return {
    estimate: statistic(Float64Array.from(values)),
    standardError: Math.sqrt(variance(replicates)),
    low: replicates[Math.floor(tail * (resamples - 1))],
    high: replicates[Math.ceil((1 - tail) * (resamples - 1))],
  };
}

function demandIndex(index: number, length: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= length) {
    throw new RangeError(`an index must be a whole number in [0, ${length}); it is ${index}`);
  }
  return index;
}
