import * as tf from "@tensorflow/tfjs";
import type { LabelledTensors } from "../datasets";
import { oneHot, type Tensor } from "../engine";
import type { Architecture } from "../nets";

/** Loss and accuracy of every net of an ensemble on one set of images. */
export interface Evaluation {
  /** Mean cross-entropy in nats, one a net; NaN or Infinity where a net has diverged. */
  readonly loss: readonly number[];
  /** Fraction of images whose largest logit is their class, one a net; 0 where the logits are not finite. */
  readonly accuracy: readonly number[];
}

/**
 * Mean cross-entropy −ln softmax(logits)[class] of each net.
 * @param logits [nets, batch, classes]
 * @param targets one-hot classes, [batch, classes], the same for every net
 * @returns [nets], in nats
 * @throws RangeError for other shapes
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  const [batch, classes] = targets.shape;
  if (targets.rank !== 2 || logits.rank !== 3 || logits.shape[1] !== batch || logits.shape[2] !== classes) {
    throw new RangeError(
      `crossEntropy: expected logits [nets, batch, classes] and targets [batch, classes]; given [${logits.shape.join(", ")}] and [${targets.shape.join(", ")}]`,
    );
  }
  return tf.tidy(() => tf.div(tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), targets), [1, 2])), batch));
}

/**
 * Evaluates an ensemble.
 * @param parameters with the nets on a leading axis
 * @param chunk images pushed through at once: bounds the memory, does not change the result
 * @throws RangeError for no parameters, a set whose parts do not fit or whose labels are no classes, or a chunk that is no whole number of at least 1
 */
export async function evaluate(
  architecture: Architecture,
  parameters: readonly Tensor[],
  set: LabelledTensors,
  chunk: number = 2048,
): Promise<Evaluation> {
  if (parameters.length === 0) throw new RangeError("evaluate: expected the parameters of a net; given none");
  if (!Number.isSafeInteger(chunk) || chunk < 1) {
    throw new RangeError(`evaluate: a chunk is a whole number of images, at least 1; given ${chunk}`);
  }
  await checkSet(set, "the set");
  const nets = parameters[0].shape[0];
  const count = set.labels.shape[0];
  const totals = tf.tidy(() => {
    const sums: Tensor[] = [];
    for (let start = 0; start < count; start += chunk) {
      const size = Math.min(chunk, count - start);
      sums.push(
        tf.tidy(() => {
          const logits = architecture.output(parameters, tf.slice(set.images, [start, 0], [size, -1]));
          const labels = tf.slice(set.labels, [start], [size]);
          const loss = tf.mul(crossEntropy(logits, oneHot(labels, set.classes)), size);
          // A net whose logits are not finite classifies nothing, whatever argMax makes of them.
          const finite = tf.cast(tf.isFinite(tf.sum(logits, -1)), "float32");
          const right = tf.cast(tf.equal(tf.argMax(logits, -1), tf.expandDims(labels, 0)), "float32");
          return tf.stack([loss, tf.sum(tf.mul(right, finite), -1)]);
        }),
      );
    }
    return tf.addN(sums);
  });
  // Divided in double precision: 1400 right of 2000 must be 0.7, not its neighbour below.
  const means = Array.from((await totals.data()) as Float32Array, (total) => total / count);
  totals.dispose();
  return { loss: means.slice(0, nets), accuracy: means.slice(nets) };
}

/**
 * Throws RangeError unless a set has images [count, values], as many labels, a whole number of classes, at least 2, and each label
 * is the number of a class.
 */
export async function checkSet({ images, labels, classes }: LabelledTensors, name: string): Promise<void> {
  if (images.rank !== 2 || labels.rank !== 1 || labels.shape[0] !== images.shape[0]) {
    throw new RangeError(
      `${name} has images [count, values] and a label each; given [${images.shape.join(", ")}] and [${labels.shape.join(", ")}]`,
    );
  }
  checkClasses(classes);
  const numbers = await labels.data();
  const odd = numbers.findIndex((label: number) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (odd >= 0) {
    throw new RangeError(
      `${name}: labels are whole numbers from 0 to ${classes - 1}; number ${odd} is ${numbers[odd]}`,
    );
  }
}

/** Throws RangeError unless `classes` is a whole number of at least 2. */
export function checkClasses(classes: number): void {
  if (!Number.isSafeInteger(classes) || classes < 2) {
    throw new RangeError(`the number of classes is a whole number of at least 2; given ${classes}`);
  }
}
