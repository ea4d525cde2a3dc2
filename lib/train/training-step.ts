import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor, Tensor1D, Variable } from "../engine";
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
  /** The gradient of the losses' sum by the outputs, of their shape, where it is written out. */
  readonly gradient?: (outputs: Tensor, chosen: Tensor1D) => Tensor;
}

/**
 * One step down the loss on a batch: the variables are changed in place.
 *
 * Where net and loss have their derivatives written out those are used, in about half the ops; else TensorFlow.js's tape.
 * @param variables parameters with the nets on a leading axis
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
  const { reverse } = architecture.output;
  tf.tidy(() => {
    const chosen = tf.tensor1d(indices, "int32");
    const batch = tf.gather(inputs, chosen);
    if (reverse !== undefined && loss.gradient !== undefined) {
      const { output, pullback } = reverse(variables, batch);
      state.apply(pullback(loss.gradient(output, chosen)));
    } else {
      const { grads } = tf.variableGrads(
        () => tf.sum<Scalar>(loss(architecture.output(variables, batch), chosen)),
        variables,
      );
      state.apply(variables.map((variable) => grads[variable.name]));
    }
  });
}
