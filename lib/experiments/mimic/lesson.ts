import * as tf from "@tensorflow/tfjs";
import type { LabelledImages } from "../../datasets";
import type { Tensor } from "../../engine";
import { foldIn, type Key, key } from "../../random";
import { runExperiment } from "../../sweep";
import { type BatchLoss, labelLoss, squaredErrorLoss } from "../../train";
import { type MimicImages, slice } from "./images";
import { unpacked } from "./packed";
import {
  disordered,
  type Disorder,
  logitStatistics,
  type LogitStatistics,
  meanAnswer,
  standardisedLogits,
} from "./targets";
import { mimicTeacher, type TeacherParameters, type TeacherRow } from "./teacher";

/** What students are told. */
export type StudentTarget =
  | { readonly kind: "labels" }
  | {
      readonly kind: "logits";
      /** Of each student the teachers whose logits are averaged, one or an ensemble; a single list serves all students. */
      readonly teachers: readonly (readonly TeacherParameters[])[];
      /** The row of the teacher: 0 for its first checkpoint, -1 for the finished net. */
      readonly checkpoint: number;
      /** "labelled" or, with the extra images, "all"; the number of gradient steps is the same. */
      readonly images: "labelled" | "all";
      readonly disorder: Disorder;
    };

/** What students are trained towards, and how their outputs are read. */
export interface Lesson {
  readonly loss: BatchLoss;
  /** Images from the front of the pool that they are trained on. */
  readonly count: number;
  /** From outputs [nets, batch, classes] to logits. */
  readonly read: (outputs: Tensor) => Tensor;
  /** The same of one net's outputs as plain numbers, [images, classes]. */
  logitsOf(outputs: Float32Array, net: number): Float32Array;
  /** Undisturbed logits of each student's teacher for the test images, standardised as what is taught; null for labels. */
  readonly testTargets: readonly Float32Array[] | null;
  dispose(): void;
}

/** Who is taught what, of which images. */
export interface Pupils {
  readonly images: MimicImages;
  readonly target: StudentTarget;
  readonly seeds: readonly number[];
}

/**
 * The lesson of every student: labels, or what its teachers say of the images. Teachers come from the store, and are
 * trained where they are not in it.
 * @param pool the labelled images first, then the extra ones
 * @throws RangeError unless there is one list of teachers or one a student, or for extra images and unfinished teachers
 */
export async function prepareLesson({ images, target, seeds }: Pupils, pool: LabelledImages): Promise<Lesson> {
  if (target.kind === "labels") return labelLesson(slice(pool, 0, images.labelled));
  const { teachers } = target;
  if (teachers.length !== 1 && teachers.length !== seeds.length) {
    throw new RangeError(`${seeds.length} students have as many lists of teachers, or one; given ${teachers.length}`);
  }
  const count = target.images === "all" ? images.labelled + images.extra : images.labelled;
  const answers: Answers[] = [];
  for (const [index, members] of teachers.entries()) {
    const disorder = foldIn(foldIn(key(images.seed), "disorder"), seeds[index]);
    answers.push(
      await answersOf(members, target, { labelled: images.labelled, count, classes: pool.classes }, disorder),
    );
  }
  const perNet = (values: readonly ArrayLike<number>[], shape: readonly number[]): Tensor =>
    tf.stack(values.map((own) => tf.tensor(Float32Array.from(own), [...shape])));
  const [targets, means, deviations] = tf.tidy(() => [
    perNet(
      answers.map(({ taught }) => taught),
      [count, pool.classes],
    ),
    perNet(
      answers.map(({ statistics }) => statistics.means),
      [1, pool.classes],
    ),
    perNet(
      answers.map(({ statistics }) => statistics.deviations),
      [1, pool.classes],
    ),
  ]);
  return {
    loss: squaredErrorLoss(targets),
    count,
    read: (outputs) => tf.tidy(() => tf.add(tf.mul(outputs, deviations), means)),
    logitsOf(outputs, net) {
      const { means: centre, deviations: spread } = answers[net % answers.length].statistics;
      return outputs.map((value, i) => value * spread[i % pool.classes] + centre[i % pool.classes]);
    },
    testTargets: answers.map(({ test }) => test),
    dispose: () => tf.dispose([targets, means, deviations]),
  };
}

/** What one student is told. */
interface Answers {
  readonly taught: Float32Array;
  readonly test: Float32Array;
  readonly statistics: LogitStatistics;
}

async function answersOf(
  members: readonly TeacherParameters[],
  { checkpoint, disorder }: { readonly checkpoint: number; readonly disorder: Disorder },
  { labelled, count, classes }: { readonly labelled: number; readonly count: number; readonly classes: number },
  disorderKey: Key,
): Promise<Answers> {
  const at: TeacherRow[] = [];
  for (const teacher of members) at.push((await runExperiment(mimicTeacher, teacher)).at(checkpoint)!);
  const logits = meanAnswer(at.map((row) => unpacked(row.logits)));
  if (logits.length < count * classes) {
    throw new RangeError("an unfinished teacher was asked about the labelled images only");
  }
  const told = disordered(logits.subarray(0, count * classes), classes, disorder, disorderKey);
  const statistics = logitStatistics(told, classes, labelled);
  const test = standardisedLogits(meanAnswer(at.map((row) => unpacked(row.testLogits))), statistics);
  return { taught: standardisedLogits(told, statistics), test, statistics };
}

function labelLesson({ labels, classes, count }: LabelledImages): Lesson {
  const tensor = tf.tensor1d(Int32Array.from(labels), "int32");
  return {
    loss: labelLoss({ labels: tensor, classes }),
    count,
    read: (outputs) => outputs,
    logitsOf: (outputs) => outputs,
    testTargets: null,
    dispose: () => tf.dispose(tensor),
  };
}
