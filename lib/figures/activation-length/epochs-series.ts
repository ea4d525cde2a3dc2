import { epochsAgainst, meanEpochs, type TrainingOutcome } from "../../experiments";
import type { SeriesSpec } from "../../report";
import { measuredSeries } from "../series";

/** The vertical axis of the figures of training. */
export const epochsAxis: { readonly label: string } = { label: "epochs to 20 % test accuracy" };

/**
 * Mean epochs to the accuracy against x, runs that never arrived counted at `cap`.
 * @param cap epochs that a run had at most
 */
export function epochsSeries<Run extends TrainingOutcome>(
  name: string,
  color: number,
  runs: readonly Run[],
  x: (run: Run) => number,
  cap: number,
): SeriesSpec {
  return measuredSeries(name, color, meanEpochs(epochsAgainst(runs, x, cap)), { mark: "both" });
}

/** The dashed line at which runs are counted that have not started, from the smallest to the largest x. */
export function notStarted(cap: number, x: readonly number[]): SeriesSpec {
  const ends = [Math.min(...x), Math.max(...x)];
  return { name: `not started after ${cap} epochs`, kind: "bound", x: ends, y: [cap, cap] };
}
