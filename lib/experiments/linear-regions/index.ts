export type { RandomReluNets, SegmentPlace } from "./random-nets";
export {
  breakpointDensities,
  breakpointRatios,
  type LayerDensity,
  type LineRow,
  pooledComparison,
  predictedBreakpoints,
  type RegionComparison,
  type RegionsOnLine,
  regionsOnRandomLines,
  totalBreakpointRatio,
  totalBreakpointRatios,
} from "./regions-on-line";
export { infiniteWidthRatio, type RatiosAtWidth } from "./infinite-width-ratio";
export {
  boundaryLengthRatios,
  netsInGeneralPosition,
  type PlaneRow,
  type RegionsInPlane,
  regionsInRandomPlanes,
  wholePlaneRatio,
  wholePlaneRegions,
} from "./regions-in-plane";
export {
  densityAt,
  distanceLaw,
  distanceRatio,
  type DistanceRow,
  distancesToBoundary,
  type DistanceFromPoint,
} from "./distance-to-boundary";
export { type FoldingCounts, foldingCounts, type FoldingRow } from "./folding-counts";
export { type Mosaic, mosaicOf } from "./mosaic";
export { type RandomSliceRow, type RandomSlices, randomSlices } from "./random-slices";
export type { MnistNets } from "./mnist-nets";
export { type MnistSlices, type SliceRow, slicesWhileTraining } from "./mnist-slices";
export {
  regionsWhileTraining,
  type TrainedQuantity,
  trainedOverInitial,
  type TrainingRegions,
  type TrainingRow,
} from "./training-regions";
export { type CountedNet, worstUpperBoundRatio } from "./upper-bound-ratio";
