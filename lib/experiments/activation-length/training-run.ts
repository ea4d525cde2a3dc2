import * as tf from "@tensorflow/tfjs";
import { type LabelledTensors, readMnist, subset, toTensors } from "../../datasets";
import type { Tensor } from "../../engine";
import type { Architecture } from "../../nets";
import { foldIn, type Key, key } from "../../random";
import { sgd, train } from "../../train";

/** How the nets of these experiments are trained: plain JSON, as it stands in a notebook's parameter cell. */
export interface TrainingSettings {
  /** Images of MNIST's training set used, 1 … 60 000; an epoch is one pass over them. */
  readonly trainingImages: number;
  /** Images of MNIST's test set that accuracy is measured on, 1 … 10 000. */
  readonly testImages: number;
  readonly batchSize: number;
  /** Of plain gradient descent. */
  readonly learningRate: number;
  /** Epochs after which a net that has not arrived counts as unfinished. */
  readonly epochs: number;
  readonly evaluationsPerEpoch: number;
  /** Test accuracy to reach: 0.2 in the paper. */
  readonly accuracy: number;
  /** Chooses the images, their order and the initial weights. */
  readonly seed: number;
}

/** What became of one net. */
export interface TrainingOutcome {
  readonly outcome: "reached" | "unfinished" | "diverged";
  /** Epochs when it first had the accuracy, or was seen to have diverged; null where it never arrived. */
  readonly epochs: number | null;
  /** Test accuracy at the last evaluation. */
  readonly accuracy: number;
}

/** Images to train on, and others to measure accuracy on. */
export interface TrainingData {
  readonly training: LabelledTensors;
  readonly test: LabelledTensors;
}

/** MNIST on the engine, as the settings ask for it. The caller hands it to `disposeData`. */
export function mnistTensors(settings: TrainingSettings): TrainingData {
  const mnist = readMnist();
  const chosen = foldIn(key(settings.seed), "images");
  return {
    training: toTensors(subset(mnist.train, foldIn(chosen, "train"), settings.trainingImages)),
    test: toTensors(subset(mnist.test, foldIn(chosen, "test"), settings.testImages)),
  };
}

export function disposeData({ training, test }: TrainingData): void {
  tf.dispose([training.images, training.labels, test.images, test.labels]);
}

/**
 * Trains an ensemble until every net has the accuracy, has diverged, or has used up its epochs. Runs with one seed see the
 * same batches in the same order, whatever their architecture: given those, runs differ in their independent initial
 * weights alone, which is what a permutation test over runs needs.
 */
export async function trainToAccuracy(
  architecture: Architecture,
  parameters: readonly Tensor[],
  data: TrainingData,
  settings: TrainingSettings,
  report: (fraction: number) => void,
): Promise<TrainingOutcome[]> {
  const result = await train({
    architecture,
    parameters,
    ...data,
    optimiser: sgd(settings.learningRate),
    batchSize: settings.batchSize,
    epochs: settings.epochs,
    evaluationsPerEpoch: settings.evaluationsPerEpoch,
    stopAtAccuracy: settings.accuracy,
    key: foldIn(key(settings.seed), "batches"),
    report: ({ fraction }) => report(fraction),
  });
  tf.dispose(result.parameters);
  const last = result.history[result.history.length - 1];
  return result.nets.map(({ outcome, epochs }, net) => ({ outcome, epochs, accuracy: last.accuracy[net] }));
}

/** One net to be trained, several times from independent initial weights. */
export interface TrainedNet {
  readonly architecture: Architecture;
  /** Draws its initial weights. */
  readonly key: Key;
  /** Layers, or blocks: the time that it takes is in proportion. */
  readonly depth: number;
}

/** `trainToAccuracy` for one net after another on the same images: for each, what became of its `copies`. */
export async function trainOneByOne(
  nets: readonly TrainedNet[],
  copies: number,
  settings: TrainingSettings,
  report: (fraction: number) => void,
): Promise<TrainingOutcome[][]> {
  const work = nets.reduce((sum, { depth }) => sum + depth, 0);
  const outcomes: TrainingOutcome[][] = [];
  const data = mnistTensors(settings);
  let done = 0;
  try {
    for (const { architecture, key: initial, depth } of nets) {
      const parameters = architecture.parameters(initial, copies);
      try {
        const progress = (fraction: number): void => report((done + fraction * depth) / work);
        outcomes.push(await trainToAccuracy(architecture, parameters, data, settings, progress));
      } finally {
        tf.dispose(parameters);
      }
      done += depth;
    }
    return outcomes;
  } finally {
    disposeData(data);
  }
}
