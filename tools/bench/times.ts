/** The median; of an even count, the mean of the two in the middle. @throws RangeError of nothing */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("There is no median of nothing.");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A ratio of times, of each round its own: what slows a machine for a while slows both sides of a round. */
export interface PairedRatio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Ours over theirs, round by round. @throws RangeError unless there is one time of each a round */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): PairedRatio {
  if (ours.length !== theirs.length) {
    throw new RangeError(`${ours.length} times of ours and ${theirs.length} of theirs are no pairs.`);
  }
  const ratios = ours.map((seconds, round) => seconds / theirs[round]);
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
