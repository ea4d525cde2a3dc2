import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../engine";
import type { Architecture } from "../../nets/architecture";
import { fullyConnected } from "../../nets/fully-connected";
import { glorotUniform } from "../../nets/initialisation-schemes";
import { foldIn, type Key, key as keyOf, uniform } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { demandCount, demandPositive } from "../../theory/demand";
import { demand, listOf, record, whole, widths } from "../../theory/demand-parts";
import { adaDelta, adam, type Optimiser } from "../../train/optimiser";
import { type RegressionExamples, trainRegression } from "../../train/train-regression";

/** Nets of one depth and several sizes, trained to multiply. */
export interface TrainedProducts {
  /** n, the numbers to multiply. */
  readonly inputs: number;
  /** Each is drawn from U[0, high]; 2 in the paper. */
  readonly high: number;
  /** What is learned: the product, or (a control that depth should not help with) the sum. */
  readonly target: "product" | "sum";
  /** k, hidden layers of equal width. */
  readonly layers: number;
  /** Hidden neurons of each size of net in all; multiples of `layers`. */
  readonly neurons: readonly number[];
  /** Independent nets of each size. */
  readonly nets: number;
  readonly optimiser: { readonly name: "adaDelta" | "adam"; readonly learningRate: number };
  readonly batchSize: number;
  /** Whole batches are taken of them, so that an epoch has ⌊trainingExamples/batchSize⌋ steps. */
  readonly trainingExamples: number;
  readonly epochs: number;
  readonly testExamples: number;
  /** Of the examples, which all nets see in the same order, and of the initial weights. */
  readonly seed: number;
}

/** One net. */
export interface TrainedProduct {
  readonly seed: number;
  readonly layers: number;
  readonly neurons: number;
  readonly net: number;
  /** Mean |error| after the last step over that of always answering 0, on the same examples; null where not finite. */
  readonly error: number | null;
}

/** Pads every parameter with zeros to the shape that the widest net's has, nets on the leading axis. */
export function padded(parameters: readonly Tensor[], shapes: readonly (readonly number[])[]): Tensor[] {
  demand("parameters", parameters, listOf(record<Pick<Tensor, "shape">>({ shape: listOf(whole(1)) })));
  demand("shapes", shapes, listOf(widths));
  parameters.forEach(({ shape }, i) => {
    const wide = shapes[i] as readonly number[] | undefined;
    if (wide?.length !== shape.length || shape.some((size, axis) => axis > 0 && size > wide[axis])) {
      throw new RangeError(`parameter ${i} of shape [${shape.join(", ")}] cannot be padded to [${String(wide)}]`);
    }
  });
  if (shapes.length !== parameters.length) {
    throw new RangeError(`${parameters.length} parameters have as many shapes; given ${shapes.length}`);
  }
  return parameters.map((parameter, i) =>
    tf.pad(
      parameter,
      parameter.shape.map((size, axis): [number, number] => [0, axis === 0 ? 0 : shapes[i][axis] - size]),
    ),
  );
}

function optimiserNamed({ name, learningRate }: TrainedProducts["optimiser"]): Optimiser {
  return name === "adam" ? adam(learningRate) : adaDelta(learningRate);
}

function examplesOf({ inputs: count, high, target }: TrainedProducts, key: Key, examples: number): RegressionExamples {
  return tf.tidy(() => {
    const inputs = uniform(key, [examples, count], 0, high);
    return { inputs, targets: target === "product" ? tf.prod(inputs, 1, true) : tf.sum(inputs, 1, true) };
  });
}

function netOf({ inputs, layers }: TrainedProducts, neurons: number): Architecture {
  if (!Number.isInteger(neurons) || neurons < layers || neurons % layers !== 0) {
    throw new RangeError(`${neurons} neurons do not fill ${layers} layers of equal width`);
  }
  return fullyConnected({
    inputWidth: inputs,
    hiddenWidths: new Array<number>(layers).fill(neurons / layers),
    outputWidth: 1,
    activation: "tanh",
    initialisation: glorotUniform,
    outputInitialisation: glorotUniform,
  });
}

/**
 * How well trained nets multiply, by depth and number of neurons (the experiment of Rolnick & Tegmark 2018): tanh, absolute
 * loss. All sizes and all nets of a depth train as one stack, narrow nets padded with zeros, which gradients leave alone.
 * Every depth sees the same examples.
 * @throws RangeError for sizes that make no net or no batch, or a range that is empty
 */
export const trainedProducts: Experiment<TrainedProducts, TrainedProduct> = defineExperiment({
  name: "multiplication-trained",
  source: __filename,
  async run(parameters: TrainedProducts, report) {
    const { inputs, high, layers, neurons, nets, batchSize, epochs, trainingExamples, testExamples, seed } = parameters;
    if (neurons.length === 0) throw new RangeError("give at least one number of neurons");
    for (const [name, count] of Object.entries({ inputs, layers, nets, trainingExamples, testExamples })) {
      demandCount(name, count);
    }
    demandPositive("high", high);
    const root = keyOf(seed);
    const widest = netOf(parameters, Math.max(...neurons));
    const initial = tf.tidy(() => {
      const shapes = widest.parameters(root, 1).map((parameter) => parameter.shape);
      const drawn = neurons.map((count) => {
        const key = foldIn(foldIn(foldIn(root, "nets"), layers), count);
        return padded(netOf(parameters, count).parameters(key, nets), shapes);
      });
      return shapes.map((_, i) => tf.concat(drawn.map((list) => list[i])));
    });
    const training = examplesOf(parameters, foldIn(root, "training"), trainingExamples);
    const test = examplesOf(parameters, foldIn(root, "test"), testExamples);
    try {
      const result = await trainRegression({
        architecture: widest,
        parameters: initial,
        optimiser: optimiserNamed(parameters.optimiser),
        loss: "absolute",
        training,
        test,
        batchSize,
        epochs,
        evaluationsPerEpoch: 6,
        key: foldIn(root, "batches"),
        report,
      });
      tf.dispose(result.parameters);
      const { loss } = result.history[result.history.length - 1];
      return loss.map((value, index) => ({
        seed,
        layers,
        neurons: neurons[Math.floor(index / nets)],
        net: index % nets,
        error: value === null ? null : value / result.lossOfZero,
      }));
    } finally {
      tf.dispose([...initial, training.inputs, training.targets, test.inputs, test.targets]);
    }
  },
});
