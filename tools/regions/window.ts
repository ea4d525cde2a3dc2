import { performance } from "node:perf_hooks";
import {
  type DecisionBoundary,
  inputPlane,
  linearRegionCount,
  regionsInWindow,
  type SliceRegions,
} from "../../lib/measure/linear-regions";
import type { PiecewiseLinearNet } from "../../lib/nets/piecewise-linear";
import { plural, stated } from "../run/text";
import type { PlaneWindow } from "./slice-file";
import { summaryOf } from "./summary";

/** What was counted in a window of a plane. */
export interface CountedWindow {
  readonly kind: "window";
  readonly slice: SliceRegions;
  readonly window: PlaneWindow["window"];
  /** Regions that remain when neighbours are joined on which the outputs are the same affine functions. */
  readonly linearRegions: number;
  readonly decisionBoundary: DecisionBoundary;
  /** What the regions alone took, without what is derived from them. */
  readonly milliseconds: number;
}

/** x from `x0` to `x1`, y from `y0` to `y1`, for a net of two inputs. */
export function squareWindow(window: readonly [number, number, number, number]): PlaneWindow {
  return { plane: inputPlane, window };
}

/** @param limit what `maximumRegions` is set to, if it is */
export function countWindow(
  net: PiecewiseLinearNet,
  { plane, window }: PlaneWindow,
  limit: { maximumRegions?: number },
): CountedWindow {
  const begun = performance.now();
  const slice = regionsInWindow(net, plane, window, limit);
  const milliseconds = performance.now() - begun;
  return {
    kind: "window",
    slice,
    window,
    linearRegions: linearRegionCount(slice),
    decisionBoundary: slice.decisionBoundary(),
    milliseconds,
  };
}

/** The counts as rows of a table. */
export function windowRows(counted: CountedWindow): [string, string][] {
  const { slice, window, linearRegions, decisionBoundary } = counted;
  const [s0, s1, t0, t1] = window.map(stated);
  const { minimum, median, maximum } = summaryOf(slice.areas);
  const layers = slice.boundaryLengthPerLayer.map((length, layer) => `layer ${layer + 1}: ${short(length)}`).join(", ");
  return [
    ["window", `[${s0}, ${s1}] × [${t0}, ${t1}], area ${short(slice.totalArea)}`],
    ["regions", `${slice.count} (${slice.vertices} vertices, ${slice.edges} edges)`],
    ["linear regions", String(linearRegions)],
    ["boundary length", `${short(slice.boundaryLength)}${layers === "" ? "" : ` (${layers})`}`],
    ["area of a region", `min ${short(minimum)}, median ${short(median)}, max ${short(maximum)}`],
    [`decision boundary`, `length ${short(decisionBoundary.length)}`],
  ];
}

/** The counts for a program. */
export function windowJson(counted: CountedWindow): Record<string, unknown> {
  const { slice, window, linearRegions, decisionBoundary } = counted;
  return {
    slice: { kind: "window", window },
    regions: slice.count,
    vertices: slice.vertices,
    edges: slice.edges,
    linearRegions,
    totalArea: slice.totalArea,
    boundaryLength: slice.boundaryLength,
    boundaryLengthPerLayer: slice.boundaryLengthPerLayer,
    decisionBoundaryLength: decisionBoundary.length,
    areas: [...slice.areas],
  };
}

/** One line for a picture's head. */
export function windowTitle({ slice, decisionBoundary }: CountedWindow): string {
  const regions = plural(slice.count, "region");
  return decisionBoundary.segments.length === 0 ? regions : `${regions}, decision boundary in black`;
}

/** Four digits, as many as a table needs. */
function short(value: number): string {
  return stated(Number(value.toPrecision(4)));
}
