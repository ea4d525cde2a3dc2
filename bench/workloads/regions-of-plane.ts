import { inputPlane, regionsInWindow } from "../../lib/measure/linear-regions";
import { plainAreas } from "../../test/measure/linear-regions/plain-regions";
import { randomCase, type SquareCase, writeCases } from "../region-cases";
import type { Summary, Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly depth: number;
}

/** So large a square that no two boundaries of such a net meet outside: it shows each region of the plane. */
const half = 1e4;

const caseOf = ({ width, depth }: Sizes): SquareCase => ({
  net: randomCase(2, new Array<number>(depth).fill(width)),
  half,
});

function demandSameCount(ours: Summary, theirs: Summary): void {
  if (ours.regions === theirs.regions) return;
  throw new Error(`${String(ours.regions)} regions, theirs ${String(theirs.regions)}`);
}

export const workload: Workload<Sizes> = {
  name: "regions-of-plane",
  title: "all regions of the plane of a net of two layers of 12, beside a search from each region to its neighbours",
  parameters: { width: 12, depth: 2 },
  prepare: async (sizes, folder) => {
    const one = caseOf(sizes);
    writeCases(folder, [one]);
    return { run: () => ({ regions: regionsInWindow(one.net, inputPlane, [-half, half, -half, half]).count }) };
  },
  plain: (sizes) => {
    const { net } = caseOf(sizes);
    const corners = [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
    ] as const;
    return { run: () => ({ regions: plainAreas(net, inputPlane, corners).length }) };
  },
  peers: ["relucent"],
  same: demandSameCount,
  reach: { ratio: 1 },
};
