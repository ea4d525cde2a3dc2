import type { TrainingByShapeRow } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { runsByShape } from "../../experiments/activation-length/rows";
import { demand, listOf } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { demandGoal, epochsAxis, epochsSeries, goalName, notStarted, type TrainingGoal } from "./epochs-series";

/**
 * Mean epochs to the accuracy, against depth and against Σ 1/n.
 * @param byPattern the runs of each pattern of widths
 */
export function trainingShapeFigure(byPattern: readonly (readonly TrainingByShapeRow[])[], goal: TrainingGoal): Figure {
  firstOf(byPattern, "pattern");
  for (const runs of byPattern) firstOf(runs, "run of each pattern");
  demand("byPattern", byPattern, listOf(runsByShape));
  demandGoal(goal);
  const against = (x: (run: TrainingByShapeRow) => number): SeriesSpec[] => [
    notStarted(goal, byPattern.flat().map(x)),
    ...byPattern.map((runs, color) => {
      const { pattern } = firstOf(runs, "run of each pattern");
      const name = pattern.length === 1 ? `${pattern[0]} wide` : `${pattern.join(", ")}, …`;
      return epochsSeries(name, color, runs, x, goal);
    }),
  ];
  return figure({
    id: "02-training-shape",
    title: "What decides when a net starts to learn is less its depth than its sum of reciprocal widths",
    description: `Mean epochs to ${goalName(goal)} for ${byPattern.length} shapes, left against depth, right against Σ 1/n.`,
    panels: [
      {
        title: "against depth",
        xAxis: { label: "depth d" },
        yAxis: epochsAxis(goal),
        series: against((run) => run.depth),
      },
      {
        title: "against Σ 1/n",
        xAxis: { label: "Σ 1/n_l" },
        yAxis: epochsAxis(goal),
        series: against((run) => run.sumOfInverseWidths),
      },
    ],
  });
}
