import { key } from "../../random";
import { unpacked } from "./packed";
import type { StudentRow } from "./students";
import type { TeacherRow } from "./teacher";
import { type TwoWayMean, twoWayMean } from "./two-way";

/** What is known of a net on each test image. */
export type Judged = Pick<StudentRow, "group" | "copy" | "correct" | "logitErrors">;

/** Something that is measured on one image: 100 where the class is right (so that means are per cent), or a squared error. */
export type Measure = "accuracy" | "logit error";

/** One part of a comparison: the rows of an arm, and what they are multiplied by in each group. */
export interface Term {
  readonly rows: readonly Judged[];
  /** One number, or one a group. */
  readonly weight: number | ReadonlyMap<number, number>;
}

// The same draws for every comparison: what two comparisons share, they share in their errors too.
const resampling = key(0x10_0b5);

/**
 * Σ weight · mean of an arm, over runs and test images together (`twoWayMean`). Runs are paired: a group contributes the
 * whole sum, image by image. With weights 1 and −1 it is the difference between two arms, in per cent or units of error.
 * @throws RangeError unless every term has the same groups and copies, at least two groups, and the same images
 */
export function compare(terms: readonly Term[], measure: Measure = "accuracy"): TwoWayMean {
  if (terms.length === 0) throw new RangeError("a comparison has at least one arm");
  const groups = [...new Set(terms[0].rows.map(({ group }) => group))].sort((a, b) => a - b);
  const names = (rows: readonly Judged[]): string =>
    rows
      .map(({ group, copy }) => `${group}/${copy}`)
      .sort()
      .join();
  if (terms.some(({ rows }) => names(rows) !== names(terms[0].rows))) {
    throw new RangeError("the arms of a comparison have the same groups and copies");
  }
  const values = groups.map((group) => {
    let total: Float64Array | undefined;
    for (const { rows, weight } of terms) {
      const own = typeof weight === "number" ? weight : weight.get(group);
      if (own === undefined) throw new RangeError(`an arm has no weight for group ${group}`);
      const members = rows.filter((row) => row.group === group);
      for (const row of members) {
        const measured = valuesOf(row, measure);
        total ??= new Float64Array(measured.length);
        if (measured.length !== total.length) throw new RangeError("the arms of a comparison have the same images");
        for (let i = 0; i < measured.length; i++) total[i] += (own * measured[i]) / members.length;
      }
    }
    return total!;
  });
  return twoWayMean(values, resampling);
}

/** The first arm's mean less the second's. */
export function difference(first: readonly Judged[], second: readonly Judged[], measure?: Measure): TwoWayMean {
  const terms: Term[] = [
    { rows: first, weight: 1 },
    { rows: second, weight: -1 },
  ];
  return compare(terms, measure);
}

function valuesOf(row: Judged, measure: Measure): Float64Array {
  if (measure === "accuracy") return Float64Array.from(row.correct, (character) => (character === "1" ? 100 : 0));
  if (row.logitErrors === "") throw new RangeError("students of labels have no logits to be compared with");
  return Float64Array.from(unpacked(row.logitErrors));
}

/** Teachers as they enter comparisons: each is a group of its own. */
export function judgedTeachers(rows: readonly TeacherRow[]): Judged[] {
  return rows.map(({ correct }, group) => ({ group, copy: 0, correct, logitErrors: "" }));
}

/** The same net in the place of each of several groups: what an ensemble is to its members. */
export function repeated(correct: string, groups: number): Judged[] {
  return Array.from({ length: groups }, (_, group) => ({ group, copy: 0, correct, logitErrors: "" }));
}

/**
 * Slope of students' accuracy against their teacher's, in per cent a per cent: of each group the least-squares slope over
 * the checkpoints of its teacher, then the mean. A slope is a weighted sum of accuracies, so runs and images are treated as
 * in any other comparison; the teachers' accuracies are taken as known.
 * @param checkpoints for each checkpoint the students, and of each group's teacher the accuracy in per cent
 * @throws RangeError for fewer than two checkpoints, or teachers that did not change
 */
export function slopeOnTeacher(
  checkpoints: readonly { readonly rows: readonly Judged[]; readonly teacher: ReadonlyMap<number, number> }[],
): TwoWayMean {
  if (checkpoints.length < 2) throw new RangeError("a slope needs at least two checkpoints");
  const weights = checkpoints.map(() => new Map<number, number>());
  for (const group of checkpoints[0].teacher.keys()) {
    const accuracies = checkpoints.map(({ teacher }) => teacher.get(group) ?? NaN);
    const centre = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
    const spread = accuracies.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    if (!(spread > 0)) throw new RangeError(`the teacher of group ${group} has one accuracy at all checkpoints`);
    accuracies.forEach((value, index) => weights[index].set(group, (value - centre) / spread));
  }
  return compare(checkpoints.map(({ rows }, index) => ({ rows, weight: weights[index] })));
}

/** Mean accuracy of an arm in per cent, with the standard error over runs and images. */
export function accuracyOf(rows: readonly Judged[]): TwoWayMean {
  return compare([{ rows, weight: 1 }]);
}

/** The learning rate with the best mean accuracy on validation images; of equals the smaller. @throws RangeError for none */
export function bestRate(
  trials: readonly {
    readonly learningRate: number;
    readonly rows: readonly Pick<StudentRow, "validationAccuracy">[];
  }[],
): number {
  if (trials.length === 0) throw new RangeError("there is no learning rate to choose from");
  const scored = trials.map(({ learningRate, rows }) => ({
    learningRate,
    accuracy: rows.reduce((sum, row) => sum + row.validationAccuracy, 0) / rows.length,
  }));
  scored.sort((a, b) => b.accuracy - a.accuracy || a.learningRate - b.learningRate);
  return scored[0].learningRate;
}
