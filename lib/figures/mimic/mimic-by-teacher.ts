import { accuracyOf, type StudentRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { judgedNets, percentBySeed } from "../../experiments/mimic/rows";
import { demand, listOf, notNegative, record } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";
import { accuracyPoints } from "./arm";

/** Teachers stopped at one epoch, and their students. */
export interface Checkpoint {
  readonly epoch: number;
  /** Of each teacher the accuracy, in per cent. */
  readonly teacher: ReadonlyMap<number, number>;
  readonly rows: readonly StudentRow[];
}

/** Accuracy of the mimic students against their teachers', with the level of the students of labels. */
export function mimicByTeacherFigure(checkpoints: readonly Checkpoint[], labels: readonly StudentRow[]): Figure {
  firstOf(checkpoints, "checkpoint");
  const checkpoint = { epoch: notNegative, teacher: percentBySeed, rows: judgedNets };
  demand("checkpoints", checkpoints, listOf(record<Checkpoint>(checkpoint)));
  demand("labels", labels, judgedNets);
  const x = checkpoints.map(
    ({ teacher }) => [...teacher.values()].reduce((sum, value) => sum + value, 0) / teacher.size,
  );
  const ends = [Math.min(...x), Math.max(...x)];
  const { y } = accuracyPoints(checkpoints.map(({ rows }) => rows));
  // Every step up of the teachers is a smaller step up of the students.
  const rises = x.slice(1).every((at, i) => at > x[i] && y[i + 1] > y[i] && y[i + 1] - y[i] < at - x[i]);
  const level = accuracyOf(labels).measured;
  return figure({
    id: "04-mimic-by-teacher",
    title: rises
      ? "A better teacher makes a better student, at a fraction of the gain"
      : "Students of logits beside their teachers, at several moments of the teachers' training",
    description:
      "Accuracy of students of logits against that of their teachers at several moments of the teachers' training.",
    xAxis: { label: "teacher: test images right, %" },
    yAxis: { label: "student: test images right, %" },
    series: [
      { name: "student of labels", kind: "guide", x: ends, y: [level, level] },
      measuredSeries(
        "student of one teacher",
        1,
        { x, ...accuracyPoints(checkpoints.map(({ rows }) => rows)) },
        { mark: "both" },
      ),
    ],
  });
}
