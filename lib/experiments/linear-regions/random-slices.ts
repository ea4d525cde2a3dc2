import { inputPlane, regionsInWindow } from "../../measure/linear-regions";
import { defineExperiment, type Experiment } from "../../sweep";
import { type Mosaic, mosaicOf } from "./mosaic";
import { randomNet } from "./random-nets";

/** Random nets of two inputs to look at, one a shape. */
export interface RandomSlices {
  readonly seed: number;
  readonly shapes: readonly (readonly number[])[];
  readonly sigmaB: number;
  /** h of the square [−h, h]². */
  readonly halfSide: number;
}

/** One net in the square. */
export interface RandomSliceRow extends Mosaic {
  readonly hiddenWidths: number[];
  readonly regions: number;
}

/** Regions of one random ReLU net of each shape in a square about the origin. One row a shape. */
export const randomSlices: Experiment<RandomSlices, RandomSliceRow> = defineExperiment({
  name: "linear-regions-random-slices",
  source: __filename,
  run({ seed, shapes, sigmaB, halfSide }: RandomSlices, report) {
    const rows = shapes.map((hiddenWidths, index): RandomSliceRow => {
      const net = randomNet({ seed, nets: shapes.length, inputWidth: 2, hiddenWidths, sigmaB }, index);
      const slice = regionsInWindow(net, inputPlane, [-halfSide, halfSide, -halfSide, halfSide]);
      report((index + 1) / shapes.length);
      return { hiddenWidths: [...hiddenWidths], regions: slice.count, ...mosaicOf(slice) };
    });
    return Promise.resolve(rows);
  },
});
