import * as tf from "@tensorflow/tfjs";
import { imageSetChecksums, type LabelledImages, type LabelledTensors, readImageSet } from "../../datasets";
import type { Tensor } from "../../engine";
import { type Architecture, fullyConnected, heNormal, linearBottleneck } from "../../nets";
import { foldIn, type Key, key } from "../../random";
import { defineExperiment, type Experiment, runExperiment } from "../../sweep";
import { type BatchLoss, decayingAdam, descend, evaluate, labelLoss, squaredErrorLoss } from "../../train";
import {
  channelStatistics,
  disposeImages,
  halvedTimes,
  type MimicImages,
  slice,
  type SplitImages,
  splitImages,
  standardised,
} from "./images";
import { packed, unpacked } from "./packed";
import {
  disordered,
  type Disorder,
  logitStatistics,
  type LogitStatistics,
  meanAnswer,
  standardisedLogits,
} from "./targets";
import { correctness, mimicTeacher, shareOfOnes, type TeacherParameters, type TeacherRow } from "./teacher";

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

/** A shallow net. */
export interface StudentShape {
  readonly hiddenWidth: number;
  /** Width of a linear layer before the hidden units; null for none. */
  readonly bottleneckWidth: number | null;
}

export interface StudentParameters {
  readonly images: MimicImages;
  readonly target: StudentTarget;
  readonly student: StudentShape;
  /** Passes over the labelled images; a student of all images takes as many steps. */
  readonly passes: number;
  readonly batchSize: number;
  /** Of Adam at the first step; it falls to 0 at the last. */
  readonly learningRate: number;
  /** One a student: its initial weights, the same under every target. All students see the same batches. */
  readonly seeds: readonly number[];
}

/** One student, trained. */
export interface StudentRow {
  readonly seed: number;
  /** Number of weights and biases. */
  readonly parameters: number;
  readonly steps: number;
  readonly validationAccuracy: number;
  readonly testAccuracy: number;
  /** One character a test image: 1 where the largest logit is its class. */
  readonly correct: string;
  /**
   * Of every test image the squared distance of the student's standardised logits to its teacher's, a class; `packed`. Empty
   * for a student of labels. Standardised logits have variance 1 on the labelled images: a constant answer costs about 1.
   */
  readonly logitErrors: string;
  /** Accuracy on validation images on the way. */
  readonly curve: readonly { readonly step: number; readonly accuracy: number }[];
}

/** Validation images that training curves are measured on. */
const curveImages = 1000;

/** What students are trained towards, and how their outputs are read. */
interface Lesson {
  readonly loss: BatchLoss;
  /** Images from the front of the pool that they are trained on. */
  readonly count: number;
  /** From outputs [nets, batch, classes] to logits. */
  readonly read: (outputs: Tensor) => Tensor;
  /** Standardised logits of each student's teacher for the test images, undisturbed; null for labels. */
  readonly testTargets: readonly Float32Array[] | null;
  dispose(): void;
}

/** Shallow nets trained on labels, or on standardised logits with squared error; one row a student. */
export const mimicStudents: Experiment<StudentParameters, StudentRow> = defineExperiment({
  name: "mimic-students",
  source: __filename,
  data: Object.values(imageSetChecksums).flat(),
  async run(parameters: StudentParameters, report) {
    const { images, student, seeds, batchSize } = parameters;
    const { pool, validation, test } = smallImages(images);
    const statistics = channelStatistics(pool, images.labelled);
    const lesson = await prepareLesson(parameters, pool);
    const seen = standardised(slice(pool, 0, lesson.count), statistics);
    const [validationTensors, testTensors] = [validation, test].map((part) => standardised(part, statistics));
    const curveTensors = standardised(slice(validation, 0, Math.min(curveImages, validation.count)), statistics);
    const architecture = studentArchitecture(student, seen.images.shape[1], pool.classes);
    const read = {
      ...architecture,
      output: (p: readonly Tensor[], x: Tensor) => tf.tidy(() => lesson.read(architecture.output(p, x))),
    };
    const keys = foldIn(key(images.seed), "students");
    const initial = initialParameters(architecture, keys, seeds);
    const { epochs, steps } = schedule(parameters, lesson.count);
    try {
      const trained = await descend({
        architecture,
        parameters: initial,
        optimiser: decayingAdam(parameters.learningRate, steps),
        inputs: seen.images,
        loss: lesson.loss,
        batchSize,
        epochs,
        evaluationsPerEpoch: Math.max(1, Math.round(8 / epochs)),
        key: foldIn(keys, "batches"),
        evaluate: (current) => evaluate(read, current, curveTensors),
        report: ({ fraction }) => report(fraction),
      });
      try {
        const finished = trained.parameters;
        const { accuracy } = await evaluate(read, finished, validationTensors);
        const outputs = await outputsOf(architecture, finished, testTensors);
        const logits = await outputsOf(read, finished, testTensors);
        return outputs.map((ofNet, net): StudentRow => {
          const correct = correctness(logits[net], test);
          const wanted = lesson.testTargets?.[net % lesson.testTargets.length];
          return {
            seed: seeds[net],
            parameters: finished.reduce((sum, parameter) => sum + parameter.size / outputs.length, 0),
            steps: trained.steps,
            validationAccuracy: accuracy[net],
            testAccuracy: shareOfOnes(correct),
            correct,
            logitErrors: wanted === undefined ? "" : packed(errors(ofNet, wanted, pool.classes)),
            curve: trained.history.map((at) => ({
              step: Math.round((at.epoch / epochs) * steps),
              accuracy: at.accuracy[net],
            })),
          };
        });
      } finally {
        tf.dispose(trained.parameters);
      }
    } finally {
      lesson.dispose();
      disposeImages(seen, validationTensors, testTensors, curveTensors);
      tf.dispose(initial);
    }
  },
});

let lastSmallImages: { readonly asked: string; readonly split: SplitImages } | undefined;

/**
 * The images of a split as students see them. The last split is kept, since reading and halving a whole set (three seconds)
 * would cost as much as training a narrow student, and one run of a notebook asks dozens of times.
 */
function smallImages(images: MimicImages): SplitImages {
  const asked = JSON.stringify(images);
  if (lastSmallImages?.asked !== asked) {
    const { pool, validation, test } = splitImages(readImageSet(images.set), images);
    const small = (part: LabelledImages): LabelledImages => halvedTimes(part, images.halvings);
    lastSmallImages = { asked, split: { pool: small(pool), validation: small(validation), test: small(test) } };
  }
  return lastSmallImages.split;
}

/** The net of a student for inputs and classes of these numbers. */
export function studentArchitecture(student: StudentShape, inputWidth: number, outputWidth: number): Architecture {
  const { hiddenWidth, bottleneckWidth } = student;
  return bottleneckWidth === null
    ? fullyConnected({ inputWidth, hiddenWidths: [hiddenWidth], outputWidth, initialisation: heNormal })
    : linearBottleneck({ inputWidth, bottleneckWidth, hiddenWidth, outputWidth });
}

/** Epochs over `count` images that take as many steps as `passes` over the labelled ones. @throws RangeError if none do */
export function schedule(parameters: StudentParameters, count: number): { epochs: number; steps: number } {
  const { images, passes, batchSize } = parameters;
  const steps = passes * Math.floor(images.labelled / batchSize);
  const epochs = steps / Math.floor(count / batchSize);
  if (!Number.isInteger(epochs)) {
    throw new RangeError(
      `${passes} passes over ${images.labelled} images in batches of ${batchSize} are ${steps} steps, ` +
        `which is no whole number of passes over ${count} images`,
    );
  }
  return { epochs, steps };
}

/** The initial weights of every student, each drawn by itself, on one leading axis. */
function initialParameters(architecture: Architecture, keys: Key, seeds: readonly number[]): Tensor[] {
  const each = seeds.map((seed) => architecture.parameters(foldIn(foldIn(keys, "initial"), seed), 1));
  const stacked = each[0].map((_, index) => tf.concat(each.map((parameters) => parameters[index])));
  tf.dispose(each);
  return stacked;
}

async function prepareLesson(parameters: StudentParameters, pool: LabelledImages): Promise<Lesson> {
  const { images, target, seeds } = parameters;
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
  const statistics = logitStatistics(logits, classes, labelled);
  const taught = standardisedLogits(logits.subarray(0, count * classes), statistics);
  const test = standardisedLogits(meanAnswer(at.map((row) => unpacked(row.testLogits))), statistics);
  return { taught: disordered(taught, classes, disorder, disorderKey), test, statistics };
}

function labelLesson({ labels, classes, count }: LabelledImages): Lesson {
  const tensor = tf.tensor1d(Int32Array.from(labels), "int32");
  return {
    loss: labelLoss({ labels: tensor, classes }),
    count,
    read: (outputs) => outputs,
    testTargets: null,
    dispose: () => tf.dispose(tensor),
  };
}

/** The outputs of every net for every image, [images, classes] a net. */
async function outputsOf(
  architecture: Architecture,
  parameters: readonly Tensor[],
  { images, classes }: LabelledTensors,
): Promise<Float32Array[]> {
  const outputs = architecture.output(parameters, images);
  const values = (await outputs.data()) as Float32Array;
  tf.dispose(outputs);
  const length = images.shape[0] * classes;
  return Array.from({ length: parameters[0].shape[0] }, (_, net) => values.slice(net * length, (net + 1) * length));
}

function errors(outputs: Float32Array, targets: Float32Array, classes: number): Float32Array {
  const found = new Float32Array(outputs.length / classes);
  outputs.forEach((output, i) => (found[Math.floor(i / classes)] += (output - targets[i]) ** 2 / classes));
  return found;
}
