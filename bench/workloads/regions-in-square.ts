import { inputPlane, regionsInWindow, regionsOnSegment, type SliceRegions } from "../../lib/measure/linear-regions";
import { plainAreas } from "../../test/measure/linear-regions/plain-regions";
import { randomCase, residualCase, segmentEnds, type SegmentCase, type SquareCase, writeCases } from "../region-cases";
import type { Summary, Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly depth: number;
  /** About how many regions the square has: it is as large as that takes. */
  readonly regions: number;
}

const width = 64;

/** Half the side of squares with about so many regions, by the number of layers; found by trying. */
const halves: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  4: { 14_000: 0.34 },
  32: {
    300: 0.00964,
    1000: 0.0194,
    3000: 0.0346,
    10_000: 0.0642,
    30_000: 0.106,
    100_000: 0.194,
    300_000: 0.42,
    1_000_000: 2.25,
  },
};

function squareOf({ depth, regions }: Sizes): SquareCase {
  const half = halves[depth]?.[regions];
  if (half === undefined) throw new RangeError(`No square is known of ${regions} regions in ${depth} layers.`);
  return { net: randomCase(2, new Array<number>(depth).fill(width)), half };
}

/** Other nets and windows, whose counts are compared and not timed. */
const others: readonly (SquareCase | SegmentCase)[] = [
  { net: randomCase(2, [64, 64, 64, 64]), half: 1.5 },
  { net: randomCase(2, [32, 32, 32]), half: 1 },
  { net: randomCase(2, new Array<number>(6).fill(32), 0.25), half: 1 },
  { net: residualCase(2, 24, 32), half: 1 },
  { net: randomCase(2, [128, 128, 128]), half: 1 },
  { net: randomCase(2, [64, 64, 64]), half: 10 },
  { net: randomCase(20, [10, 10, 10]), ends: segmentEnds(20) },
  { net: randomCase(784, new Array<number>(8).fill(256)), ends: segmentEnds(784) },
];
/** A window so large that the peer's float32 loses some of its regions. */
const large: SquareCase = { net: randomCase(2, [64, 64, 64]), half: 1000 };

const regionsIn = ({ net, half }: SquareCase): SliceRegions =>
  regionsInWindow(net, inputPlane, [-half, half, -half, half]);

const countOf = (one: SquareCase | SegmentCase): number =>
  "half" in one ? regionsIn(one).count : regionsOnSegment(one.net, ...one.ends).regions;

function summary({ count, corners, totalArea }: SliceRegions): Summary {
  return { regions: count, corners: corners.length, area: totalArea };
}

function demandSameCounts(ours: Summary, theirs: Summary): void {
  for (const name of ["regions", "others"]) {
    if (theirs[name] === undefined) continue;
    const [own, other] = [String(ours[name]), String(theirs[name])];
    if (own !== other) throw new Error(`${name}: ${own}, theirs ${other}`);
  }
  const [own, other] = [ours.large as number | undefined, theirs.large as number | undefined];
  if (own === undefined || other === undefined) return;
  if (other > own || other < 0.999 * own) throw new Error(`in the large square: ${own} regions, theirs ${other}`);
}

export const workload: Workload<Sizes> = {
  name: "regions-in-square",
  title: "14 000 regions of a net of four layers of 64 in a square of its two inputs, with their polygons",
  parameters: { depth: 4, regions: 14_000 },
  prepare: async (sizes, folder) => {
    const one = squareOf(sizes);
    const compared = sizes.depth === 4;
    writeCases(folder, compared ? [one, large, ...others] : [one]);
    const counts = compared ? { large: countOf(large), others: others.map(countOf) } : {};
    return { run: () => ({ ...summary(regionsIn(one)), ...counts }) };
  },
  plain: (sizes) => {
    const { net, half } = squareOf(sizes);
    const corners = [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
    ] as const;
    return { run: () => ({ regions: plainAreas(net, inputPlane, corners).length }) };
  },
  peers: ["regioncam"],
  same: demandSameCounts,
  reach: { ratio: 1, of: "regioncam" },
  growth: [
    {
      of: "regions",
      label: "regions, 32 layers",
      values: [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000],
      others: { depth: 32 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
