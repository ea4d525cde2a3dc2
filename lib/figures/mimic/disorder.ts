import { figure, type Figure } from "../../report";
import { judgedNets } from "../../experiments/mimic/rows";
import { demand, listOf, record, whole, words } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { accuracyPoints } from "./arm";
import type { Arm } from "./training-curves";

/** Accuracy of students of whole and of spoilt answers. */
export function disorderFigure(arms: readonly Arm[], classes: number): Figure {
  firstOf(arms, "arm");
  demand("arms", arms, listOf(record<Arm>({ name: words, rows: judgedNets })));
  demand("classes", classes, whole(2));
  const x = arms.map(({ name }) => name);
  const chance = 100 / classes;
  return figure({
    id: "04-disorder",
    title: "What helps is the order of a logit vector's small entries",
    description:
      "Accuracy of students of labels, of logits, of logits with small entries shuffled, and of other images' logits in random order.",
    xAxis: { label: "what the student was told", scale: "category" },
    yAxis: { label: "test images right, %" },
    series: [
      { name: "chance", kind: "guide", x, y: x.map(() => chance) },
      {
        name: "students",
        kind: "measurement",
        color: 1,
        mark: "bars",
        x,
        ...accuracyPoints(arms.map(({ rows }) => rows)),
      },
    ],
  });
}
