export { crossEntropy, evaluate, type Evaluation } from "./classification";
export { decayingAdam } from "./decaying-adam";
export {
  descend,
  type DescentOptions,
  type NetOutcome,
  type TrainingHistory,
  type TrainingResult,
  type TrainingState,
} from "./descent";
export { adaDelta, adam, momentum, type Optimiser, type OptimiserState, sgd } from "./optimiser";
export { labelLoss, squaredErrorLoss, train, type TrainingOptions } from "./train";
export { type BatchLoss, trainingStep } from "./training-step";
export { recording, type Recording } from "./recording";
export {
  type RegressionExamples,
  type RegressionLoss,
  type RegressionOptions,
  regressionLoss,
  type RegressionResult,
  trainRegression,
} from "./train-regression";
