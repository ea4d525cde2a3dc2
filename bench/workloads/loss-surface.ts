import { join } from "node:path";
import type { Tensor, Tensor1D } from "../../lib/engine";
import { filterNormalised, lossSurface } from "../../lib/measure";
import { fullyConnected, heNormal } from "../../lib/nets";
import { foldIn, key, normal } from "../../lib/random";
import { demandAgreement } from "../agreement";
import { writeNpy } from "../npy";
import { labelsInTurn, uniformInputs } from "../training";
import type { Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  /** Points along each axis. */
  readonly side: number;
  readonly width: number;
  readonly samples: number;
}

const [inputWidth, classes] = [784, 10];

export const workload: Workload<Sizes> = {
  name: "loss-surface",
  title: "the loss at 25 × 25 points of a plane of parameters, ReLU net 784-256-256-10, 2000 examples",
  parameters: { side: 25, width: 256, samples: 2000 },
  prepare: async ({ side, width, samples }, folder) => {
    const net = fullyConnected({
      inputWidth,
      hiddenWidths: [width, width],
      outputWidth: classes,
      initialisation: heNormal,
    });
    const center = net.parameters(key(1));
    const direction = (name: string): Tensor[] => {
      const drawn = center.map(({ shape }, index) => normal(foldIn(foldIn(key(2), name), index), shape));
      const normalised = filterNormalised(drawn, center);
      drawn.forEach((part) => part.dispose());
      return normalised;
    };
    const plane = { center, first: direction("first"), second: direction("second") };
    const inputs = uniformInputs(samples, inputWidth);
    const labels = labelsInTurn(samples, classes) as Tensor1D;
    const coordinates = Array.from({ length: side }, (_, index) => (side === 1 ? 0 : (2 * index) / (side - 1) - 1));
    for (const [name, parts] of Object.entries({ ...plane, inputs: [inputs] })) {
      for (const [index, part] of parts.entries()) {
        writeNpy(join(folder, `${name}${index}.npy`), (await part.data()) as Float32Array, part.shape);
      }
    }
    return {
      run: async () => ({
        loss: Array.from(await lossSurface({ plane, alphas: coordinates, betas: coordinates, inputs, labels })),
      }),
    };
  },
  peers: ["torch", "jax"],
  same: (ours, theirs) => demandAgreement(ours, theirs, 1e-5),
  reach: { ratio: 1, of: "torch" },
  limit: ({ side, width, samples }, { matrixProduct }) =>
    (2 * samples * (3 * inputWidth * width + side ** 2 * (width ** 2 + width * classes))) / matrixProduct,
  growth: [
    {
      of: "side",
      label: "points along each axis",
      values: [3, 8, 25, 80, 250],
      others: { width: 64, samples: 500 },
      expected: { time: 2, memory: 0 },
    },
    {
      of: "samples",
      label: "examples",
      values: [100, 300, 1000, 3000, 10_000],
      others: { side: 8 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
