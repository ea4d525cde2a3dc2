import * as tf from "@tensorflow/tfjs";
import { rowsAt, type Scalar, type Tensor, type Tensor1D, type Variable } from "../engine";
import type { Architecture } from "../nets";
import type { OptimiserState } from "./optimiser";

/** The loss of every net on a batch. */
export interface BatchLoss {
  /**
   * @param outputs [nets, batch, outputWidth]
   * @param chosen places of the batch's examples among the inputs, [batch], int32
   * @returns [nets]
   */
  (outputs: Tensor, chosen: Tensor1D): Tensor;
  /**
   * The gradient of the losses' sum by the outputs, of their shape, where it is written out: of a single net's outputs,
   * [batch, outputWidth], as well.
   */
  readonly gradient?: (outputs: Tensor, chosen: Tensor1D) => Tensor;
}

/**
 * One step down the loss on a batch: the variables are changed in place.
 *
 * Where net and loss have their derivatives written out those are used, in about half the ops; else TensorFlow.js's tape.
 * @param variables parameters with the nets on a leading axis, or those of a single net
 * @param inputs all examples, [count, inputWidth]
 * @param indices the batch's among them
 */
export function trainingStep(
  architecture: Pick<Architecture, "output">,
  variables: Variable[],
  state: OptimiserState,
  inputs: Tensor,
  loss: BatchLoss,
  indices: Int32Array,
): void {
  tf.tidy(() => {
    // What the gradients came from goes first: while reshaped weights share memory with their variables, an update has to copy.
    const gradients = tf.tidy(() => batchGradients(architecture, variables, inputs, loss, indices));
    state.apply(gradients);
  });
}

/** Gradients of the losses' sum by each variable. */
function batchGradients(
  { output: outputOf }: Pick<Architecture, "output">,
  variables: Variable[],
  inputs: Tensor,
  loss: BatchLoss,
  indices: Int32Array,
): Tensor[] {
  const chosen = tf.tensor1d(indices, "int32");
  const batch = rowsAt(inputs, chosen);
  if (outputOf.reverse !== undefined && loss.gradient !== undefined) {
    const { output, pullback } = outputOf.reverse(variables, batch);
    return pullback(loss.gradient(output, chosen));
  }
  const lossOf = (outputs: Tensor): Tensor => loss(outputs.rank === 2 ? tf.expandDims(outputs, 0) : outputs, chosen);
  const { grads } = tf.variableGrads(() => tf.sum<Scalar>(lossOf(outputOf(variables, batch))), variables);
  return variables.map((variable) => grads[variable.name]);
}
