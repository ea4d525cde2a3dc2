import type { Tensor1D } from "../../lib/engine";
import { convolutional } from "../../lib/nets";
import { labelLoss } from "../../lib/train";
import { demandAgreement } from "../agreement";
import { labelsInTurn, timedTraining, uniformInputs } from "../training";
import type { Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly batchSize: number;
  readonly steps: number;
}

const [side, classes] = [28, 10];
const channels = [6, 16] as const;
const hiddenWidths = [120, 84];

export const workload: Workload<Sizes> = {
  name: "training-step-lenet",
  title: "20 training steps of LeNet (5 × 5 filters, 6 and 16 maps, 120-84-10), batch 128, Adam",
  parameters: { batchSize: 128, steps: 20 },
  prepare: ({ batchSize, steps }, folder) => {
    const count = steps * batchSize;
    return timedTraining(
      {
        architecture: convolutional({
          inputShape: [side, side, 1],
          convolutions: channels.map((maps) => ({ channels: maps, size: 5 })),
          hiddenWidths,
          outputWidth: classes,
        }),
        nets: 1,
        steps,
        batchSize,
        learningRate: 1e-4,
        inputs: uniformInputs(count, side * side),
        loss: labelLoss({ labels: labelsInTurn(count, classes) as Tensor1D, classes }),
      },
      folder,
    );
  },
  peers: ["torch", "jax"],
  same: (ours, theirs) => demandAgreement(ours, theirs, 1e-3),
  reach: { ratio: 0.9, of: "torch" },
  limit: ({ batchSize, steps }, { matrixProduct }) => {
    const [first, second] = channels;
    const [half, quarter] = [side / 2, side / 4];
    const filters = side ** 2 * 2 * 25 * first + half ** 2 * 3 * 25 * first * second;
    const widths = [quarter ** 2 * second, ...hiddenWidths, classes];
    const dense = widths.slice(1).reduce((sum, width, layer) => sum + 3 * width * widths[layer], 0);
    return (steps * 2 * batchSize * (filters + dense)) / matrixProduct;
  },
  growth: [
    {
      of: "batchSize",
      label: "batch size",
      values: [16, 50, 160, 500, 1600],
      others: { steps: 5 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
