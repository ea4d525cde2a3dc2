export {
  type CurveJet,
  disposeCurve,
  equallySpacedAngles,
  greatCircle,
  throughActivation,
  throughLayer,
} from "./curve";
export {
  chordLength,
  curveLengths,
  euclideanLength,
  grassmannianLength,
  squaredCurvature,
  squaredNorm,
  squaredSpeed,
  squaredTurning,
} from "./curve-geometry";
export { filterNormalised, lossSurface, type LossSurfaceOptions, type ParameterPlane } from "./loss-surface";
export { curveAutocorrelation } from "./curve-autocorrelation";
export { type CurveProjection, projectCurve } from "./curve-projection";
export {
  type OutputDerivatives,
  principalCurvatures,
  readoutDerivatives,
  throughLayerBackwards,
} from "./boundary-curvature";
export { columnSpace, leastSquaresError } from "./column-space";
export { type SymmetricEigensystem, symmetricEigensystem, symmetricEigenvalues } from "./symmetric-eigenvalues";
export { activationLengths } from "./activation-length";
export { activationLengthFactors } from "./activation-length-factor";
export { gaussianActivationLengths, type GaussianNets } from "./activation-length-gaussian";
export {
  addLengths,
  emptyLengthSums,
  type LengthStatistics,
  lengthStatistics,
  type LengthSums,
} from "./activation-length-moments";
export {
  streamedActivationLengths,
  streamedJacobianVectorLengths,
  type StreamedJacobianNets,
  type StreamedNets,
} from "./activation-length-streamed";
export { gaussianResidualLengths, type GaussianResidualNets } from "./residual-length-gaussian";
export { streamedResidualLengths } from "./residual-length-streamed";
export { type GaussianLayerShape, throughGaussianLayer } from "./curve-point-gaussian";
export {
  type CurvePointMeasures,
  type GaussianCurvePoints,
  gaussianTanhCurvePoints,
} from "./tanh-curve-point-gaussian";
export { jacobianVectorLengths } from "./jacobian-vector";
export {
  gaussianJacobianVectorLengths,
  type GaussianJacobianNets,
  type JacobianVectorLengths,
} from "./jacobian-vector-gaussian";
export { type PhasePlane, phasePlaneLengths, type PhasePlaneLengths } from "./phase-plane";
export * from "./linear-regions";
