import { rankedUpperBound } from "../../theory";
import { demandCount } from "../../theory/demand";

/** A net that was counted. */
export interface CountedNet {
  readonly inputWidth: number;
  readonly hiddenWidths: readonly number[];
  readonly regions: number;
}

/** The largest, over nets, of the regions counted over Serra et al.'s upper bound for the net's widths: at most 1. */
export function worstUpperBoundRatio(nets: readonly CountedNet[]): number {
  if (nets.length === 0) throw new RangeError("there are no nets to hold against the bound");
  return nets.reduce((worst, { inputWidth, hiddenWidths, regions }) => {
    return Math.max(worst, demandCount("regions", regions) / Number(rankedUpperBound(inputWidth, hiddenWidths)));
  }, 0);
}
