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
export type { Activation, Architecture, OutputFunction, ReverseMode } from "./architecture";
export { fullyConnected, type FullyConnectedOptions } from "./fully-connected";
export { convolutional, type Convolution, type ConvolutionalOptions } from "./convolutional";
export { linearBottleneck, type LinearBottleneckOptions, linearBottleneckParameters } from "./linear-bottleneck";
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
export { NetFileError } from "./piecewise-linear/net-file-error";
export { largestNetFile, readNet, type ReadNetOptions } from "./piecewise-linear/read-net";
export { parseSafetensors } from "./piecewise-linear/safetensors";
export type { StoredTensor } from "./piecewise-linear/stored-tensor";
export type { LayersModelOptions } from "./piecewise-linear/tensorflow-layers";
export { netOfTorchSequential, type TorchSequentialOptions } from "./piecewise-linear/torch-sequential";
export * from "./piecewise-linear";
export * from "./multiplication";
