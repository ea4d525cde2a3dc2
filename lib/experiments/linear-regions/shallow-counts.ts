import { inputPlane, regionsInWindow } from "../../measure/linear-regions";
import { defineExperiment, type Experiment } from "../../sweep";
import { arrangementRegions } from "../../theory";
import { demand } from "../../theory/demand-parts";
import { overNets } from "./random-nets";
import { shallowCountRows } from "./rows";

/** Random nets of two inputs and one hidden layer. */
export interface ShallowCounts {
  readonly seed: number;
  /** Of each width. */
  readonly nets: number;
  readonly widths: readonly number[];
  readonly sigmaB: number;
  readonly weightVariance?: number;
  /** h of the square [−h, h]². */
  readonly halfSide: number;
}

/** One net. */
export interface ShallowCountRow {
  readonly width: number;
  readonly regions: number;
}

/** Regions of random shallow nets in a large square. One row a net. */
export const shallowCounts: Experiment<ShallowCounts, ShallowCountRow> = defineExperiment({
  name: "linear-regions-shallow",
  source: __filename,
  run({ seed, nets, widths, sigmaB, weightVariance, halfSide }: ShallowCounts, report) {
    const rows = widths.flatMap((width, index) => {
      const ensemble = { seed: seed + index, nets, inputWidth: 2, hiddenWidths: [width], sigmaB };
      return overNets(
        weightVariance === undefined ? ensemble : { ...ensemble, weightVariance },
        (net): ShallowCountRow => {
          return { width, regions: regionsInWindow(net, inputPlane, [-halfSide, halfSide, -halfSide, halfSide]).count };
        },
        (fraction) => report((index + fraction) / widths.length),
      );
    });
    return Promise.resolve(rows);
  },
});

/** How many of the nets have exactly Zaslavsky's number of regions. */
export function netsInGeneralPosition(rows: readonly ShallowCountRow[]): number {
  demand("rows", rows, shallowCountRows);
  return rows.filter(({ width, regions }) => BigInt(regions) === arrangementRegions(width, 2)).length;
}
