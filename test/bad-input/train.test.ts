import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { fullyConnected, heNormal } from "fathom/nets";
import { key, normal } from "fathom/random";
import * as train from "fathom/train";
import { describeBadInput, row } from "./table";

const dense = fullyConnected({ inputWidth: 3, hiddenWidths: [4], outputWidth: 2, initialisation: heNormal });
const oneOutput = fullyConnected({ inputWidth: 3, hiddenWidths: [4], outputWidth: 1, initialisation: heNormal });
const images = (): { images: tf.Tensor; labels: tf.Tensor1D; classes: number } => ({
  images: normal(key(1), [6, 3]),
  labels: tf.tensor1d([0, 1, 0, 1, 1, 0], "int32"),
  classes: 2,
});
const examples = (): train.RegressionExamples => ({
  inputs: normal(key(1), [6, 3]),
  targets: normal(key(2), [6, 1]),
});
const run = {
  architecture: dense,
  optimiser: train.sgd(0.1),
  batchSize: 3,
  epochs: 1,
  key: key(4),
  evaluationsPerEpoch: 1,
};
const chosen = (): tf.Tensor1D => tf.tensor1d([0, 2], "int32");

before(() => openEngine());

describeBadInput(
  "train",
  train,
  {
    adaDelta: row(train.adaDelta, () => [1, { decay: 0.9, offset: 1e-6 }], { positive: "0" }),
    adam: row(train.adam, () => [0.1, { beta1: 0.9, beta2: 0.99, epsilon: 1e-7 }]),
    crossEntropy: row(train.crossEntropy, () => [normal(key(1), [3, 4, 2]), tf.eye(4, 2)]),
    decayingAdam: row(train.decayingAdam, () => [[0.1, 0.2], 10], { short: "0" }),
    descend: row(
      (fitting: object) => train.descend({ ...run, ...fitting } as train.DescentOptions),
      () => [
        {
          parameters: dense.parameters(key(1), 2),
          inputs: normal(key(1), [6, 3]),
          loss: train.labelLoss(images()),
          evaluate: () => Promise.resolve({ loss: [0, 0], accuracy: [0, 0] }),
          batchSize: 3,
          epochs: 1,
          evaluationsPerEpoch: 1,
          stopAtAccuracy: 0.9,
        },
      ],
    ),
    evaluate: row(train.evaluate, () => [dense, dense.parameters(key(1), 2), images(), 4]),
    labelLoss: row(
      (set: ReturnType<typeof images>) => train.labelLoss(set)(normal(key(1), [3, 2, 2]), chosen()),
      () => [images()],
      { made: "0.images", narrow: "0.labels" },
    ),
    momentum: row(train.momentum, () => [0.1, 0.9]),
    recording: row(train.recording, () => [train.sgd(0.1), [0, 5]], { short: "1", empty: "1" }),
    regressionLoss: row(
      (targets: tf.Tensor) => train.regressionLoss(targets, "squared")(normal(key(1), [3, 2, 1]), chosen()),
      () => [normal(key(2), [6, 1])],
    ),
    sgd: row(train.sgd, () => [0.1]),
    squaredErrorLoss: row(
      (targets: tf.Tensor) => train.squaredErrorLoss(targets)(normal(key(1), [3, 2, 2]), chosen()),
      () => [normal(key(2), [6, 2])],
    ),
    train: row(
      (fitting: object) => train.train({ ...run, ...fitting } as train.TrainingOptions),
      () => [{ parameters: dense.parameters(key(1), 2), training: images(), test: images(), stopAtAccuracy: 0.9 }],
    ),
    trainRegression: row(
      (fitting: object) =>
        train.trainRegression({
          ...run,
          architecture: oneOutput,
          loss: "squared",
          ...fitting,
        } as train.RegressionOptions),
      () => [{ parameters: oneOutput.parameters(key(1), 2), training: examples(), test: examples() }],
    ),
  },
  {
    trainingStep: "a step of `descend`, which checks what it is given once",
  },
  {
    missing: {
      adaDelta: "0 1.decay 1.offset 1",
      adam: "1.beta1 1.beta2 1.epsilon 1",
      descend: "0.evaluationsPerEpoch 0.stopAtAccuracy",
      evaluate: "3",
      momentum: "1",
      train: "0.stopAtAccuracy",
    },
    // Words have none of the options.
    other: {
      adaDelta: "1",
      adam: "1",
    },
  },
);
