/** Throws RangeError unless `width` is a whole number ≥ 1. */
export function checkWidth(width: number, what: string): void {
  if (!Number.isSafeInteger(width) || width < 1) {
    throw new RangeError(`${what} is a whole number ≥ 1; given ${width}.`);
  }
}
