export { binomial, binomialSum } from "./binomial";
export { arrangementRegions, boundedArrangementRegions, centralArrangementRegions } from "./arrangements";
export { activationPatternBound, foldingLowerBound, layerwiseUpperBound, rankedUpperBound } from "./region-bounds";
export type { LineCovariances, LineGeometry, RandomNets } from "./covariances";
export { lineCovariances, lineThrough } from "./covariances";
export { breakpointDensity, expectedBreakpoints, expectedRegionsOnSegment } from "./breakpoints";
export type { SlicePoint } from "./boundaries";
export {
  boundaryDensity,
  boundaryDistanceCdf,
  expectedBoundaryLength,
  meanBoundaryDistance,
  totalBoundaryDensity,
} from "./boundaries";
