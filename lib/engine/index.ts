export { adamUpdate } from "./adam-update";
export type { AdamConstants, AdamUpdate } from "./adam-update";
export { engineReport, openEngine } from "./open-engine";
export type { EngineName, EngineReport } from "./open-engine";
export { asyncScope } from "./async-scope";
export {
  addBiases,
  biasGradient,
  crossEntropies,
  matrixProduct,
  meanCrossEntropyGradient,
  relu,
  reluGradient,
  rowNorms,
  rowsAt,
  tanhBend,
  tanhGradient,
} from "./layer-ops";
export { convolve, filterGradient, mapsGradient } from "./convolution-ops";
export { type Largest, maxPooling } from "./max-pooling";
export { oneHot } from "./one-hot";
export { executeNative, executeNativeOutputs, isNative } from "./native-op";
export type { NativeAttribute, NativeAttributes, NativeType } from "./native-op";
export type { DataType, Rank, Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, Variable } from "./tensor";
export { missingKernels, requireKernels } from "./required-kernels";
