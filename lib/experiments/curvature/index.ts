export {
  circleStatistics,
  type CircleParameters,
  type CircleRow,
  measureCircle,
  netsPerChunk,
} from "./circle-statistics";
export {
  type CircleQuantity,
  type CircleRegime,
  type RatioOptions,
  type TheoryComparison,
  correlationsByLayer,
  grassmannianSaturationFit,
  jointTest,
  logSlope,
  logSlopes,
  meanOfIndependent,
  normalEquivalent,
  ratiosByLayer,
  ratioToTheory,
} from "./circle-analysis";
export { signalPropagation, type SignalParameters, type SignalRow } from "./signal-propagation";
export { phaseDiagram, type PhaseParameters, type PhaseRow } from "./phase-diagram";
export { circlePicture, type PictureParameters, type PictureRow } from "./circle-picture";
export { shallowLength, type ShallowParameters, type ShallowRow } from "./shallow-length";
export { boundaryCurvature, type BoundaryParameters, type BoundaryRow } from "./boundary";
export { frequencyRegression, type RegressionParameters, type RegressionRow } from "./regression";
export { measureRegime, type Regime, type RegimePoint, type RegimeSizes } from "./regime";
export {
  type FixedPointConstants,
  gaussHermiteRule,
  plainConstants,
  plainCriticalSigmaW,
  type QuadratureRule,
  slopeAtOne,
  trapezoidRule,
} from "./plain-quadrature";
export {
  boundaryGrowthByNet,
  boundaryGrowthRates,
  expectedGrowthExponent,
  growthExponents,
  logLengthOverShallowBound,
  type MeanOverNets,
  meanOverNets,
  signTestAbove,
  upperBandErrors,
  worstBoundRatio,
} from "./expressivity-analysis";
export { layersToConverge } from "./convergence";
