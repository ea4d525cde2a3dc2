import type { LineRow, Mosaic, PlaneRow, RegionsInPlane, RegionsOnLine, TrainingRow } from "fathom/experiments";
import { predictedBreakpoints } from "fathom/experiments";

/** Nets of one shape on a segment. */
export function segmentDesign(hiddenWidths: readonly number[], bins = 0): RegionsOnLine {
  return {
    seed: 1,
    nets: 3,
    inputWidth: 4,
    hiddenWidths,
    sigmaB: 0.5,
    place: { distance: 1, start: -1, end: 2 },
    bins,
  };
}

/** Three nets: theory times 0.9, 1 and 1.1, their breakpoints spread evenly over the bins. */
export function segmentRows(design: RegionsOnLine): LineRow[] {
  const predicted = predictedBreakpoints(design, design.place);
  const bins = design.bins ?? 0;
  return [0.9, 1, 1.1].map((factor) => {
    const breakpoints = predicted.map((count) => count * factor);
    return {
      breakpoints,
      regions: 1 + breakpoints.reduce((sum, count) => sum + count, 0),
      binned: bins === 0 ? [] : breakpoints.map((count) => Array<number>(bins).fill(count / bins)),
    };
  });
}

export const planeDesign: RegionsInPlane = {
  seed: 1,
  nets: 3,
  inputWidth: 2,
  hiddenWidths: [6, 6],
  sigmaB: 0.5,
  halfSide: null,
};

export function planeRows(regions: number, boundaryLength: number | null): PlaneRow[] {
  return [0.9, 1, 1.1].map((factor) => ({
    regions: regions * factor,
    boundaryLength: boundaryLength === null ? null : boundaryLength * factor,
  }));
}

/** A square cut along its diagonal, which is the decision boundary. */
export const twoTriangles: Mosaic = {
  x: [-1, 1, -1, 1, 1, -1],
  y: [-1, -1, 1, -1, 1, 1],
  offsets: [0, 3, 6],
  classes: [0, 1],
  boundary: [1, -1, -1, 1],
};

/** Two nets at two moments. */
export function trainingRows(segmentRegions: number): TrainingRow[] {
  return [0, 1].flatMap((epoch) =>
    [0, 1].map((net) => ({
      net,
      epoch,
      accuracy: 0.1 + 0.7 * epoch + 0.1 * net,
      segmentRegions: segmentRegions - 3 * epoch + net,
      lineRegions: 17 + net,
      distance: 0.1 + 0.1 * epoch + 0.01 * net,
      predicted: { segmentRegions, distance: 0.1 },
    })),
  );
}
