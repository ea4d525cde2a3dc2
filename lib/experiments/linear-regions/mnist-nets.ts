import * as tf from "@tensorflow/tfjs";
import { type LabelledImages, readMnist, subset, toTensors } from "../../datasets";
import type { Tensor } from "../../engine";
import { fullyConnected, heNormal } from "../../nets";
import { fullyConnectedSteps, type PiecewiseLinearNet, piecewiseLinearNet } from "../../nets/piecewise-linear";
import { foldIn, key } from "../../random";
import { adam, evaluate, recording, train } from "../../train";

/** ReLU nets that learn to read digits: plain JSON. */
export interface MnistNets {
  readonly seed: number;
  /** Nets of this shape, from independent initial weights; they see the same batches. */
  readonly nets: number;
  readonly hiddenWidths: readonly number[];
  /** σ_b of the initial biases. */
  readonly sigmaB: number;
  /** Images of MNIST's training set, 1 … 60 000. */
  readonly trainingImages: number;
  /** Images of MNIST's test set, 1 … 10 000. */
  readonly testImages: number;
  readonly batchSize: number;
  /** Of Adam. */
  readonly learningRate: number;
  /** Epochs after which the nets are looked at, ascending, fractions allowed; 0 is before training. */
  readonly epochs: readonly number[];
}

/** The nets at one moment of their training. */
export interface Snapshot {
  readonly epoch: number;
  readonly nets: readonly PiecewiseLinearNet[];
  /** On the test images, one a net. */
  readonly accuracy: readonly number[];
}

/** The nets at all moments, and the test images. */
export interface TrainedNets {
  readonly snapshots: readonly Snapshot[];
  readonly test: LabelledImages;
}

/** Inputs of an MNIST net. */
export const mnistWidth = 784;

/**
 * Trains He-initialised nets with Adam and hands them over, exact copies in float64, as they were after the asked-for
 * epochs. @throws RangeError for epochs that do not ascend from at least 0
 */
export async function trainMnistNets(
  parameters: MnistNets,
  report: (fraction: number) => void = () => undefined,
): Promise<TrainedNets> {
  const { seed, nets, hiddenWidths, sigmaB, trainingImages, testImages, batchSize, learningRate, epochs } = parameters;
  const steps = stepsOf(epochs, Math.floor(trainingImages / batchSize));
  const mnist = readMnist();
  const root = key(seed);
  const test = subset(mnist.test, foldIn(root, "test"), testImages);
  const [training, testing] = [toTensors(subset(mnist.train, foldIn(root, "train"), trainingImages)), toTensors(test)];
  const architecture = fullyConnected({
    inputWidth: mnistWidth,
    hiddenWidths,
    outputWidth: training.classes,
    initialisation: heNormal,
    biasStandardDeviation: sigmaB,
  });
  const initial = architecture.parameters(foldIn(root, "nets"), nets);
  const recorded = recording(adam(learningRate), steps);
  try {
    const result = await train({
      architecture,
      parameters: initial,
      training,
      test: testing,
      optimiser: recorded.optimiser,
      batchSize,
      epochs: Math.max(1, Math.ceil(epochs[epochs.length - 1])),
      key: foldIn(root, "batches"),
      report: ({ fraction }) => report(fraction),
    });
    tf.dispose(result.parameters);
    const snapshots: Snapshot[] = [];
    for (const [index, epoch] of epochs.entries()) {
      const copies = recorded.taken.get(steps[index])!;
      // One net is trained, and so recorded, without the axis of nets.
      const taken = tf.tidy(() => copies.map((copy): Tensor => (nets === 1 ? tf.expandDims(copy, 0) : tf.clone(copy))));
      try {
        const { accuracy } = await evaluate(architecture, taken, testing);
        snapshots.push({ epoch, nets: await exactCopies(taken), accuracy });
      } finally {
        tf.dispose(taken);
      }
    }
    return { snapshots, test };
  } finally {
    recorded.dispose();
    tf.dispose([...initial, training.images, training.labels, testing.images, testing.labels]);
  }
}

/** An image as a point of input space: its pixels divided by 255, in float32 as the net was given it. */
export function imagePoint(images: LabelledImages, place: number): Float64Array {
  const pixels = images.pixels.subarray(place * mnistWidth, (place + 1) * mnistWidth);
  if (pixels.length !== mnistWidth) throw new RangeError(`${images.name} has no image ${place}`);
  return Float64Array.from(pixels, (pixel) => Math.fround(pixel / 255));
}

function stepsOf(epochs: readonly number[], batches: number): number[] {
  const ascending = epochs.every((epoch, index) => epoch >= 0 && (index === 0 || epoch > epochs[index - 1]));
  if (epochs.length === 0 || !ascending) {
    throw new RangeError(`epochs ascend from at least 0; given ${epochs.join(", ")}.`);
  }
  return epochs.map((epoch) => Math.round(epoch * batches));
}

/** The nets of an ensemble, one by one, from parameters stacked on a leading axis. */
async function exactCopies(stacked: readonly Tensor[]): Promise<PiecewiseLinearNet[]> {
  const values = await Promise.all(stacked.map(async (tensor) => (await tensor.data()) as Float32Array));
  return Array.from({ length: stacked[0].shape[0] }, (_, net) => {
    const parameters = stacked.map((tensor, index) => {
      const shape = tensor.shape.slice(1);
      const size = shape.reduce((product, side) => product * side, 1);
      return { shape, values: values[index].slice(net * size, (net + 1) * size) };
    });
    return piecewiseLinearNet(mnistWidth, fullyConnectedSteps(parameters, { biases: true }));
  });
}
