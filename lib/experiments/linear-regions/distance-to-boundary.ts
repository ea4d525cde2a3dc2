import { distanceToBoundary } from "../../measure/linear-regions";
import { defineExperiment, type Experiment } from "../../sweep";
import {
  boundaryDistanceCdf,
  type KolmogorovSmirnov,
  kolmogorovSmirnov,
  meanBoundaryDistance,
  meanEstimate,
  type RandomNets,
  totalBoundaryDensity,
} from "../../theory";
import { demandNotNegative } from "../../theory/demand";
import { demand } from "../../theory/demand-parts";
import { overNets, planePoint, type RandomReluNets } from "./random-nets";
import type { RegionComparison } from "./regions-on-line";
import { distanceDesign, distanceRows } from "./rows";

/** Random nets, seen from one point. */
export interface DistanceFromPoint extends RandomReluNets {
  /** ‖x‖; the direction does not matter to random nets. */
  readonly norm: number;
}

/** How far one net's nearest boundary is. */
export interface DistanceRow {
  readonly distance: number;
}

/** Distance from one point to the nearest boundary of each of many random nets: in all directions, exact. One row a net. */
export const distancesToBoundary: Experiment<DistanceFromPoint, DistanceRow> = defineExperiment({
  name: "linear-regions-distance",
  source: __filename,
  run(parameters: DistanceFromPoint, report) {
    const point = planePoint(parameters.inputWidth, parameters.norm, 0);
    const rows = overNets(
      parameters,
      (net): DistanceRow => ({ distance: distanceToBoundary(net, point).distance }),
      report,
    );
    return Promise.resolve(rows);
  },
});

/** Boundaries per unit volume at a distance from the origin, in the whole input space: A. */
export function densityAt(nets: RandomNets, norm: number): number {
  const squaredNorm = demandNotNegative("norm", norm) ** 2;
  return totalBoundaryDensity(nets, nets.inputWidth, { squaredNorm, projectedSquaredNorm: squaredNorm });
}

/** Mean distance over its prediction 1/(2A) for `design`: 1 is predicted. */
export function distanceRatio(rows: readonly DistanceRow[], design: DistanceFromPoint): RegionComparison {
  demand("rows", rows, distanceRows);
  demand("design", design, distanceDesign);
  const predicted = meanBoundaryDistance(densityAt(design, design.norm));
  const { estimate, standardError } = meanEstimate(rows.map(({ distance }) => distance / predicted));
  return { predicted: 1, measured: estimate, standardError, degreesOfFreedom: rows.length - 1 };
}

/** Kolmogorov–Smirnov test of the distances, one a net, against the exponential law of mean 1/(2A) for `design`. */
export function distanceLaw(rows: readonly DistanceRow[], design: DistanceFromPoint): KolmogorovSmirnov {
  demand("rows", rows, distanceRows);
  demand("design", design, distanceDesign);
  const density = densityAt(design, design.norm);
  return kolmogorovSmirnov(
    rows.map(({ distance }) => distance),
    (distance) => boundaryDistanceCdf(distance, density),
  );
}
