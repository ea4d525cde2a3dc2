import { type LabelledImages, mnistChecksums } from "../../datasets";
import { type Plane, planeThroughPoints, regionsInWindow } from "../../measure/linear-regions";
import { defineExperiment, type Experiment } from "../../sweep";
import { imagePoint, type MnistNets, trainMnistNets } from "./mnist-nets";
import { type Mosaic, mosaicOf } from "./mosaic";

/** A net to train, and the plane to cut it along. */
export interface MnistSlices extends MnistNets {
  /** Three different digits: the plane goes through the first test image of each. */
  readonly digits: readonly [number, number, number];
}

/** The slice at one moment of the training. Coordinates are lengths in input space, the triangle's middle at (0, 0). */
export interface SliceRow extends Mosaic {
  readonly epoch: number;
  /** On the test images. */
  readonly accuracy: number;
  readonly regions: number;
  readonly digits: { readonly label: number; readonly x: number; readonly y: number }[];
}

/** Regions of one net in a square about three digits, before and after training. One row a moment. */
export const slicesWhileTraining: Experiment<MnistSlices, SliceRow> = defineExperiment({
  name: "linear-regions-slices",
  source: __filename,
  data: mnistChecksums,
  async run(parameters: MnistSlices, report) {
    const { snapshots, test } = await trainMnistNets(parameters, (fraction) => report(fraction / 2));
    const { plane, center, halfSide, digits } = viewOfDigits(test, parameters.digits);
    const [s, t] = center;
    return snapshots.map(({ epoch, nets: [net], accuracy }, index): SliceRow => {
      const slice = regionsInWindow(net, plane, [s - halfSide, s + halfSide, t - halfSide, t + halfSide]);
      report(0.5 + (index + 1) / snapshots.length / 2);
      return { epoch, accuracy: accuracy[0], regions: slice.count, ...mosaicOf(slice, center), digits };
    });
  },
});

interface View {
  readonly plane: Plane;
  readonly center: readonly [number, number];
  readonly halfSide: number;
  readonly digits: SliceRow["digits"];
}

/** The plane of three images, and a square in it that holds them with some room. */
function viewOfDigits(test: LabelledImages, labels: MnistSlices["digits"]): View {
  const [a, b, c] = labels.map((label) => {
    const place = test.labels.indexOf(label);
    if (place < 0) throw new RangeError(`none of the ${test.count} test images shows a ${label}.`);
    return imagePoint(test, place);
  });
  const { plane, corners } = planeThroughPoints(a, b, c);
  const middle = (axis: 0 | 1): number => (corners[0][axis] + corners[1][axis] + corners[2][axis]) / 3;
  const center = [middle(0), middle(1)] as const;
  const digits = corners.map(([s, t], index) => ({ label: labels[index], x: s - center[0], y: t - center[1] }));
  const halfSide = 1.3 * Math.max(...digits.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
  return { plane, center, halfSide, digits };
}
