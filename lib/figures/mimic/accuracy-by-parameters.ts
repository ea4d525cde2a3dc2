import { difference, type StudentRow, type TeacherRow } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { studentRows, teacherRows } from "../../experiments/mimic/rows";
import { called, demand, listOf, record, share } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";
import { accuracyPoints, studentFamily, type StudentFamily } from "./arm";

/** The convolutional nets, finished. */
export interface Teachers {
  readonly members: readonly TeacherRow[];
  /** Share of test images that the mean of their logits gets right. */
  readonly ensembleAccuracy: number;
}

/**
 * Test accuracy against the number of parameters, teachers and students.
 * @param families students of labels, then students of logits
 * @param bottleneck students with a linear bottleneck; none where there are no rows
 */
export function accuracyByParametersFigure(
  teachers: Teachers,
  families: readonly StudentFamily[],
  bottleneck: readonly StudentRow[],
): Figure {
  demand("teachers", teachers, record({}));
  const { parameters } = firstOf(teachers.members, "teacher");
  const ensembleAccuracy = called("of the teachers' mean logits", share);
  demand("teachers", teachers, record<Teachers>({ members: teacherRows, ensembleAccuracy }));
  demand("families", families, called("of labels, then of logits", listOf(studentFamily, 2)));
  demand("bottleneck", bottleneck, listOf(record({}), 0));
  if (bottleneck.length > 0) demand("bottleneck", bottleneck, studentRows);
  const single: SeriesSpec = {
    ...measuredSeries("convolutional teachers", 2, {
      x: teachers.members.map((row) => row.parameters),
      y: teachers.members.map((row) => 100 * row.testAccuracy),
    }),
  };
  const ensemble = measuredSeries("their ensemble", 3, {
    x: [parameters * teachers.members.length],
    y: [100 * teachers.ensembleAccuracy],
  });
  const students = families.map(({ name, byWidth }, color) => {
    const x = byWidth.map(({ rows }) => firstOf(rows, "student of each width").parameters);
    return measuredSeries(name, color, { x, ...accuracyPoints(byWidth.map(({ rows }) => rows)) }, { mark: "both" });
  });
  const narrow =
    bottleneck.length === 0
      ? []
      : [
          measuredSeries("mimic with a bottleneck", 4, {
            x: [bottleneck[0].parameters],
            ...accuracyPoints([bottleneck]),
          }),
        ];
  return figure({
    id: "04-accuracy-by-parameters",
    title: titleOf(families),
    description:
      "Test accuracy against the number of parameters: teachers, their ensemble, students of labels and of logits.",
    xAxis: { label: "number of parameters", scale: "log" },
    yAxis: { label: "test images right, %" },
    series: [...students, ...narrow, single, ensemble],
  });
}

/** What the intervals of logits less labels (the second family less the first) at the smallest and the largest width allow to say. */
function titleOf(families: readonly StudentFamily[]): string {
  const [labels, logits] = families;
  const gainAt = (place: number) => difference(logits.byWidth.at(place)!.rows, labels.byWidth.at(place)!.rows);
  if (!(gainAt(-1).low > 0)) return "Shallow students of labels and of logits, and the deep teachers they heard";
  const wide = "Told a teacher's logits, the same wide shallow net gets more images right";
  return gainAt(0).low > 0 ? wide : `${wide}; a narrow one does not`;
}
