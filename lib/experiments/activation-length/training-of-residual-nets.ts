import { mnistChecksums } from "../../datasets";
import { residual } from "../../nets";
import { foldIn, key } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { residualLengthRatio } from "../../theory";
import { trainOneByOne, type TrainingOutcome, type TrainingSettings } from "./training-run";

/** One rule for the scales of the blocks, at several numbers of blocks. */
export interface TrainingOfResidualNetsParameters {
  /** η_l = base^l, l = 1, 2, …: below 1 the sum of the scales converges, at 1 it grows with depth. In (0, 1]. */
  readonly base: number;
  readonly blocks: readonly number[];
  /** Width of the stream and of the one ReLU layer inside a block. */
  readonly width: number;
  /** Independent nets at each number of blocks. */
  readonly nets: number;
  readonly settings: TrainingSettings;
}

export interface TrainingOfResidualNetsRow extends TrainingOutcome {
  readonly base: number;
  readonly blocks: number;
  /** Σ η_l, which the paper asks to stay bounded. */
  readonly sumOfScales: number;
  /** ln E[M_L]/M_0 = Σ ln(1 + η_l²). */
  readonly logExpectedGrowth: number;
  readonly net: number;
}

/** η_1, …, η_blocks with η_l = base^l. @throws RangeError unless base is in (0, 1] and blocks a whole number from 1. */
export function scalesOfBlocks(base: number, blocks: number): number[] {
  if (!(base > 0 && base <= 1)) throw new RangeError(`the base of the scales lies in (0, 1]; given ${base}`);
  if (!Number.isInteger(blocks) || blocks < 1) throw new RangeError(`blocks is a whole number from 1; given ${blocks}`);
  return Array.from({ length: blocks }, (_, block) => base ** (block + 1));
}

/**
 * Epochs to an accuracy on MNIST against the number of residual blocks, per rule for their scales: blocks of one ReLU layer
 * that end linearly, x + η W₂ relu(W₁ x), He weights before the ReLU (Hanin & Rolnick 2018).
 */
export const trainingOfResidualNets: Experiment<TrainingOfResidualNetsParameters, TrainingOfResidualNetsRow> =
  defineExperiment({
    name: "training-of-residual-nets",
    source: __filename,
    data: mnistChecksums,
    async run({ base, blocks, width, nets, settings }: TrainingOfResidualNetsParameters, report) {
      const initial = foldIn(foldIn(key(settings.seed), "initial weights"), `base ${base}`);
      const stacks = blocks.map((count) => ({ count, scales: scalesOfBlocks(base, count) }));
      const trained = stacks.map(({ count, scales }) => ({
        architecture: residual({ inputWidth: 784, width, scales, outputWidth: 10 }),
        key: foldIn(initial, count),
        depth: count,
      }));
      const outcomes = await trainOneByOne(trained, nets, settings, report);
      return stacks.flatMap(({ count, scales }, index) => {
        const shared = {
          base,
          blocks: count,
          sumOfScales: scales.reduce((sum, scale) => sum + scale, 0),
          logExpectedGrowth: Math.log(residualLengthRatio(scales)),
        };
        return outcomes[index].map((outcome, net) => ({ ...shared, net, ...outcome }));
      });
    },
  });
