import { streamedActivationLengths } from "../../lib/measure";
import { heNormal } from "../../lib/nets";
import { foldIn, key, normalArray } from "../../lib/random";
import { demandSameLaw } from "../same-law";
import type { Workload } from "../workload";

export interface Nets extends Readonly<Record<string, number>> {
  readonly nets: number;
  readonly width: number;
  readonly depth: number;
}

/** ln M_d of each net that is alive at its end. */
export const logLengths = (lengths: ArrayLike<number>): number[] =>
  Array.from(lengths)
    .filter((length) => length > 0)
    .map(Math.log);

/** ln M_d of one net, every weight drawn and stored. */
function plainLogLength(net: number, { width, depth }: Nets): number {
  let x = new Float64Array(width).fill(1);
  for (let layer = 0; layer < depth; layer++) {
    const weights = normalArray(foldIn(foldIn(key(3), net), layer), width * width);
    const h = new Float64Array(width);
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) h[j] += x[i] * weights[i * width + j];
    }
    x = h.map((value) => Math.max(0, Math.sqrt(2 / width) * value));
  }
  return Math.log(x.reduce((sum, value) => sum + value * value, 0) / width);
}

export const workload: Workload<Nets> = {
  name: "activation-length",
  title: "activation lengths of 2000 ReLU nets of width 50 and depth 50, their weights drawn anew",
  parameters: { nets: 2000, width: 50, depth: 50 },
  prepare: async ({ nets, width, depth }) => {
    const input = new Float32Array(width).fill(1);
    const hiddenWidths = new Array<number>(depth).fill(width);
    const options = { nets, inputWidth: width, hiddenWidths, initialisation: heNormal, input };
    let runs = 0;
    return {
      run: () => {
        const lengths = streamedActivationLengths(foldIn(key(1), runs++), options);
        return { logLength: logLengths(lengths[depth]) };
      },
    };
  },
  plain: (nets) => ({
    run: () => ({ logLength: Array.from({ length: nets.nets }, (_, net) => plainLogLength(net, nets)) }),
  }),
  peers: ["torch", "numpy", "jax"],
  same: demandSameLaw,
  reach: { ratio: 1 },
  // Only weights that meet an open unit need be known: all of the first layer's, half of the others'.
  limit: ({ nets, width, depth }, { normals }) => (nets * width ** 2 * (1 + depth)) / 2 / normals,
  growth: [
    {
      of: "nets",
      label: "nets",
      values: [100, 300, 1000, 3000, 10_000],
      others: { depth: 20 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "width",
      label: "width",
      values: [10, 30, 100, 300, 1000],
      others: { nets: 100, depth: 10 },
      expected: { time: 2, memory: 0 },
    },
    {
      of: "depth",
      label: "depth",
      values: [3, 10, 30, 100, 300],
      others: { nets: 500 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
