export type { CountOptions } from "./count-options";
export { type LineRegions, regionsOnLine, regionsOnPolyline, regionsOnSegment } from "./regions-on-line";
export {
  inputPlane,
  type Metric,
  type Plane,
  type PlanePoint,
  planeThroughPoints,
  type PlaneThroughPoints,
} from "./plane";
export { regionsInPolygon, regionsInWholePlane, regionsInWindow } from "./regions-in-plane";
export type { SliceRegions } from "./slice-regions";
export { type AffineMap, affineMapOf } from "./affine-map";
export type { DecisionBoundary } from "./decision-boundary";
export { linearRegionCount } from "./linear-region-count";
export { distanceToBoundary, type DistanceToBoundary } from "./distance-to-boundary";
