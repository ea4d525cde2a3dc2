import { demandCount, demandNumbers } from "../../theory/demand";
import {
  anything,
  demand,
  finite,
  listOf,
  mapOf,
  onesAndZeros,
  oneOf,
  orAbsent,
  record,
  yesOrNo,
} from "../../theory/demand-parts";
import { unpacked } from "./packed";
import { judgedNets, percentBySeed, teacherRows, trials as trialRows } from "./rows";
import type { StudentRow } from "./students";
import type { TeacherRow } from "./teacher";
import { imageMean, type TwoWayMean, twoWayMean } from "./two-way";

/** What is known of a net on each test image. */
export type Judged = Pick<StudentRow, "seed" | "correct" | "logitErrors">;

/** Something that is measured on one image: 100 where the class is right (so that means are per cent), or a squared error. */
export type Measure = "accuracy" | "logit error";

/** One part of a comparison: the rows of an arm, and what they are multiplied by. */
export interface Term {
  readonly rows: readonly Judged[];
  /** One number, or one a seed. */
  readonly weight: number | ReadonlyMap<number, number>;
}

/** How a comparison is made. */
export interface ComparisonOptions {
  /** "accuracy" unless given. */
  readonly measure?: Measure;
  /**
   * Takes the nets as given, so that only images are a sample: for comparisons of so few nets that nothing can be said about
   * others. False unless given.
   */
  readonly given?: boolean;
  /**
   * By seed the stratum of a student, where other students would have fallen into the same strata: the number of its teacher,
   * when the teachers are given and each has some of the students. Students are then compared within strata (`twoWayMean`).
   * One stratum unless given.
   */
  readonly strata?: ReadonlyMap<number, number>;
}

/**
 * Σ weight · mean of an arm, over students and test images together (`twoWayMean`). Students are paired: a seed contributes
 * the whole sum, image by image. With weights 1 and −1 it is the difference between two arms, in per cent or units of error.
 * @throws RangeError unless every term has the same seeds and the same images, and at least two seeds unless they are taken as given
 */
export function compare(terms: readonly Term[], options: ComparisonOptions = {}): TwoWayMean {
  demand("options", options, record({}));
  const { measure = "accuracy", given = false, strata } = options;
  demand("measure", measure, oneOf("accuracy", "logit error"));
  demand("given", given, yesOrNo);
  demand("strata", strata, orAbsent(mapOf(finite)));
  demand("arms", terms, listOf(record<Term>({ rows: anything, weight: anything })));
  terms.forEach(({ rows, weight }, index) => {
    demand(`rows of arm ${index}`, rows, judgedNets);
    demand(`weight of arm ${index}`, weight, typeof weight === "number" ? finite : mapOf(finite));
  });
  const seedsOf = (rows: readonly Judged[]): number[] => rows.map(({ seed }) => seed).sort((a, b) => a - b);
  const seeds = seedsOf(terms[0].rows);
  const others = terms.map(({ rows }) => seedsOf(rows).join()).find((own) => own !== seeds.join());
  if (others !== undefined) {
    throw new RangeError(`the arms of a comparison have the same seeds; given ${seeds.join()} and ${others}`);
  }
  const stratumOf = (seed: number): number => {
    const stratum = strata === undefined ? 0 : strata.get(seed);
    if (stratum === undefined) throw new RangeError(`seed ${seed} has no stratum`);
    return stratum;
  };
  const ofSeeds = seeds.map((seed) => {
    const parts = terms.map(({ rows, weight }) => {
      const own = typeof weight === "number" ? weight : weight.get(seed);
      if (own === undefined) throw new RangeError(`an arm has no weight for seed ${seed}`);
      return valuesOf(
        rows.find((row) => row.seed === seed)!,
        measure,
      ).map((value) => own * value);
    });
    return added(parts);
  });
  return given
    ? imageMean(added(ofSeeds).map((total) => total / seeds.length))
    : twoWayMean(ofSeeds, seeds.map(stratumOf));
}

/** The first arm's mean less the second's. */
export function difference(
  first: readonly Judged[],
  second: readonly Judged[],
  options: ComparisonOptions = {},
): TwoWayMean {
  const terms: Term[] = [
    { rows: first, weight: 1 },
    { rows: second, weight: -1 },
  ];
  return compare(terms, options);
}

function added(parts: readonly Float64Array[]): Float64Array {
  if (parts.some(({ length }) => length !== parts[0].length)) {
    throw new RangeError("the arms of a comparison have the same images");
  }
  return parts[0].map((_, image) => parts.reduce((sum, part) => sum + part[image], 0));
}

function valuesOf(row: Judged, measure: Measure): Float64Array {
  if (measure === "accuracy") return Float64Array.from(row.correct, (character) => (character === "1" ? 100 : 0));
  if (row.logitErrors === "") throw new RangeError("students of labels have no logits to be compared with");
  const errors = unpacked(row.logitErrors);
  demandNumbers(`logitErrors of seed ${row.seed}`, errors);
  if (errors.length !== row.correct.length) {
    throw new RangeError(`seed ${row.seed} has ${errors.length} logit errors of ${row.correct.length} test images`);
  }
  return Float64Array.from(errors);
}

/** Teachers as they enter comparisons: numbered from 0. */
export function judgedTeachers(rows: readonly TeacherRow[]): Judged[] {
  demand("rows", rows, teacherRows);
  return rows.map(({ correct }, seed) => ({ seed, correct, logitErrors: "" }));
}

/** The same net in the place of each of several: what an ensemble is to its members. */
export function repeated(correct: string, count: number): Judged[] {
  demandCount("count", count);
  demand("correct", correct, onesAndZeros);
  return Array.from({ length: count }, (_, seed) => ({ seed, correct, logitErrors: "" }));
}

/**
 * Slope of students' accuracy against their teacher's, in per cent a per cent: for each student the least-squares slope over
 * the checkpoints of its teacher, then the mean. A slope is a weighted sum of accuracies, so students and images are treated
 * as in any other comparison; the teachers' accuracies are taken as known.
 * @param checkpoints for each checkpoint the students, and by their seeds the accuracies of their teachers in per cent
 * @throws RangeError for fewer than two checkpoints, or teachers that did not change
 */
export function slopeOnTeacher(
  checkpoints: readonly { readonly rows: readonly Judged[]; readonly teacher: ReadonlyMap<number, number> }[],
  options: ComparisonOptions = {},
): TwoWayMean {
  demand("checkpoints", checkpoints, listOf(record({ rows: judgedNets, teacher: percentBySeed })));
  if (checkpoints.length < 2) throw new RangeError("a slope needs at least two checkpoints");
  const weights = checkpoints.map(() => new Map<number, number>());
  for (const seed of checkpoints[0].teacher.keys()) {
    const accuracies = checkpoints.map(({ teacher }) => teacher.get(seed) ?? NaN);
    const centre = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
    const spread = accuracies.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    if (!(spread > 0)) throw new RangeError(`the teacher of seed ${seed} has one accuracy at all checkpoints`);
    accuracies.forEach((value, index) => weights[index].set(seed, (value - centre) / spread));
  }
  return compare(
    checkpoints.map(({ rows }, index) => ({ rows, weight: weights[index] })),
    options,
  );
}

/** Mean accuracy of an arm in per cent, with the standard error over runs and images. */
export function accuracyOf(rows: readonly Judged[]): TwoWayMean {
  return compare([{ rows, weight: 1 }]);
}

/** What tells how well a learning rate does: students that were trained at it. */
export type Trial = Pick<StudentRow, "learningRate" | "validationAccuracy">;

/** The learning rates of trials, in ascending order, with the mean accuracy of their students on validation images. */
export function accuracyByRate(trials: readonly Trial[]): { learningRate: number; accuracy: number }[] {
  demand("trials", trials, trialRows);
  const rates = [...new Set(trials.map(({ learningRate }) => learningRate))].sort((a, b) => a - b);
  return rates.map((learningRate) => {
    const own = trials.filter((trial) => trial.learningRate === learningRate);
    return { learningRate, accuracy: own.reduce((sum, trial) => sum + trial.validationAccuracy, 0) / own.length };
  });
}

/** The learning rate with the best mean accuracy on validation images; of equals the smallest. @throws RangeError for none */
export function bestRate(trials: readonly Trial[]): number {
  const scored = accuracyByRate(trials);
  return scored.reduce((best, one) => (one.accuracy > best.accuracy ? one : best)).learningRate;
}
