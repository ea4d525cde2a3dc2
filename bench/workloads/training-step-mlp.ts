import { fullyConnected, heNormal } from "../../lib/nets";
import { labelLoss } from "../../lib/train";
import { demandAgreement } from "../agreement";
import { labelsInTurn, timedTraining, uniformInputs } from "../training";
import type { Tensor1D } from "../../lib/engine";
import type { Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
}

const [inputWidth, classes] = [784, 10];

export const workload: Workload<Sizes> = {
  name: "training-step-mlp",
  title: "50 training steps of a ReLU net 784-1200-10, batch 128, Adam",
  parameters: { width: 1200, batchSize: 128, steps: 50 },
  prepare: ({ width, batchSize, steps }, folder) => {
    const count = steps * batchSize;
    return timedTraining(
      {
        architecture: fullyConnected({
          inputWidth,
          hiddenWidths: [width],
          outputWidth: classes,
          initialisation: heNormal,
        }),
        nets: 1,
        steps,
        batchSize,
        learningRate: 1e-4,
        inputs: uniformInputs(count, inputWidth),
        loss: labelLoss({ labels: labelsInTurn(count, classes) as Tensor1D, classes }),
      },
      folder,
    );
  },
  peers: ["torch", "jax"],
  same: (ours, theirs) => demandAgreement(ours, theirs, 1e-3),
  reach: { ratio: 1 },
  // Products forwards and for the weights' gradients, the readout's for its input's; Adam reads seven numbers a weight.
  limit: ({ width, batchSize, steps }, { matrixProduct, copy }) => {
    const products = (2 * batchSize * width * (2 * inputWidth + 3 * classes)) / matrixProduct;
    return steps * (products + (7 * 4 * width * (inputWidth + classes + 1)) / copy);
  },
  growth: [
    {
      of: "width",
      label: "hidden width",
      values: [120, 400, 1200, 4000, 12_000],
      others: { steps: 5 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "batchSize",
      label: "batch size",
      values: [16, 50, 160, 500, 1600],
      others: { steps: 5 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
