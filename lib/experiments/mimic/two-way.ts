import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { demandCount, demandNumbers } from "../../theory/demand";
import { demand, finite, listOf } from "../../theory/demand-parts";
import { mean, variance } from "../../theory/statistics/moments";

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
 * Runs may fall into strata that any other sample would have had too (students of given teachers): then the effect of a run is
 * what it differs by from its stratum, and runs are compared within strata only. An image may have another effect in each.
 *
 * The degrees of freedom are Satterthwaite's: near the number of runs less that of strata where runs dominate the error, large
 * where images do.
 * @param runs one array a run: its value on each image
 * @param strata of each run, any number that names it; default: all runs are of one
 * @throws RangeError for fewer than two runs or images, runs of unequal lengths, or no stratum with two runs
 */
export function twoWayMean(
  runs: readonly Float64Array[],
  strata: readonly number[] = Array.from(runs, () => 0),
): TwoWayMean {
  demandCount("runs", runs.length, 2);
  const images = runs[0].length;
  demandCount("images", images, 2);
  if (runs.some((values) => values.length !== images)) throw new RangeError("every run has a value for every image");
  runs.forEach((values, run) => demandNumbers(`runs[${run}]`, values));
  demand("strata", strata, listOf(finite));
  if (strata.length !== runs.length) {
    throw new RangeError(`every run has a stratum; given ${strata.length} for ${runs.length} runs`);
  }
  const groups = [...new Set(strata)].map((stratum) => runs.filter((_, run) => strata[run] === stratum));
  const degreesOfRuns = runs.length - groups.length;
  if (degreesOfRuns < 1) {
    throw new RangeError(`at least one stratum has two runs; given ${runs.length} runs, each of its own`);
  }
  const ofImages = meanByImage(runs);
  const squares = groups.map(squaresWithin);
  // Mean squares over R I.
  const run = squares.reduce((sum, { ofRuns }) => sum + ofRuns, 0) / degreesOfRuns / runs.length;
  const image = variance(ofImages) / images;
  const degreesOfRest = degreesOfRuns * (images - 1);
  const rest = squares.reduce((sum, { ofRest }) => sum + ofRest, 0) / degreesOfRest / (runs.length * images);
  const ofMean = Math.max(run + image - rest, run, image);
  const spread = run ** 2 / degreesOfRuns + image ** 2 / (images - 1) + rest ** 2 / degreesOfRest;
  return withInterval(mean(ofImages), Math.sqrt(ofMean), spread === 0 ? degreesOfRuns : ofMean ** 2 / spread);
}

/** Sums of squares of the runs of one stratum: of their means about its own, and of what runs and images leave. */
function squaresWithin(runs: readonly Float64Array[]): { ofRuns: number; ofRest: number } {
  const ofImages = meanByImage(runs);
  const centre = mean(ofImages);
  let [ofRuns, ofRest] = [0, 0];
  for (const values of runs) {
    const deviation = mean(values) - centre;
    ofRuns += deviation ** 2;
    for (let i = 0; i < values.length; i++) ofRest += (values[i] - ofImages[i] - deviation) ** 2;
  }
  return { ofRuns, ofRest };
}

function meanByImage(runs: readonly Float64Array[]): Float64Array {
  return runs[0].map((_, image) => mean(runs.map((values) => values[image])));
}

/** The mean over images when the nets are taken as given, and its standard error. @throws RangeError for one image */
export function imageMean(values: Float64Array): TwoWayMean {
  demandNumbers("values", values, 2);
  return withInterval(mean(values), Math.sqrt(variance(values) / values.length), values.length - 1);
}

function withInterval(measured: number, standardError: number, degreesOfFreedom: number): TwoWayMean {
  const reach = tQuantile(0.975, degreesOfFreedom) * standardError;
  return { measured, standardError, degreesOfFreedom, low: measured - reach, high: measured + reach };
}
