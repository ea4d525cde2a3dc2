import { regionsOnLine, regionsOnSegment } from "../../measure/linear-regions";
import { defineExperiment, type Experiment } from "../../sweep";
import {
  breakpointDensity,
  expectedBreakpoints,
  lineCovariances,
  lineThrough,
  meanEstimate,
  type RandomNets,
} from "../../theory";
import { demandCount, demandFinite, demandNotNegative, demandPositive } from "../../theory/demand";
import { demand, whole } from "../../theory/demand-parts";
import { overNets, planePoint, type RandomReluNets, type SegmentPlace } from "./random-nets";
import { lineDesign, lineRows } from "./rows";

/** Random nets and where to count. */
export interface RegionsOnLine extends RandomReluNets {
  /** A segment, or, where start and end are null, the whole line at that distance. */
  readonly place: SegmentPlace | { readonly distance: number; readonly start: null; readonly end: null };
  /** Into how many equal parts a segment is divided, to see where its breakpoints lie; not at all unless given. */
  readonly bins?: number;
}

/** What one net has there. */
export interface LineRow {
  /** Breakpoints of each hidden layer's neurons. */
  readonly breakpoints: number[];
  readonly regions: number;
  /** Breakpoints of each layer in each part of the segment; empty without `bins`. */
  readonly binned: number[][];
}

/** Regions of random ReLU nets on a segment or a whole line, counted exactly. One row a net. */
export const regionsOnRandomLines: Experiment<RegionsOnLine, LineRow> = defineExperiment({
  name: "linear-regions-on-line",
  source: __filename,
  run(parameters: RegionsOnLine, report) {
    const { inputWidth, hiddenWidths, place, bins = 0 } = parameters;
    const { distance, start, end } = place;
    if (!Number.isSafeInteger(bins) || bins < 0 || (start === null && bins > 0)) {
      throw new RangeError(`bins is a whole number of at least 0, and 0 for a whole line; given ${bins}.`);
    }
    const rows = overNets(
      parameters,
      (net): LineRow => {
        const found =
          start === null
            ? regionsOnLine(net, planePoint(inputWidth, distance, 0), planePoint(inputWidth, 0, 1))
            : regionsOnSegment(net, planePoint(inputWidth, distance, start), planePoint(inputWidth, distance, end));
        const binned = bins === 0 ? [] : hiddenWidths.map(() => Array<number>(bins).fill(0));
        if (bins > 0) found.breakpoints.forEach((t, index) => binned[found.layer[index]][Math.floor(bins * t)]++);
        return { breakpoints: found.perLayer, regions: found.regions, binned };
      },
      report,
    );
    return Promise.resolve(rows);
  },
});

/** A prediction beside a measurement; the standard error is over nets. */
export interface RegionComparison {
  readonly predicted: number;
  readonly measured: number;
  readonly standardError: number;
  /** One less than the nets. */
  readonly degreesOfFreedom: number;
}

/** Breakpoints of each layer that the Kac–Rice law expects of `nets` at a place. */
export function predictedBreakpoints(nets: RandomNets, place: RegionsOnLine["place"]): number[] {
  demandCount("inputWidth", nets.inputWidth);
  const { distance, start, end } = place;
  const line = lineThrough(planePoint(nets.inputWidth, distance, 0), planePoint(nets.inputWidth, distance, 1));
  return expectedBreakpoints(nets, line, [start ?? -Infinity, end ?? Infinity]);
}

/** Breakpoints of one layer over the Kac–Rice prediction for `design`, one number a net. @param layer from 1 */
export function breakpointRatios(rows: readonly LineRow[], design: RegionsOnLine, layer: number): number[] {
  demandLine(rows, design);
  demand("layer", layer, whole(1, design.hiddenWidths.length));
  const predicted = predictedBreakpoints(design, design.place)[layer - 1];
  return rows.map(({ breakpoints }) => breakpoints[layer - 1] / predicted);
}

/** Breakpoints of all layers over the prediction for `design`, one number a net. */
export function totalBreakpointRatios(rows: readonly LineRow[], design: RegionsOnLine): number[] {
  demandLine(rows, design);
  const predicted = predictedBreakpoints(design, design.place).reduce((sum, one) => sum + one, 0);
  return rows.map(({ breakpoints }) => breakpoints.reduce((sum, one) => sum + one, 0) / predicted);
}

/** Mean over nets of breakpoints of all layers over the prediction for `design`: 1 is predicted. */
export function totalBreakpointRatio(rows: readonly LineRow[], design: RegionsOnLine): RegionComparison {
  const { estimate, standardError } = meanEstimate(totalBreakpointRatios(rows, design));
  return { predicted: 1, measured: estimate, standardError, degreesOfFreedom: rows.length - 1 };
}

function demandLine(rows: readonly LineRow[], design: RegionsOnLine): void {
  demand("design", design, lineDesign);
  demand("rows", rows, lineRows(design.hiddenWidths.length));
}

/** How densely the neurons of one layer break a segment. */
export interface LayerDensity {
  readonly layer: number;
  /** Middles of the segment's parts, in units of input space. */
  readonly positions: number[];
  /** Breakpoints per neuron and unit length there, and their standard error over nets. */
  readonly measured: number[];
  readonly standardError: number[];
  /** The Kac–Rice density along the segment. */
  readonly predicted: { readonly x: number[]; readonly y: number[] };
}

/** Densities of breakpoints along a segment, layer by layer, from rows counted with `bins`. */
export function breakpointDensities(rows: readonly LineRow[], design: RegionsOnLine): LayerDensity[] {
  demandLine(rows, design);
  const { hiddenWidths, inputWidth, place } = design;
  const bins = rows[0].binned[0]?.length ?? 0;
  if (place.start === null || bins === 0) throw new RangeError("densities need a segment that was counted in bins");
  const odd = rows.findIndex(({ binned }) => binned.length === 0 || binned.some(({ length }) => length !== bins));
  if (odd >= 0) throw new RangeError(`rows[${odd}] was counted in other parts than the ${bins} of rows[0].`);
  const { distance, start, end } = place;
  const length = (end - start) / bins;
  const line = lineThrough(planePoint(inputWidth, distance, 0), planePoint(inputWidth, distance, 1));
  const x = Array.from({ length: 101 }, (_, index) => start + ((end - start) * index) / 100);
  return hiddenWidths.map((width, layer) => {
    const cells = Array.from({ length: bins }, (_, bin) =>
      meanEstimate(rows.map(({ binned }) => binned[layer][bin] / (width * length))),
    );
    return {
      layer: layer + 1,
      positions: cells.map((_, bin) => start + (bin + 0.5) * length),
      measured: cells.map(({ estimate }) => estimate),
      standardError: cells.map(({ standardError }) => standardError),
      predicted: { x, y: x.map((t) => breakpointDensity(lineCovariances(design, line, t)[layer])) },
    };
  });
}

/** The mean of independent comparisons of one prediction, each with the same weight. */
export function pooledComparison(comparisons: readonly RegionComparison[]): RegionComparison {
  const count = comparisons.length;
  if (count === 0) throw new RangeError("there are no comparisons to pool");
  const { predicted } = comparisons[0];
  if (comparisons.some((one) => one.predicted !== predicted)) {
    throw new RangeError("comparisons of different predictions cannot be pooled");
  }
  comparisons.forEach(({ measured: value, standardError, degreesOfFreedom }, index) => {
    demandFinite(`comparisons[${index}].measured`, value);
    demandNotNegative(`comparisons[${index}].standardError`, standardError);
    demandPositive(`comparisons[${index}].degreesOfFreedom`, degreesOfFreedom);
  });
  const measured = comparisons.reduce((sum, one) => sum + one.measured, 0) / count;
  const variances = comparisons.map(({ standardError }) => standardError ** 2 / count ** 2);
  const variance = variances.reduce((sum, one) => sum + one, 0);
  // Welch and Satterthwaite's degrees of freedom of a sum of estimated variances.
  const spread = variances.reduce((sum, one, index) => sum + one ** 2 / comparisons[index].degreesOfFreedom, 0);
  return { predicted, measured, standardError: Math.sqrt(variance), degreesOfFreedom: variance ** 2 / spread };
}
