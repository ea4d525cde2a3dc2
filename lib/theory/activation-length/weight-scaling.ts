import { demandCount, demandPositive, demandWidths } from "../demand";

/** Variance of a standard normal cut at ±2, 1 − 4ϕ(2)/(2Φ(2) − 1) = 0.77374…: the deviation lost by truncation. */
export const truncatedNormalVariance: number = 1 - (4 * Math.exp(-2)) / Math.sqrt(2 * Math.PI) / 0.9544997361036416;

/** How the variance of a weight depends on its layer's widths. */
export interface WeightScaling {
  readonly name: string;
  /** Var W of one entry, for the widths before and after the layer. */
  readonly variance: (fanIn: number, fanOut: number) => number;
}

const he: WeightScaling = { name: "He", variance: (fanIn) => 2 / fanIn };
const glorot: WeightScaling = { name: "Glorot", variance: (fanIn, fanOut) => 2 / (fanIn + fanOut) };
const leCun: WeightScaling = { name: "LeCun", variance: (fanIn) => 1 / fanIn };

/**
 * The schemes in use. "Truncated" is a normal cut at two standard deviations without correcting its variance, which is
 * what heNormal, glorotNormal and leCunNormal of tfjs-layers draw.
 */
export const weightScalings: Readonly<
  Record<"he" | "glorot" | "leCun" | "heTruncated" | "glorotTruncated" | "leCunTruncated" | "doubleHe", WeightScaling>
> = {
  he,
  glorot,
  leCun,
  heTruncated: scaled(he, truncatedNormalVariance, "truncated He"),
  glorotTruncated: scaled(glorot, truncatedNormalVariance, "truncated Glorot"),
  leCunTruncated: scaled(leCun, truncatedNormalVariance, "truncated LeCun"),
  doubleHe: scaled(he, 2, "twice He"),
};

/** A scheme whose every variance is multiplied by `factor` > 0. @throws RangeError, TypeError for what is no scheme */
export function scaled(
  scaling: WeightScaling,
  factor: number,
  name: string = `${factor} × ${scaling.name}`,
): WeightScaling {
  demandPositive("factor", factor);
  if (typeof scaling?.variance !== "function") {
    throw new TypeError(`scaling is one of weightScalings, or has a variance like them; given ${typeof scaling}`);
  }
  return { name, variance: (fanIn, fanOut) => factor * scaling.variance(fanIn, fanOut) };
}

/**
 * κ = fanIn·variance/2, the factor by which one ReLU layer multiplies the expected mean square activation: 1 for He,
 * fanIn/(fanIn + fanOut) for Glorot, ½ for LeCun (Hanin & Rolnick 2018).
 */
export function layerRatio(scaling: WeightScaling, fanIn: number, fanOut: number): number {
  demandCount("fanIn", fanIn);
  demandCount("fanOut", fanOut);
  return (fanIn * demandPositive(`variance of ${scaling.name}`, scaling.variance(fanIn, fanOut))) / 2;
}

/** κ of every layer of a net with the widths [n_0, n_1, …, n_d], input first: d numbers. */
export function layerRatios(scaling: WeightScaling, widths: readonly number[]): number[] {
  demandWidths("widths", widths);
  if (widths.length < 2) throw new RangeError("widths must name the input and at least one layer: [n_0, n_1, …]");
  return widths.slice(1).map((fanOut, layer) => layerRatio(scaling, widths[layer], fanOut));
}
