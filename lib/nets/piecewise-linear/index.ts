export {
  activationPattern,
  hiddenNeurons,
  outputOf,
  type PiecewiseLinearNet,
  piecewiseLinearNet,
  type PiecewiseLinearStep,
  preactivationsOf,
  rectifierWidths,
} from "./piecewise-linear-net";
export { denseSteps, type DenseWeights } from "./dense-steps";
export { randomReluNet, type RandomReluNetOptions } from "./random-relu-net";
export {
  fullyConnectedSteps,
  type FullyConnectedStepsOptions,
  type ParameterValues,
  residualSteps,
  type ResidualStepsOptions,
} from "./trained-parameters";
export { foldingNet, type FoldingNetShape } from "./folding";
