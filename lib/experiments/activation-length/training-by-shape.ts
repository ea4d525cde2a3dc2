import { mnistChecksums } from "../../datasets";
import { fullyConnected, heNormal } from "../../nets";
import { foldIn, key } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { sumOfInverseWidths } from "../../theory";
import { trainOneByOne, type TrainingOutcome, type TrainingSettings } from "./training-run";

/** One family of shapes: a pattern of widths repeated to several depths. */
export interface TrainingByShapeParameters {
  /** Hidden widths that repeat from the input on: [20] is constant width, [30, 10] alternates. */
  readonly pattern: readonly number[];
  readonly depths: readonly number[];
  /** Independent nets of each depth. */
  readonly nets: number;
  readonly settings: TrainingSettings;
}

export interface TrainingByShapeRow extends TrainingOutcome {
  readonly pattern: readonly number[];
  readonly depth: number;
  /** Σ 1/n over the hidden layers. */
  readonly sumOfInverseWidths: number;
  readonly net: number;
}

/** The hidden widths of a pattern repeated to a depth. @throws RangeError for an empty pattern or a depth below 1. */
export function widthsOfPattern(pattern: readonly number[], depth: number): number[] {
  if (pattern.length === 0) throw new RangeError("a pattern needs at least one width");
  if (!Number.isInteger(depth) || depth < 1)
    throw new RangeError(`a depth is a whole number of at least 1; given ${depth}`);
  return Array.from({ length: depth }, (_, layer) => pattern[layer % pattern.length]);
}

/**
 * Epochs to an accuracy on MNIST against depth and against Σ 1/n, per shape: fully connected ReLU nets, He normal weights
 * throughout (Hanin & Rolnick 2018, on their second failure mode).
 */
export const trainingByShape: Experiment<TrainingByShapeParameters, TrainingByShapeRow> = defineExperiment({
  name: "training-by-shape",
  source: __filename,
  data: mnistChecksums,
  async run({ pattern, depths, nets, settings }: TrainingByShapeParameters, report) {
    const initial = foldIn(foldIn(key(settings.seed), "initial weights"), pattern.join("-"));
    const shapes = depths.map((depth) => ({ depth, hiddenWidths: widthsOfPattern(pattern, depth) }));
    const trained = shapes.map(({ depth, hiddenWidths }) => ({
      architecture: fullyConnected({ inputWidth: 784, hiddenWidths, outputWidth: 10, initialisation: heNormal }),
      key: foldIn(initial, depth),
      depth,
    }));
    const outcomes = await trainOneByOne(trained, nets, settings, report);
    return shapes.flatMap(({ depth, hiddenWidths }, index) => {
      const shared = { pattern, depth, sumOfInverseWidths: sumOfInverseWidths(hiddenWidths) };
      return outcomes[index].map((outcome, net) => ({ ...shared, net, ...outcome }));
    });
  },
});
