import * as tf from "@tensorflow/tfjs";
import type { LabelledTensors } from "../datasets";
import { meanCrossEntropyGradient, oneHot, rowsAt, type Tensor, type Tensor1D } from "../engine";
import { checkClasses, checkSet, crossEntropy, evaluate } from "./classification";
import { descend, type DescentOptions, type TrainingResult } from "./descent";
import type { BatchLoss } from "./training-step";

/** How an ensemble of classifiers of one architecture is trained. */
export interface TrainingOptions extends Omit<DescentOptions, "inputs" | "loss" | "evaluate"> {
  readonly training: LabelledTensors;
  /** What accuracy is measured on. */
  readonly test: LabelledTensors;
  /** What is descended; the cross-entropy with the labels of `training` unless given. */
  readonly loss?: BatchLoss;
}

/**
 * Trains an ensemble of classifiers, on the cross-entropy of softmax outputs unless another loss is given, and measures
 * their accuracy on the way; see `descend`.
 * @throws RangeError for bad options; the signal's reason when aborted
 */
export async function train(options: TrainingOptions): Promise<TrainingResult> {
  const { architecture, training, test } = options;
  for (const [name, set] of Object.entries({ training, test })) {
    await checkSet(set, name);
    if (set.images.shape[1] !== architecture.inputWidth) {
      throw new RangeError(
        `${architecture.name} takes ${architecture.inputWidth} inputs; ${name} has ${set.images.shape[1]}`,
      );
    }
  }
  if (architecture.outputWidth !== training.classes) {
    throw new RangeError(
      `${architecture.name} has ${architecture.outputWidth} outputs for ${training.classes} classes`,
    );
  }
  if (test.classes !== training.classes) {
    throw new RangeError(`training has ${training.classes} classes and test ${test.classes}; they are the same`);
  }
  return descend({
    ...options,
    inputs: training.images,
    loss: options.loss ?? labelLoss(training),
    evaluate: (parameters) => evaluate(architecture, parameters, test),
  });
}

/** The mean cross-entropy with the labels of the batch, see `crossEntropy`. */
export function labelLoss({ labels, classes }: Pick<LabelledTensors, "labels" | "classes">): BatchLoss {
  checkClasses(classes);
  const loss = (outputs: Tensor, chosen: Tensor1D): Tensor =>
    crossEntropy(outputs, oneHot(tf.gather(labels, chosen), classes));
  return Object.assign(loss, {
    gradient: (outputs: Tensor, chosen: Tensor1D): Tensor => meanCrossEntropyGradient(outputs, rowsAt(labels, chosen)),
  });
}

/**
 * Half the squared distance to each example's target, averaged over the batch: the regression loss of Ba & Caruana (2014,
 * eq. 1).
 * @param targets [count, outputWidth], the same for every net, or [nets, count, outputWidth]; the caller's, and alive while
 *   the loss is used
 */
export function squaredErrorLoss(targets: Tensor): BatchLoss {
  if (targets.rank !== 2 && targets.rank !== 3) {
    throw new RangeError(
      `targets are [count, outputWidth] or [nets, count, outputWidth]; given [${targets.shape.join(", ")}]`,
    );
  }
  const outputWidth = targets.shape[targets.rank - 1];
  const wanted = (outputs: Tensor, chosen: Tensor1D): Tensor => {
    const given = outputs.shape[outputs.rank - 1];
    if (given !== outputWidth) throw new RangeError(`targets are for ${outputWidth} outputs; the net has ${given}`);
    const ofBatch = tf.gather(targets, chosen, targets.rank - 2);
    return outputs.rank < ofBatch.rank ? tf.squeeze(ofBatch, [0]) : ofBatch;
  };
  return Object.assign(
    (outputs: Tensor, chosen: Tensor1D): Tensor =>
      tf.tidy(() =>
        tf.div(tf.sum(tf.squaredDifference(outputs, wanted(outputs, chosen)), [1, 2]), 2 * chosen.shape[0]),
      ),
    {
      gradient: (outputs: Tensor, chosen: Tensor1D): Tensor =>
        tf.div(tf.sub(outputs, wanted(outputs, chosen)), chosen.shape[0]),
    },
  );
}
