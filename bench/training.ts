import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import type { Tensor } from "../lib/engine";
import type { Architecture } from "../lib/nets";
import { foldIn, key, uniform } from "../lib/random";
import { adam, type BatchLoss, trainingStep } from "../lib/train";
import { trainedVariables } from "../lib/train/trained-variables";
import { writeNpy } from "./npy";
import type { Runner } from "./workload";

/** A training run of a fixed number of steps, one batch after the other, from the same initial weights each time. */
export interface TimedTraining {
  readonly architecture: Architecture;
  readonly nets: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** [steps · batchSize, inputWidth] */
  readonly inputs: Tensor;
  readonly loss: BatchLoss;
}

/** Inputs of U[0, 1] for every step of a run. */
export function uniformInputs(count: number, width: number): Tensor {
  return uniform(foldIn(key(1), "inputs"), [count, width]);
}

/** Classes of all examples, in turn, as a peer finds them too: example i is of class i mod classes. */
export function labelsInTurn(count: number, classes: number): Tensor {
  return tf.tensor1d(
    Int32Array.from({ length: count }, (_, index) => index % classes),
    "int32",
  );
}

/**
 * Writes inputs and initial parameters (`inputs.npy`, `parameter0.npy`, …) for the peers. A run trains anew and finds the loss
 * of each net on the first batch, before and after.
 */
export async function timedTraining(training: TimedTraining, folder: string): Promise<Runner> {
  const { architecture, nets, inputs } = training;
  const initial = architecture.parameters(foldIn(key(1), "parameters"), nets);
  for (const [index, parameter] of initial.entries()) {
    writeNpy(join(folder, `parameter${index}.npy`), (await parameter.data()) as Float32Array, parameter.shape);
  }
  writeNpy(join(folder, "inputs.npy"), (await inputs.data()) as Float32Array, inputs.shape);
  const batches = batchesOf(training);
  return { run: () => trained(training, initial, batches) };
}

/** The same nets trained one after the other, each by itself. */
export function timedTrainingOneByOne(training: TimedTraining): Runner {
  const { architecture, nets } = training;
  const together = architecture.parameters(foldIn(key(1), "parameters"), nets);
  const initials = Array.from({ length: nets }, (_, net) =>
    together.map((parameter) => tf.tidy(() => tf.slice(parameter, net, 1))),
  );
  tf.dispose(together);
  const batches = batchesOf(training);
  return {
    run: async () => {
      const [before, after]: number[][] = [[], []];
      for (const initial of initials) {
        const losses = await trained(training, initial, batches);
        before.push(...losses.before);
        after.push(...losses.after);
      }
      return { before, after };
    },
  };
}

function batchesOf({ steps, batchSize }: TimedTraining): Int32Array[] {
  return Array.from({ length: steps }, (_, step) =>
    Int32Array.from({ length: batchSize }, (_unused, index) => step * batchSize + index),
  );
}

/** The loss of each net on the first batch, before and after training from `initial` on. */
async function trained(
  { architecture, learningRate, inputs, loss }: TimedTraining,
  initial: readonly Tensor[],
  batches: readonly Int32Array[],
): Promise<{ before: number[]; after: number[] }> {
  const { variables, stacked } = trainedVariables(initial);
  const state = adam(learningRate).attach(variables);
  const lossNow = async (): Promise<number[]> => {
    const found = tf.tidy(() => {
      const chosen = tf.tensor1d(batches[0], "int32");
      return loss(architecture.output(stacked(), tf.gather(inputs, chosen)), chosen);
    });
    const values = Array.from(await found.data());
    found.dispose();
    return values;
  };
  const before = await lossNow();
  for (const batch of batches) trainingStep(architecture, variables, state, inputs, loss, batch);
  const after = await lossNow();
  state.dispose();
  tf.dispose(variables);
  return { before, after };
}
