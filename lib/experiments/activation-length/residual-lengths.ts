import {
  addLengths,
  emptyLengthSums,
  type LengthStatistics,
  lengthStatistics,
  streamedResidualLengths,
} from "../../measure";
import type { BlockEnd } from "../../nets";
import { foldIn, key } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";

/** Many independent residual nets of one kind. */
export interface ResidualEnsemble {
  readonly seed: number;
  readonly nets: number;
  readonly width: number;
  /** η_1 … η_L. */
  readonly scales: readonly number[];
  readonly blockEnd: BlockEnd;
  /** "flat": every entry 1. "alternating": +1, −1, …, mean zero. Both have M_0 = 1. Default "flat". */
  readonly input?: "flat" | "alternating";
}

/** Weights of the nets that one key draws: a chunk's, which are used and forgotten layer by layer. */
const chunkNumbers = 2 ** 20;

/** Moments over nets of M after every residual block, every weight drawn: one row a block, the input's first. */
export const residualLengthMoments: Experiment<ResidualEnsemble, LengthStatistics> = defineExperiment({
  name: "residual-length-moments",
  source: __filename,
  run({ seed, nets, width, scales, blockEnd, input = "flat" }: ResidualEnsemble, report) {
    if (!Number.isSafeInteger(nets) || nets < 2) throw new RangeError(`nets is a whole number ≥ 2; given ${nets}.`);
    const shape = {
      inputWidth: width,
      width,
      scales,
      blockEnd,
      blockHiddenWidths: blockEnd === "linear" ? [width] : [],
    };
    const sums = emptyLengthSums(scales.length + 1);
    const chunk = Math.max(1, Math.floor(chunkNumbers / (2 * width * width * scales.length)));
    const start = Float32Array.from({ length: width }, (_, i) => (input === "alternating" && i % 2 === 1 ? -1 : 1));
    for (let first = 0, index = 0; first < nets; first += chunk, index++) {
      const size = Math.min(chunk, nets - first);
      addLengths(sums, streamedResidualLengths(foldIn(key(seed), index), { ...shape, nets: size, input: start }));
      report((first + size) / nets);
    }
    return Promise.resolve(lengthStatistics(sums));
  },
});
