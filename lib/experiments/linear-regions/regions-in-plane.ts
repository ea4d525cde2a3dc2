import { regionsInWholePlane, regionsInWindow } from "../../measure/linear-regions";
import { defineExperiment, type Experiment } from "../../sweep";
import { expectedBoundaryLength, meanEstimate, type RandomNets } from "../../theory";
import { demandWidths } from "../../theory/demand";
import { demand } from "../../theory/demand-parts";
import { overNets, planePoint, type RandomReluNets } from "./random-nets";
import type { RegionComparison } from "./regions-on-line";
import { planeDesign, planeRows, squareRows } from "./rows";

/** Random nets, counted in the plane of the first two inputs. */
export interface RegionsInPlane extends RandomReluNets {
  /** h of the square [−h, h]², or null for the whole plane. */
  readonly halfSide: number | null;
}

/** What one net has there. */
export interface PlaneRow {
  readonly regions: number;
  /** Total length of the boundaries in the square; null for the whole plane, where it is infinite. */
  readonly boundaryLength: number | null;
}

/** Regions of random ReLU nets in a square or in the whole plane, counted exactly. One row a net. */
export const regionsInRandomPlanes: Experiment<RegionsInPlane, PlaneRow> = defineExperiment({
  name: "linear-regions-in-plane",
  source: __filename,
  run(parameters: RegionsInPlane, report) {
    const { inputWidth, halfSide } = parameters;
    const plane = {
      origin: new Float64Array(inputWidth),
      u: planePoint(inputWidth, 1, 0),
      v: planePoint(inputWidth, 0, 1),
    };
    const rows = overNets(
      parameters,
      (net): PlaneRow => {
        if (halfSide === null) return { regions: regionsInWholePlane(net, plane).count, boundaryLength: null };
        const { count, boundaryLength } = regionsInWindow(net, plane, [-halfSide, halfSide, -halfSide, halfSide]);
        return { regions: count, boundaryLength };
      },
      report,
    );
    return Promise.resolve(rows);
  },
});

/** 1 + N + C(N, 2): the regions of N lines in general position, and what N neurons have in a whole plane on average. */
export function wholePlaneRegions({ hiddenWidths }: Pick<RandomNets, "hiddenWidths">): number {
  demandWidths("hiddenWidths", hiddenWidths);
  const neurons = hiddenWidths.reduce((sum, width) => sum + width, 0);
  return 1 + neurons + (neurons * (neurons - 1)) / 2;
}

/** Regions over 1 + N + C(N, 2) of `design`: 1 is predicted. */
export function wholePlaneRatio(rows: readonly PlaneRow[], design: RegionsInPlane): RegionComparison {
  demand("rows", rows, planeRows);
  demand("design", design, planeDesign);
  const predicted = wholePlaneRegions(design);
  const { estimate, standardError } = meanEstimate(rows.map(({ regions }) => regions / predicted));
  return { predicted: 1, measured: estimate, standardError, degreesOfFreedom: rows.length - 1 };
}

/**
 * How many nets have exactly 1 + N + C(N, 2) regions in the whole plane, as lines in general position have (Zaslavsky 1975): almost
 * surely all with one hidden layer and biases.
 */
export function netsInGeneralPosition(rows: readonly PlaneRow[], design: RegionsInPlane): number {
  demand("rows", rows, planeRows);
  demand("design", design, planeDesign);
  const all = wholePlaneRegions(design);
  return rows.filter(({ regions }) => regions === all).length;
}

/** Length of the boundaries in the square over its prediction for `design`, one number a net. */
export function boundaryLengthRatios(rows: readonly PlaneRow[], design: RegionsInPlane): number[] {
  demand("design", design, planeDesign);
  if (design.halfSide === null) throw new RangeError("in the whole plane boundaries are infinitely long");
  demand("rows", rows, squareRows);
  const predicted = expectedBoundaryLength(design, design.halfSide);
  return rows.map(({ boundaryLength }) => boundaryLength! / predicted);
}
