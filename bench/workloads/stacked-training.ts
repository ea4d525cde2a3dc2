import * as tf from "@tensorflow/tfjs";
import { fullyConnected, glorotUniform } from "../../lib/nets";
import { regressionLoss } from "../../lib/train";
import { demandAgreement } from "../agreement";
import { timedTraining, type TimedTraining, uniformInputs } from "../training";
import type { PhysicalLimits, Workload } from "../workload";

export interface Sizes extends Readonly<Record<string, number>> {
  readonly nets: number;
  readonly batchSize: number;
  readonly steps: number;
}

const inputWidth = 10;
const hiddenWidths = [32, 32];

/** Nets that learn the product of 2 x_i. */
export function stackedTraining({ nets, batchSize, steps }: Sizes): TimedTraining {
  const inputs = uniformInputs(steps * batchSize, inputWidth);
  const targets = tf.tidy(() => tf.prod(tf.mul(inputs, 2), 1, true));
  return {
    architecture: fullyConnected({
      inputWidth,
      hiddenWidths,
      outputWidth: 1,
      activation: "tanh",
      initialisation: glorotUniform,
      outputInitialisation: glorotUniform,
    }),
    nets,
    steps,
    batchSize,
    learningRate: 0.005,
    inputs,
    loss: regressionLoss(targets, "absolute"),
  };
}

/** What the steps' matrix products take at least. */
export function secondsAtLeast({ nets, batchSize, steps }: Sizes, { matrixProduct }: PhysicalLimits): number {
  const [first, second] = hiddenWidths;
  const weights = 2 * inputWidth * first + 3 * first * second + 3 * second;
  return (steps * nets * batchSize * 2 * weights) / matrixProduct;
}

export const workload: Workload<Sizes> = {
  name: "stacked-training",
  title: "100 training steps of 64 tanh nets 10-32-32-1 at once, learning a product, batch 128, Adam",
  parameters: { nets: 64, batchSize: 128, steps: 100 },
  prepare: (sizes, folder) => timedTraining(stackedTraining(sizes), folder),
  peers: ["torch", "jax"],
  // The signs of the absolute loss turn rounding into other gradients now and then.
  same: (ours, theirs) => demandAgreement(ours, theirs, 0.02),
  reach: { ratio: 1, of: "torch" },
  limit: secondsAtLeast,
  growth: [
    {
      of: "nets",
      label: "nets",
      values: [1, 4, 16, 64, 256, 1024, 4096],
      others: { steps: 20 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "batchSize",
      label: "batch size",
      values: [16, 50, 160, 500, 1600],
      others: { steps: 20 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
