export type { CountOptions } from "./count-options";
export { type LineRegions, regionsOnLine, regionsOnPolyline, regionsOnSegment } from "./regions-on-line";
