import { type LabelledImages, mnistChecksums } from "../../datasets";
import { distanceToBoundary, regionsOnLine, regionsOnSegment } from "../../measure/linear-regions";
import type { PiecewiseLinearNet } from "../../nets/piecewise-linear";
import { foldIn, key, permutation } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { expectedRegionsOnSegment, jackknife, lineThrough, meanBoundaryDistance } from "../../theory";
import { demand, listOf, notNegative, oneOf } from "../../theory/demand-parts";
import { densityAt } from "./distance-to-boundary";
import { imagePoint, type MnistNets, mnistWidth, trainMnistNets } from "./mnist-nets";
import type { RegionComparison } from "./regions-on-line";
import { inRowSpace } from "./row-space";
import { trainingRows } from "./rows";

/** Nets to train, and how much of each to look at. */
export interface TrainingRegions extends MnistNets {
  /** Segments and lines, each through two test images; every image occurs once. */
  readonly lines: number;
  /** Test images whose distance to the nearest boundary is measured. */
  readonly points: number;
}

/** One net at one moment of its training. */
export interface TrainingRow {
  readonly net: number;
  readonly epoch: number;
  /** On the test images, 0 to 1. */
  readonly accuracy: number;
  /** Mean over the segments between two test images. */
  readonly segmentRegions: number;
  /** Mean over the whole lines through the same images. */
  readonly lineRegions: number;
  /** Mean over test images of the distance to the nearest boundary, in input space (pixels from 0 to 1). */
  readonly distance: number;
  /** What infinite width predicts of untrained nets, for the same segments and images. */
  readonly predicted: { readonly segmentRegions: number; readonly distance: number };
}

/** Trains ReLU nets on MNIST and counts their regions along lines through data on the way. One row a net and moment. */
export const regionsWhileTraining: Experiment<TrainingRegions, TrainingRow> = defineExperiment({
  name: "linear-regions-while-training",
  source: __filename,
  data: mnistChecksums,
  async run(parameters: TrainingRegions, report) {
    const { snapshots, test } = await trainMnistNets(parameters, (fraction) => report(fraction / 2));
    const places = dataPlaces(parameters, test);
    const predicted = predictions(parameters, places);
    return snapshots.flatMap(({ epoch, nets, accuracy }, index) => {
      const rows = nets.map((net, place): TrainingRow => {
        return { net: place, epoch, accuracy: accuracy[place], ...counts(net, places), predicted };
      });
      report(0.5 + (index + 1) / snapshots.length / 2);
      return rows;
    });
  },
});

interface Places {
  readonly pairs: readonly (readonly [Float64Array, Float64Array])[];
  readonly points: readonly Float64Array[];
}

/** Pairs of test images, and single ones, that a net of these parameters is looked at. */
function dataPlaces({ seed, lines, points }: TrainingRegions, test: LabelledImages): Places {
  if (test.count < Math.max(2 * lines, points)) {
    throw new RangeError(`${lines} lines and ${points} points need more than ${test.count} test images.`);
  }
  const order = permutation(foldIn(key(seed), "lines"), test.count);
  const image = (index: number): Float64Array => imagePoint(test, order[index]);
  return {
    pairs: Array.from({ length: lines }, (_, index) => [image(2 * index), image(2 * index + 1)] as const),
    points: Array.from({ length: points }, (_, index) => image(index)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function counts(
  net: PiecewiseLinearNet,
  { pairs, points }: Places,
): Pick<TrainingRow, "segmentRegions" | "lineRegions" | "distance"> {
  const seen = inRowSpace(net);
  const whole = (from: Float64Array, to: Float64Array): number =>
    regionsOnLine(
      net,
      from,
      to.map((value, pixel) => value - from[pixel]),
    ).regions;
  return {
    segmentRegions: meanOf(pairs.map(([from, to]) => regionsOnSegment(net, from, to).regions)),
    lineRegions: meanOf(pairs.map(([from, to]) => whole(from, to))),
    distance: meanOf(points.map((point) => distanceToBoundary(seen.net, seen.coordinates(point)).distance)),
  };
}

function predictions({ hiddenWidths, sigmaB }: TrainingRegions, { pairs, points }: Places): TrainingRow["predicted"] {
  const nets = { inputWidth: mnistWidth, hiddenWidths, sigmaB };
  return {
    segmentRegions: meanOf(pairs.map(([from, to]) => expectedRegionsOnSegment(nets, lineThrough(from, to)))),
    distance: meanOf(points.map((point) => meanBoundaryDistance(densityAt(nets, Math.hypot(...point))))),
  };
}

/** What a claim is about: one number a net, the value after an epoch over the value before training. */
export type TrainedQuantity = "segmentRegions" | "lineRegions" | "distance";

/**
 * A quantity after `epoch` epochs over the same nets' before training: the ratio of the two means over nets, every net
 * counting once, with the jackknife's standard error over nets.
 * @param runs rows of one or several shapes
 */
export function trainedOverInitial(
  runs: readonly (readonly TrainingRow[])[],
  epoch: number,
  quantity: TrainedQuantity = "segmentRegions",
): Omit<RegionComparison, "predicted"> {
  demand("runs", runs, listOf(trainingRows));
  demand("epoch", epoch, notNegative);
  demand("quantity", quantity, oneOf("segmentRegions", "lineRegions", "distance"));
  const pairs = runs.map((rows) => {
    const at = (moment: number): number[] => rows.filter((row) => row.epoch === moment).map((row) => row[quantity]);
    const [initial, trained] = [at(0), at(epoch)];
    if (initial.length === 0 || trained.length !== initial.length) {
      const seen = [...new Set(rows.map((row) => row.epoch))].join(", ");
      throw new RangeError(`the nets were not looked at after both 0 and ${epoch} epochs; the rows are of ${seen}.`);
    }
    return { initial, trained };
  });
  const [initial, trained] = [pairs.flatMap((one) => one.initial), pairs.flatMap((one) => one.trained)];
  const { corrected, standardError } = jackknife([trained, initial], ([after, before]) => after / before);
  return { measured: corrected, standardError, degreesOfFreedom: initial.length - 1 };
}
