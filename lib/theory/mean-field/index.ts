export type { Activation } from "./activation";
export { erf, leakyRelu, linear, relu, sigmoid, tanh } from "./activation";
export { gaussianExpectation } from "./gaussian-expectation";
export type { MeanField } from "./mean-field";
export { fixedPoint, lengthMap, lengthMapSlope, lengthMapTrajectory } from "./length-map";
export { chi1, chi2 } from "./susceptibility";
export {
  correlationFixedPoint,
  correlationMap,
  correlationMapSlope,
  correlationMapTrajectory,
} from "./correlation-map";
export type { CircleRecursion } from "./circle";
export {
  circleRecursion,
  curvatureLimit,
  curvatureRecursion,
  grassmannianLength,
  grassmannianSaturation,
  metricRecursion,
  expectedShallowLength,
  shallowLengthBound,
} from "./circle";
export { correlationDepthScale, lengthDepthScale } from "./depth-scales";
export { orderChaosSigmaW } from "./order-chaos";
