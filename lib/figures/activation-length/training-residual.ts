import type { TrainingOfResidualNetsRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { runsOfResidualNets } from "../../experiments/activation-length/rows";
import { demand, listOf } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { demandGoal, epochsAxis, epochsSeries, goalName, notStarted, type TrainingGoal } from "./epochs-series";

/**
 * Mean epochs to the accuracy against the number of residual blocks.
 * @param byBase the runs of each rule η_l = base^l for the scales
 */
export function trainingResidualFigure(
  byBase: readonly (readonly TrainingOfResidualNetsRow[])[],
  goal: TrainingGoal,
): Figure {
  firstOf(byBase, "rule");
  for (const runs of byBase) firstOf(runs, "run of each rule");
  demand("byBase", byBase, listOf(runsOfResidualNets));
  demandGoal(goal);
  const blocks = (run: TrainingOfResidualNetsRow): number => run.blocks;
  return figure({
    id: "02-training-residual",
    title: "Residual nets of any depth start at once if their scales are summable; deep ones with η = 1 diverge",
    description: `Mean epochs to ${goalName(goal)} against the number of blocks for ${byBase.length} rules for the scales of the blocks.`,
    xAxis: { label: "blocks" },
    yAxis: { ...epochsAxis(goal), scale: "log" },
    series: [
      notStarted(goal, byBase.flat().map(blocks)),
      ...byBase.map((runs, color) => {
        const { base } = firstOf(runs, "run of each rule");
        return epochsSeries(base === 1 ? "η = 1" : `η = ${base}^l`, color, runs, blocks, goal);
      }),
    ],
  });
}
