import { gaussianResidualLengths } from "../../lib/measure";
import { foldIn, key, normalArray } from "../../lib/random";
import { demandSameLaw } from "../same-law";
import type { Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly nets: number;
  readonly width: number;
  readonly blocks: number;
}

/** η of every block: lengths grow by a factor of about e in all, whatever the number of blocks. */
const scaleOf = (blocks: number): number => 1 / Math.sqrt(blocks);

/** ln M after the last block of one net, every weight drawn and stored. */
function plainLogLength(net: number, { width, blocks }: Sizes): number {
  const x = new Float64Array(width).fill(1);
  const product = (vector: Float64Array, layer: number): Float64Array => {
    const weights = normalArray(foldIn(foldIn(key(3), net), layer), width * width);
    const h = new Float64Array(width);
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) h[j] += vector[i] * weights[i * width + j];
    }
    return h;
  };
  for (let block = 0; block < blocks; block++) {
    const hidden = product(x, 2 * block).map((value) => Math.max(0, Math.sqrt(2 / width) * value));
    const end = product(hidden, 2 * block + 1);
    for (let i = 0; i < width; i++) x[i] += (scaleOf(blocks) * end[i]) / Math.sqrt(width);
  }
  return Math.log(x.reduce((sum, value) => sum + value * value, 0) / width);
}

export const workload: Workload<Sizes> = {
  name: "residual-length-conditional",
  title: "lengths of 2000 residual ReLU nets of width 50 and 25 blocks of two layers from the exact law of W x given x",
  parameters: { nets: 2000, width: 50, blocks: 25 },
  prepare: async ({ nets, width, blocks }) => {
    const scales = new Array<number>(blocks).fill(scaleOf(blocks));
    const options = { nets, inputWidth: width, width, scales, input: new Float32Array(width).fill(1) };
    let runs = 0;
    return {
      run: () => {
        const lengths = gaussianResidualLengths(foldIn(key(2), runs++), options);
        return { logLength: Array.from(lengths[blocks], Math.log) };
      },
    };
  },
  plain: (sizes) => ({
    run: () => ({ logLength: Array.from({ length: sizes.nets }, (_, net) => plainLogLength(net, sizes)) }),
  }),
  peers: ["torch", "jax"],
  same: demandSameLaw,
  reach: { ratio: 1 / 15, of: "torch" },
  limit: ({ nets, width, blocks }, { normals }) => (2 * nets * width * blocks) / normals,
  growth: [
    {
      of: "nets",
      label: "nets",
      values: [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000],
      others: { blocks: 10 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "width",
      label: "width",
      values: [30, 100, 300, 1000, 3000, 10_000],
      others: { nets: 1000, blocks: 5 },
      expected: { time: 1, memory: 0 },
    },
    {
      of: "blocks",
      label: "residual blocks",
      values: [5, 15, 50, 150, 500],
      expected: { time: 1, memory: 1 },
    },
  ],
};
