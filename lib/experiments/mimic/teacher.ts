import * as tf from "@tensorflow/tfjs";
import { imageSetChecksums, type LabelledImages, readImageSet } from "../../datasets";
import type { Tensor } from "../../engine";
import { type Architecture, type Convolution, convolutional } from "../../nets";
import { foldIn, key } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { decayingAdam, descend, evaluate, labelLoss } from "../../train";
import {
  type ChannelStatistics,
  channelStatistics,
  disposeImages,
  joined,
  type MimicImages,
  mirror,
  slice,
  splitImages,
  standardised,
} from "./images";
import { packed } from "./packed";
import { anything, demand, listOf, onesAndZeros, record, whole } from "../../theory/demand-parts";

/** How a convolutional teacher is built and trained. */
export interface TeacherSettings {
  readonly convolutions: readonly Convolution[];
  readonly hiddenWidths: readonly number[];
  /** Of Adam at the first step; it falls to 0 at the last. */
  readonly learningRate: number;
  readonly batchSize: number;
  /** Passes over the labelled images, and over their mirror images where the set allows. */
  readonly epochs: number;
  /** Epochs after which the teacher is asked for its answers, besides the last; multiples of a quarter. */
  readonly checkpoints: readonly number[];
}

export interface TeacherParameters {
  readonly images: MimicImages;
  readonly teacher: TeacherSettings;
  /** Tells the teachers apart: own initial weights, own order of batches. */
  readonly member: number;
}

/** A teacher at one moment of its training. */
export interface TeacherRow {
  readonly epoch: number;
  readonly validationAccuracy: number;
  readonly testAccuracy: number;
  /** Number of weights and biases. */
  readonly parameters: number;
  /** Its logits, [images, classes], `packed`: of the labelled images and, after the last epoch, of the extra ones too. */
  readonly logits: string;
  /** Its logits of the test images. */
  readonly testLogits: string;
  /** One character a test image: 1 where the largest logit is its class. */
  readonly correct: string;
}

/** Images that are pushed through a convolutional net at once: so few that their maps stay in the processor's cache. */
const chunk = 100;

/**
 * A convolutional net trained on labels (of photographs, on their mirror images too), and its logits. One row a checkpoint,
 * the last for the finished net.
 */
export const mimicTeacher: Experiment<TeacherParameters, TeacherRow> = defineExperiment({
  name: "mimic-teacher",
  source: __filename,
  data: Object.values(imageSetChecksums).flat(),
  async run({ images, teacher, member }: TeacherParameters, report) {
    const set = readImageSet(images.set);
    const split = splitImages(set, images);
    const statistics = channelStatistics(split.pool, images.labelled);
    const labelled = slice(split.pool, 0, images.labelled);
    const training = standardised(set.mirrored ? joined(labelled, mirror(labelled)) : labelled, statistics);
    const validation = standardised(slice(split.validation, 0, Math.min(500, images.validation)), statistics);
    const [rows, columns, channels = 1] = split.pool.shape;
    const { convolutions, hiddenWidths } = teacher;
    const architecture = convolutional({
      inputShape: [rows, columns, channels],
      convolutions,
      hiddenWidths,
      outputWidth: split.pool.classes,
    });
    const answersOf = (parameters: readonly Tensor[], asked: LabelledImages): Float32Array =>
      answers(architecture, parameters, asked, statistics);
    const keys = foldIn(foldIn(key(images.seed), "teacher"), member);
    const initial = architecture.parameters(foldIn(keys, "initial"), 1);
    const batches = Math.floor(training.labels.shape[0] / teacher.batchSize);
    const found: TeacherRow[] = [];
    const due = new Set([...teacher.checkpoints, teacher.epochs]);
    let evaluations = 0;
    try {
      const { parameters } = await descend({
        architecture,
        parameters: initial,
        optimiser: decayingAdam(teacher.learningRate, batches * teacher.epochs),
        inputs: training.images,
        loss: labelLoss(training),
        batchSize: teacher.batchSize,
        epochs: teacher.epochs,
        evaluationsPerEpoch: 4,
        key: foldIn(keys, "batches"),
        report: ({ fraction }) => report(0.9 * fraction),
        evaluate: async (current) => {
          const evaluation = await evaluate(architecture, current, validation, chunk);
          const epoch = evaluations++ / 4;
          if (due.has(epoch)) {
            const seen = epoch === teacher.epochs ? split.pool : labelled;
            const testLogits = answersOf(current, split.test);
            const correct = correctness(testLogits, split.test);
            found.push({
              epoch,
              validationAccuracy: evaluation.accuracy[0],
              testAccuracy: shareOfOnes(correct),
              parameters: current.reduce((sum, parameter) => sum + parameter.size, 0),
              logits: packed(answersOf(current, seen)),
              testLogits: packed(testLogits),
              correct,
            });
          }
          return evaluation;
        },
      });
      tf.dispose(parameters);
      return found;
    } finally {
      disposeImages(training, validation);
      tf.dispose(initial);
    }
  },
});

function answers(
  architecture: Architecture,
  parameters: readonly Tensor[],
  images: LabelledImages,
  statistics: ChannelStatistics,
): Float32Array {
  const classes = architecture.outputWidth;
  const found = new Float32Array(images.count * classes);
  for (let from = 0; from < images.count; from += chunk) {
    const tensors = standardised(slice(images, from, Math.min(from + chunk, images.count)), statistics);
    const logits = architecture.output(parameters, tensors.images);
    found.set(logits.dataSync(), from * classes);
    tf.dispose(logits);
    disposeImages(tensors);
  }
  return found;
}

/** One character an image: 1 where the largest of its logits is its class, else 0. */
export function correctness(logits: Float32Array, images: LabelledImages): string {
  demand("logits", logits, listOf(anything));
  demand("images", images, record<LabelledImages>({ classes: whole(1), count: whole(1), labels: listOf(whole(0)) }));
  const { classes, count, labels } = images;
  if (logits.length !== count * classes) {
    throw new RangeError(
      `${count} images of ${classes} classes have ${count * classes} logits; given ${logits.length}`,
    );
  }
  if (labels.length !== count) throw new RangeError(`${count} images have as many labels; given ${labels.length}`);
  return Array.from(labels, (label, image) => {
    if (!(label < classes)) throw new RangeError(`image ${image} has the label ${label}; there are ${classes} classes`);
    const own = logits[image * classes + label];
    for (let other = 0; other < classes; other++) {
      const value = logits[image * classes + other];
      // A value that is no number answers nothing; of equals the first counts.
      if (!(value <= own) || (value === own && other < label)) return "0";
    }
    return "1";
  }).join("");
}

/** The share of ones in a text of ones and zeros. */
export function shareOfOnes(text: string): number {
  demand("text", text, onesAndZeros);
  return text.replaceAll("0", "").length / text.length;
}
