import { performance } from "node:perf_hooks";
import { type LineRegions, regionsOnSegment } from "../../lib/measure/linear-regions";
import type { PiecewiseLinearNet } from "../../lib/nets/piecewise-linear";
import { plural, stated } from "../run/text";
import type { SegmentEnds } from "./slice-file";
import { summaryOf } from "./summary";

/** What was counted along a segment. */
export interface CountedSegment {
  readonly kind: "segment";
  readonly line: LineRegions;
  /** Of the segment, in input space. */
  readonly length: number;
  /** Of each region's piece of it, in order. */
  readonly lengths: Float64Array;
  /** What the regions alone took. */
  readonly milliseconds: number;
}

/** @param limit what `maximumRegions` is set to, if it is */
export function countSegment(
  net: PiecewiseLinearNet,
  { from, to }: SegmentEnds,
  limit: { maximumRegions?: number },
): CountedSegment {
  const begun = performance.now();
  const line = regionsOnSegment(net, from, to, limit);
  const milliseconds = performance.now() - begun;
  const length = Math.sqrt(from.reduce((sum, value, axis) => sum + (to[axis] - value) ** 2, 0));
  const ends = [0, ...line.breakpoints, 1];
  const lengths = Float64Array.from({ length: line.regions }, (_, piece) => length * (ends[piece + 1] - ends[piece]));
  return { kind: "segment", line, length, lengths, milliseconds };
}

/** The counts as rows of a table. */
export function segmentRows({ line, length, lengths }: CountedSegment): [string, string][] {
  const { minimum, median, maximum } = summaryOf(lengths);
  const layers = line.perLayer.map((count, layer) => `layer ${layer + 1}: ${count}`).join(", ");
  return [
    ["segment", `length ${stated(length)}`],
    ["regions", String(line.regions)],
    ["breakpoints", `${line.breakpoints.length}${layers === "" ? "" : ` (${layers})`}`],
    ["length of a region", `min ${stated(minimum)}, median ${stated(median)}, max ${stated(maximum)}`],
  ];
}

/** The counts for a program. Layers and neurons are numbered from 0. */
export function segmentJson({ line, length, lengths }: CountedSegment): Record<string, unknown> {
  return {
    slice: { kind: "segment", length },
    regions: line.regions,
    breakpoints: [...line.breakpoints],
    breakpointLayers: [...line.layer],
    breakpointNeurons: [...line.neuron],
    breakpointsPerLayer: line.perLayer,
    lengths: [...lengths],
  };
}

/** One line for a picture's head. */
export function segmentTitle({ line, length }: CountedSegment): string {
  return `${plural(line.regions, "region")} on a segment of length ${stated(Number(length.toPrecision(4)))}`;
}
