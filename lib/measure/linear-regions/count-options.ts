/** Options of every count. */
export interface CountOptions {
  /** More regions than this are an error, so that a large net cannot fill the memory; default 5 million. */
  readonly maximumRegions?: number;
}

const defaultMaximum = 5_000_000;

/** The limit that `options` set. Throws RangeError unless it is a whole number ≥ 1. */
export function checkMaximum(options: CountOptions): number {
  const { maximumRegions = defaultMaximum } = options;
  if (!Number.isSafeInteger(maximumRegions) || maximumRegions < 1) {
    throw new RangeError(`maximumRegions is a whole number ≥ 1; given ${maximumRegions}.`);
  }
  return maximumRegions;
}

/** The error of a count that passed its limit; `remedy` is what else would help. */
export function tooMany(found: number, maximum: number, remedy: string): RangeError {
  return new RangeError(
    `At least ${found} regions, and ${maximum} are the limit. ${remedy}, or raise the option maximumRegions.`,
  );
}
