export {
  type Fan,
  gaussianWeights,
  type Initialisation,
  rademacherWeights,
  type SchemeOptions,
  truncatedNormalExcessKurtosis,
  truncatedNormalWeights,
  uniformWeights,
  type WeightShape,
} from "./initialisation";
export { glorotNormal, glorotUniform, heNormal, heUniform, leCunNormal, leCunUniform } from "./initialisation-schemes";
export { orthogonalWeights } from "./initialisation-orthogonal";
export {
  type FixedScheme,
  type GainScheme,
  initialisationNamed,
  type InitialisationRecord,
} from "./initialisation-named";
export { type TensorFlowJsScheme, tensorFlowJsWeights } from "./initialisation-tensorflow-js";
export type { Activation, Architecture } from "./architecture";
export { fullyConnected, type FullyConnectedOptions } from "./fully-connected";
export { type BlockEnd, residual, type ResidualOptions } from "./residual";
export {
  type ActivationJet,
  erfActivation,
  reluActivation,
  scalarActivation,
  sineActivation,
  type SmoothActivation,
  smoothActivation,
  tanhActivation,
} from "./mean-field-activation";
export { type DenseLayer, meanFieldLayer, type MeanFieldLayerShape, preactivations } from "./mean-field-ensemble";
export * from "./piecewise-linear";
