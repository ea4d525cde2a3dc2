import type { TrainingByInitialisationRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { epochsAxis, epochsSeries, notStarted } from "./epochs-series";

/**
 * Mean epochs to the accuracy against depth, a line an initialisation, in the order in which the runs name them.
 * @param cap epochs that a run had at most
 */
export function trainingInitialisationFigure(runs: readonly TrainingByInitialisationRow[], cap: number): Figure {
  const depth = (run: TrainingByInitialisationRow): number => run.depth;
  const names = [...new Set(runs.map(({ initialisation }) => initialisation))];
  return figure({
    id: "02-training-initialisation",
    title: "Deep nets start to learn under He's variance, late or not at all under others",
    description:
      "Mean epochs to 20 % test accuracy on MNIST against depth; unfinished runs are counted at the last epoch.",
    xAxis: { label: "depth = width" },
    yAxis: epochsAxis,
    series: [
      notStarted(cap, runs.map(depth)),
      ...names.map((name, color) => {
        const named = runs.filter(({ initialisation }) => initialisation === name);
        return epochsSeries(name, color, named, depth, cap);
      }),
    ],
  });
}
