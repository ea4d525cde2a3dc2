import { epochsAgainst, meanEpochs, type TrainingOutcome, type TrainingSettings } from "../../experiments";
import type { AxisSpec, SeriesSpec } from "../../report";
import { called, demand, positive, record, share } from "../../theory/demand-parts";
import { measuredSeries } from "../series";

/** What runs were trained for: epochs at most, and the test accuracy to reach, a fraction. */
export type TrainingGoal = Pick<TrainingSettings, "epochs" | "accuracy">;

/** @throws TypeError, RangeError for a goal that is none */
export function demandGoal(goal: TrainingGoal): void {
  const accuracy = called("test accuracy to reach", share);
  demand("goal", goal, record<TrainingGoal>({ epochs: called("at most", positive), accuracy }));
}

/** "20 % test accuracy". */
export function goalName({ accuracy }: TrainingGoal): string {
  return `${Number((100 * accuracy).toPrecision(3))} % test accuracy`;
}

/** The vertical axis of the figures of training. */
export function epochsAxis(goal: TrainingGoal): AxisSpec {
  return { label: `epochs to ${goalName(goal)}` };
}

/** Mean epochs to the accuracy against x, runs that never arrived counted at the last epoch. */
export function epochsSeries<Run extends TrainingOutcome>(
  name: string,
  color: number,
  runs: readonly Run[],
  x: (run: Run) => number,
  { epochs }: TrainingGoal,
): SeriesSpec {
  return measuredSeries(name, color, meanEpochs(epochsAgainst(runs, x, epochs)), { mark: "both" });
}

/** The dashed line at which runs are counted that have not started, from the smallest to the largest x. */
export function notStarted({ epochs }: TrainingGoal, x: readonly number[]): SeriesSpec {
  const ends = [Math.min(...x), Math.max(...x)];
  return { name: `not started after ${epochs} epochs`, kind: "bound", x: ends, y: [epochs, epochs] };
}
