import { gaussianActivationLengths } from "../../lib/measure";
import { heNormal } from "../../lib/nets";
import { foldIn, key } from "../../lib/random";
import { demandSameLaw } from "../same-law";
import type { Growth, Workload } from "../workload";
import { logLengths, type Nets, workload as explicit } from "./activation-length";

/** Time in proportion to the normals drawn; memory to the lengths kept. */
export const growth: readonly Growth<Nets>[] = [
  {
    of: "nets",
    label: "nets",
    values: [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000],
    others: { depth: 20 },
    expected: { time: 1, memory: 1 },
  },
  {
    of: "width",
    label: "width",
    values: [30, 100, 300, 1000, 3000, 10_000],
    others: { nets: 1000, depth: 10 },
    expected: { time: 1, memory: 0 },
  },
  {
    of: "depth",
    label: "depth",
    values: [10, 30, 100, 300, 1000],
    expected: { time: 1, memory: 1 },
  },
];

export const workload: Workload<Nets> = {
  name: "activation-length-conditional",
  title: "the same lengths from the exact law of W x given x: width normals a layer instead of width²",
  parameters: explicit.parameters,
  prepare: async ({ nets, width, depth }) => {
    const options = {
      nets,
      inputWidth: width,
      hiddenWidths: new Array<number>(depth).fill(width),
      initialisation: heNormal,
    };
    let runs = 0;
    return {
      run: () => {
        const lengths = gaussianActivationLengths(foldIn(key(2), runs++), options);
        return { logLength: logLengths(lengths[depth]) };
      },
    };
  },
  ...(explicit.plain === undefined ? {} : { plain: explicit.plain }),
  peers: explicit.peers,
  same: demandSameLaw,
  reach: { ratio: 1 / 15, of: "torch" },
  limit: ({ nets, width, depth }, { normals }) => (nets * width * depth) / normals,
  growth,
};
