import type { LabelledImages } from "fathom/datasets";
import * as experiments from "fathom/experiments";
import * as figures from "fathom/figures";
import { students, teacher } from "../../figures/mimic/made-up-rows";
import { ofRows, type Table } from "../table";

const images = (): LabelledImages => ({
  name: "two images",
  count: 2,
  shape: [2, 2, 3],
  classes: 3,
  pixels: Uint8Array.from({ length: 24 }, (_, i) => 5 * i),
  labels: Uint8Array.of(2, 0),
});
const checkpoint = (epoch: number, first: number, second: number, right: number) => ({
  epoch,
  teacher: new Map([
    [0, first],
    [1, second],
  ]),
  rows: students(right, 0.5),
});
const checkpoints = () => [checkpoint(1, 40, 44, 7), checkpoint(4, 60, 62, 9)];
const byWidth = (right: number, error: number | null) =>
  [100, 1000].map((parameters) => ({ width: parameters / 10, rows: students(right, error, parameters) }));
const arms = () => [
  { name: "logits", rows: students(11, 0.5) },
  { name: "labels", rows: students(8, null) },
];
const imageSet = () => ({
  name: "cifar10",
  title: "CIFAR-10",
  mirrored: true,
  classNames: ["cat", "dog", "truck"],
  train: images(),
  test: images(),
});
const asked = { set: "cifar10", labelled: 1, validation: 1, extra: 0, test: 1, halvings: 0, seed: 1 };

export const mimicAnalyses: Table = {
  accuracyByRate: ofRows(experiments.accuracyByRate, () => [students(7, null)]),
  accuracyOf: ofRows(experiments.accuracyOf, () => [students(7, null)]),
  bestRate: ofRows(experiments.bestRate, () => [students(7, null)]),
  compare: ofRows(
    experiments.compare,
    () => [
      [
        { rows: students(7, 0.5), weight: 1 },
        { rows: students(9, 0.4), weight: new Map([0, 1].map((seed) => [seed, -1])) },
      ],
      { measure: "logit error", given: false },
    ],
    { missing: "1 1.measure" },
  ),
  correctness: ofRows(experiments.correctness, () => [Float32Array.of(-1, 0.5, 4, 3, 2, -2), images()], {
    // A value that is no number answers nothing.
    nan: "0",
    infinity: "0",
  }),
  difference: ofRows(experiments.difference, () => [students(7, null), students(9, null), { measure: "accuracy" }]),
  judgedTeachers: ofRows(experiments.judgedTeachers, () => [[teacher(7), teacher(9)]]),
  packed: ofRows(experiments.packed, () => [Float32Array.of(1, 2)], {
    // What a net answers is kept as it is.
    nan: "0",
    infinity: "0",
    empty: "0",
  }),
  shareOfOnes: ofRows(experiments.shareOfOnes, () => ["1101"]),
  slopeOnTeacher: ofRows(experiments.slopeOnTeacher, () => [checkpoints(), { measure: "accuracy" }]),
  splitImages: ofRows(experiments.splitImages, () => [imageSet(), asked], { made: "0" }),
  unpacked: ofRows(experiments.unpacked, () => [experiments.packed(Float32Array.of(1, 2))], { wordless: "0" }),
};

export const mimicFigures: Table = {
  accuracyByParametersFigure: ofRows(
    figures.accuracyByParametersFigure,
    () => [
      { members: [teacher(12), teacher(14)], ensembleAccuracy: 0.8 },
      [
        { name: "students of labels", byWidth: byWidth(6, null) },
        { name: "students of logits", byWidth: byWidth(5, 0.4) },
      ],
      students(9, 0.3, 300),
    ],
    // Without a bottleneck.
    { empty: "2" },
  ),
  disorderFigure: ofRows(figures.disorderFigure, () => [arms(), 10]),
  gainByWidthFigure: ofRows(figures.gainByWidthFigure, () => [
    [
      { width: 16, labels: students(8, null), mimic: students(6, 0.8) },
      { width: 512, labels: students(9, null), mimic: students(12, 0.5) },
    ],
  ]),
  mimicByTeacherFigure: ofRows(figures.mimicByTeacherFigure, () => [checkpoints(), students(8, null)]),
  singleImagesFigure: ofRows(figures.singleImagesFigure, () => [
    { images: images(), classNames: ["cat", "dog", "truck"], logits: Float32Array.of(-1, 0.5, 4, 3, 2, -2) },
    [0, 1],
  ]),
  trainingCurvesFigure: ofRows(figures.trainingCurvesFigure, () => [arms()]),
};
