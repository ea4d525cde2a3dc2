/** Values beyond this are refused: their squares and products would overflow, and signs and tolerances be wrong. */
const largestValue = 1e100;

/** @throws RangeError where values of this size, NaN included, are too large to count with */
export function checkSize(size: number): void {
  if (size <= largestValue) return;
  throw new RangeError(
    `The values on the way through the net reach ${size}; beyond ±1e100 counts would be wrong. Scale the net or the inputs.`,
  );
}
