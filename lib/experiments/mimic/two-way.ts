import { demandCount } from "../../theory/demand";
import { foldIn, type Key, randomIntegers } from "../../random";

/** A mean over runs and images with the uncertainty of both. */
export interface TwoWayMean {
  readonly measured: number;
  /** Standard deviation of the two-way bootstrap. */
  readonly standardError: number;
  /** Of a t distribution for measured/standardError, by Satterthwaite's rule. */
  readonly degreesOfFreedom: number;
  /** Percentile interval of the bootstrap, 95 %. */
  readonly low: number;
  readonly high: number;
}

/** Resamples that standard errors are computed from: their own relative error is 1/√(2·1000), 2 %. */
const resamples = 1000;

/**
 * The mean of values that runs have on images, when both are samples: other groups of runs (teachers, batch orders, initial
 * weights) and other test images would have given another mean. Groups and images are resampled independently of each other
 * (the "pigeonhole" bootstrap, Owen 2007); runs of one group stay together, since they share a teacher and batches.
 *
 * Of n groups n − 1 are drawn, which makes the variance of a mean unbiased for few groups. The degrees of freedom are
 * Satterthwaite's for the two parts of the variance, groups with n − 1 and images with one less than their number: near the
 * groups' where these dominate, large where the images do.
 * @param groups one array a group: the mean over its runs of the value on each image
 * @throws RangeError for fewer than two groups or images, or groups of unequal lengths
 */
export function twoWayMean(groups: readonly Float64Array[], key: Key): TwoWayMean {
  demandCount("groups of runs", groups.length, 2);
  const images = groups[0].length;
  demandCount("images", images, 2);
  if (groups.some((values) => values.length !== images))
    throw new RangeError("every group has a value for every image");
  const means = groups.map(mean);
  const measured = mean(means);
  const ofImages = Float64Array.from({ length: images }, (_, i) => mean(groups.map((values) => values[i])));

  const replicates = Float64Array.from({ length: resamples }, (_, resample) => {
    const keys = foldIn(key, resample);
    const drawnGroups = randomIntegers(foldIn(keys, "groups"), groups.length - 1, groups.length);
    const drawnImages = randomIntegers(foldIn(keys, "images"), images, images);
    let total = 0;
    for (const group of drawnGroups) {
      const values = groups[group];
      for (let i = 0; i < images; i++) total += values[drawnImages[i]];
    }
    return total / (drawnGroups.length * images);
  }).sort();
  const variance = varianceOf(replicates);
  const groupPart = varianceOf(means) / groups.length;
  const imagePart = varianceOf(ofImages) / images;
  const parts = groupPart ** 2 / (groups.length - 1) + imagePart ** 2 / (images - 1);
  return {
    measured,
    standardError: Math.sqrt(variance),
    degreesOfFreedom: parts === 0 ? groups.length - 1 : (groupPart + imagePart) ** 2 / parts,
    low: replicates[Math.floor(0.025 * (resamples - 1))],
    high: replicates[Math.ceil(0.975 * (resamples - 1))],
  };
}

function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total / values.length;
}

function varianceOf(values: ArrayLike<number>): number {
  const centre = mean(values);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] - centre) ** 2;
  return total / (values.length - 1);
}
