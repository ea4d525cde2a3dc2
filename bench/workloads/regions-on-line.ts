import { regionsOnSegment } from "../../lib/measure/linear-regions";
import { plainBreakpoints } from "../../test/measure/linear-regions/plain-regions";
import { randomCase, type SegmentCase, segmentEnds, writeCases } from "../region-cases";
import type { Summary, Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly inputs: number;
  readonly width: number;
  readonly depth: number;
}

function caseOf({ inputs, width, depth }: Sizes): SegmentCase {
  return { net: randomCase(inputs, new Array<number>(depth).fill(width)), ends: segmentEnds(inputs) };
}

const warmUps = 10;

const summary = (breakpoints: ArrayLike<number>): Summary => ({
  regions: breakpoints.length + 1,
  breakpoints: Array.from(breakpoints),
});

function demandSameBreakpoints(ours: Summary, theirs: Summary): void {
  if (ours.regions !== theirs.regions)
    throw new Error(`${String(ours.regions)} regions, theirs ${String(theirs.regions)}`);
  const [own, other] = [ours.breakpoints, theirs.breakpoints] as [readonly number[], readonly number[] | undefined];
  // Float32 knows a breakpoint to some 1e-5 where a neuron is nearly parallel to the line.
  const off = other?.findIndex((t, index) => !(Math.abs(t - own[index]) < 1e-4)) ?? -1;
  if (other !== undefined && off >= 0) throw new Error(`breakpoint ${off} is ${own[off]}, theirs ${other[off]}`);
}

export const workload: Workload<Sizes> = {
  name: "regions-on-line",
  title: "regions on a segment through a net of 784 inputs and eight layers of 256",
  parameters: { inputs: 784, width: 256, depth: 8 },
  prepare: async (sizes, folder) => {
    const one = caseOf(sizes);
    writeCases(folder, [one]);
    const run = (): Summary => summary(regionsOnSegment(one.net, ...one.ends).breakpoints);
    // Until it is compiled: a run takes some ten milliseconds, and users do many.
    for (let warming = 0; warming < warmUps; warming++) run();
    return { run };
  },
  plain: (sizes) => {
    const { net, ends } = caseOf(sizes);
    return { run: () => summary(plainBreakpoints(net, ...ends)) };
  },
  peers: ["numpy", "regioncam"],
  same: demandSameBreakpoints,
  reach: { ratio: 1, of: "numpy" },
  growth: [
    {
      of: "width",
      label: "width, eight layers",
      values: [10, 30, 100, 300, 1000],
      others: { inputs: 100 },
      // Breakpoints in proportion to the neurons, each through all later weights.
      expected: { time: 3, memory: 2 },
    },
    {
      of: "depth",
      label: "layers of width 64",
      values: [3, 10, 30, 100, 300],
      others: { inputs: 100, width: 64 },
      expected: { time: 2, memory: 1 },
    },
  ],
};
