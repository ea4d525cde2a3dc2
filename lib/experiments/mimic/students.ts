import * as tf from "@tensorflow/tfjs";
import { imageSetChecksums, type LabelledImages, type LabelledTensors, readImageSet } from "../../datasets";
import type { Tensor } from "../../engine";
import { type Architecture, fullyConnected, heNormal, linearBottleneck } from "../../nets";
import { foldIn, key } from "../../random";
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
import { disordered, type Disorder, logitStatistics, meanAnswer, standardisedLogits } from "./targets";
import { correctness, mimicTeacher, shareOfOnes, type TeacherParameters, type TeacherRow } from "./teacher";

/** What students are told. */
export type StudentTarget =
  | { readonly kind: "labels" }
  | {
      readonly kind: "logits";
      /** Their logits are averaged: one teacher, or an ensemble. */
      readonly teachers: readonly TeacherParameters[];
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
  /** Students of one group see the same batches. Groups and copies have the same initial weights under every target. */
  readonly group: number;
  /** Students in the group. */
  readonly copies: number;
}

/** One student, trained. */
export interface StudentRow {
  readonly group: number;
  readonly copy: number;
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

/** What a student is trained towards, and how its outputs are read. */
interface Lesson {
  readonly loss: BatchLoss;
  /** Images from the front of the pool that it is trained on. */
  readonly count: number;
  /** From outputs to logits. */
  readonly read: (outputs: Tensor) => Tensor;
  /** Standardised logits of the teacher for the test images, undisturbed; null for labels. */
  readonly testTargets: Float32Array | null;
  dispose(): void;
}

/** Shallow nets trained on labels, or on standardised logits with squared error; one row a student. */
export const mimicStudents: Experiment<StudentParameters, StudentRow> = defineExperiment({
  name: "mimic-students",
  source: __filename,
  data: Object.values(imageSetChecksums).flat(),
  async run(parameters: StudentParameters, report) {
    const { images, student, group, copies, batchSize } = parameters;
    const { pool, validation, test } = smallImages(images);
    const statistics = channelStatistics(pool, images.labelled);
    const lesson = await prepareLesson(parameters, pool);
    const seen = standardised(slice(pool, 0, lesson.count), statistics);
    const [validationTensors, testTensors] = [validation, test].map((part) => standardised(part, statistics));
    const curveTensors = standardised(slice(validation, 0, Math.min(curveImages, validation.count)), statistics);
    const architecture = studentArchitecture(student, seen.images.shape[1], pool.classes);
    const read = {
      ...architecture,
      output: (p: readonly Tensor[], x: Tensor) => lesson.read(architecture.output(p, x)),
    };
    const keys = foldIn(foldIn(key(images.seed), "students"), group);
    const initial = architecture.parameters(foldIn(keys, "initial"), copies);
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
        return Array.from({ length: copies }, (_, copy): StudentRow => {
          const correct = correctness(logits[copy], test);
          return {
            group,
            copy,
            parameters: finished.reduce((sum, parameter) => sum + parameter.size / copies, 0),
            steps: trained.steps,
            validationAccuracy: accuracy[copy],
            testAccuracy: shareOfOnes(correct),
            correct,
            logitErrors:
              lesson.testTargets === null ? "" : packed(errors(outputs[copy], lesson.testTargets, pool.classes)),
            curve: trained.history.map((at) => ({
              step: Math.round((at.epoch / epochs) * steps),
              accuracy: at.accuracy[copy],
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

async function prepareLesson(parameters: StudentParameters, pool: LabelledImages): Promise<Lesson> {
  const { images, target } = parameters;
  const { classes } = pool;
  if (target.kind === "labels") return labelLesson(slice(pool, 0, images.labelled));
  const at: TeacherRow[] = [];
  for (const teacher of target.teachers) at.push((await runExperiment(mimicTeacher, teacher)).at(target.checkpoint)!);
  const logits = meanAnswer(at.map((row) => unpacked(row.logits)));
  const count = target.images === "all" ? images.labelled + images.extra : images.labelled;
  if (logits.length < count * classes)
    throw new RangeError("an unfinished teacher was asked about the labelled images only");
  const statistics = logitStatistics(logits, classes, images.labelled);
  const taught = standardisedLogits(logits.subarray(0, count * classes), statistics);
  const disorder = foldIn(foldIn(key(images.seed), "disorder"), parameters.group);
  const targets = tf.tensor2d(disordered(taught, classes, target.disorder, disorder), [count, classes]);
  const [means, deviations] = [tf.tensor1d([...statistics.means]), tf.tensor1d([...statistics.deviations])];
  return {
    loss: squaredErrorLoss(targets),
    count,
    read: (outputs) => tf.tidy(() => tf.add(tf.mul(outputs, deviations), means)),
    testTargets: standardisedLogits(meanAnswer(at.map((row) => unpacked(row.testLogits))), statistics),
    dispose: () => tf.dispose([targets, means, deviations]),
  };
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
