import type { TrainingByInitialisationRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { runsByInitialisation } from "../../experiments/activation-length/rows";
import { demand } from "../../theory/demand-parts";
import { demandGoal, epochsAxis, epochsSeries, goalName, notStarted, type TrainingGoal } from "./epochs-series";

/**
 * Mean epochs to the accuracy against depth, a line an initialisation, in the order in which the runs name them.
 */
export function trainingInitialisationFigure(runs: readonly TrainingByInitialisationRow[], goal: TrainingGoal): Figure {
  demand("runs", runs, runsByInitialisation);
  demandGoal(goal);
  const depth = (run: TrainingByInitialisationRow): number => run.depth;
  const names = [...new Set(runs.map(({ initialisation }) => initialisation))];
  return figure({
    id: "02-training-initialisation",
    title: "Deep nets start to learn under He's variance, late or not at all under others",
    description: `Mean epochs to ${goalName(goal)} on MNIST against depth; unfinished runs are counted at the last epoch.`,
    xAxis: { label: "depth = width" },
    yAxis: epochsAxis(goal),
    series: [
      notStarted(goal, runs.map(depth)),
      ...names.map((name, color) => {
        const named = runs.filter(({ initialisation }) => initialisation === name);
        return epochsSeries(name, color, named, depth, goal);
      }),
    ],
  });
}
