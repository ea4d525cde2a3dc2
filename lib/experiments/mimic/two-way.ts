import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { demandCount, demandNumbers } from "../../theory/demand";

/** A mean over runs and images with the uncertainty of both. */
export interface TwoWayMean {
  readonly measured: number;
  readonly standardError: number;
  /** Of a t distribution for measured/standardError, by Satterthwaite's rule. */
  readonly degreesOfFreedom: number;
  /** Confidence interval, 95 %. */
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of values that runs have on images, when both are samples: other initial weights and other test images would have
 * given another mean. With value = mean + effect of the run + effect of the image + rest, all independent, its variance is
 * σ²_run/R + σ²_image/I + σ²_rest/(R I), which the mean squares of a two-way table estimate without bias as
 * (MS_run + MS_image − MS_rest)/(R I). (A bootstrap that resamples runs and images independently estimates the same and
 * counts the rest three times; Owen 2007. With few runs the rest matters.) Never taken below either mean square alone.
 *
 * The degrees of freedom are Satterthwaite's: near R − 1 where runs dominate the error, large where images do.
 * @param runs one array a run: its value on each image
 * @throws RangeError for fewer than two runs or images, or runs of unequal lengths
 */
export function twoWayMean(runs: readonly Float64Array[]): TwoWayMean {
  demandCount("runs", runs.length, 2);
  const images = runs[0].length;
  demandCount("images", images, 2);
  if (runs.some((values) => values.length !== images)) throw new RangeError("every run has a value for every image");
  runs.forEach((values, run) => demandNumbers(`runs[${run}]`, values));
  const ofRuns = runs.map(mean);
  const ofImages = Float64Array.from({ length: images }, (_, i) => mean(runs.map((values) => values[i])));
  const measured = mean(ofRuns);
  let squares = 0;
  runs.forEach((values, run) => {
    for (let i = 0; i < images; i++) squares += (values[i] - ofRuns[run] - ofImages[i] + measured) ** 2;
  });
  const degrees = { run: runs.length - 1, image: images - 1, rest: (runs.length - 1) * (images - 1) };
  // Mean squares over R I.
  const run = varianceOf(ofRuns) / runs.length;
  const image = varianceOf(ofImages) / images;
  const rest = squares / degrees.rest / (runs.length * images);
  const variance = Math.max(run + image - rest, run, image);
  const spread = run ** 2 / degrees.run + image ** 2 / degrees.image + rest ** 2 / degrees.rest;
  return withInterval(measured, Math.sqrt(variance), spread === 0 ? degrees.run : variance ** 2 / spread);
}

/** The mean over images when the nets are taken as given, and its standard error. @throws RangeError for one image */
export function imageMean(values: Float64Array): TwoWayMean {
  demandNumbers("values", values, 2);
  return withInterval(mean(values), Math.sqrt(varianceOf(values) / values.length), values.length - 1);
}

function withInterval(measured: number, standardError: number, degreesOfFreedom: number): TwoWayMean {
  const reach = tQuantile(0.975, degreesOfFreedom) * standardError;
  return { measured, standardError, degreesOfFreedom, low: measured - reach, high: measured + reach };
}

function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total / values.length;
}

/** With n − 1. */
function varianceOf(values: ArrayLike<number>): number {
  const centre = mean(values);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] - centre) ** 2;
  return total / (values.length - 1);
}
