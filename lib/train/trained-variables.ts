import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "../engine";

/** The parameters of an ensemble while it is trained. */
export interface TrainedVariables {
  /** What steps change: an ensemble of one is trained as a single net, without the axis of nets, in fewer ops. */
  readonly variables: Variable[];
  /** Their present numbers with the nets on a leading axis: the caller's, and to be disposed before the next step. */
  readonly stacked: () => Tensor[];
}

/** Variables that start at these parameters, which have the nets on a leading axis and stay the caller's. */
export function trainedVariables(parameters: readonly Tensor[]): TrainedVariables {
  const single = parameters.every(({ shape }) => shape[0] === 1);
  const start = (parameter: Tensor): Tensor => (single ? tf.squeeze(parameter, [0]) : tf.clone(parameter));
  const variables = tf.tidy(() => parameters.map((parameter) => tf.variable(start(parameter))));
  return {
    variables,
    stacked: () =>
      tf.tidy(() => variables.map((variable): Tensor => (single ? tf.expandDims(variable, 0) : tf.clone(variable)))),
  };
}
