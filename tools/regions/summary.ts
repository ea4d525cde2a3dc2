/** The ends and the middle of a distribution. */
export interface Summary {
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

/** Smallest, middle and largest of at least one value. */
export function summaryOf(values: Float64Array): Summary {
  const sorted = values.slice().sort();
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { minimum: sorted[0], median, maximum: sorted[sorted.length - 1] };
}
