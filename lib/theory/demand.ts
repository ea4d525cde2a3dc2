/**
 * A finite number, or the reader is told what is wrong with it.
 * @throws TypeError if `value` is not a number; RangeError if it is NaN or infinite.
 */
export function demandFinite(name: string, value: number): number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number; it is ${describe(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite; it is ${value}`);
  return value;
}

/** @throws RangeError unless `value` is finite and at least 0. */
export function demandNotNegative(name: string, value: number): number {
  if (demandFinite(name, value) < 0) throw new RangeError(`${name} must be at least 0; it is ${value}`);
  return value;
}

/** @throws RangeError unless `value` is finite and above 0. */
export function demandPositive(name: string, value: number): number {
  if (demandFinite(name, value) <= 0) throw new RangeError(`${name} must be above 0; it is ${value}`);
  return value;
}

/** @throws RangeError unless `value` is a whole number of at least `least` (1 unless told). */
export function demandCount(name: string, value: number, least = 1): number {
  if (!Number.isSafeInteger(demandFinite(name, value)) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}; it is ${value}`);
  }
  return value;
}

/** @throws RangeError for a count above 2^53 − 1, which no longer has a last digit */
export function demandExactCount(name: string, value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`${name} would be ${value}, too large to be counted exactly (at most 2^53 − 1)`);
}

/** @throws RangeError unless `value` is a probability strictly between 0 and 1. */
export function demandOpenUnit(name: string, value: number): number {
  if (!(demandFinite(name, value) > 0 && value < 1)) throw new RangeError(`${name} must lie in (0, 1); it is ${value}`);
  return value;
}

/** @throws TypeError if `values` is no array; RangeError if it has fewer than `least` numbers or one that is not finite. */
export function demandNumbers(name: string, values: ArrayLike<number>, least = 1): ArrayLike<number> {
  if (typeof values !== "object" || values === null || typeof values.length !== "number") {
    throw new TypeError(`${name} must be an array of numbers; it is ${describe(values)}`);
  }
  if (values.length < least)
    throw new RangeError(`${name} must hold at least ${least} numbers; it holds ${values.length}`);
  // Names are written for what is wrong only: most arrays are long and right.
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) demandFinite(`${name}[${i}]`, values[i]);
  return values;
}

/** Layer widths: a non-empty array of whole numbers of at least 1. @throws TypeError, RangeError */
export function demandWidths(name: string, widths: readonly number[]): readonly number[] {
  const isArray: boolean = Array.isArray(widths);
  if (!isArray) throw new TypeError(`${name} must be an array of widths; it is ${describe(widths)}`);
  if (widths.length === 0) throw new RangeError(`${name} is empty; give the width of at least one layer`);
  widths.forEach((width: number, layer) => demandCount(`${name}[${layer}]`, width));
  return widths;
}

function describe(value: unknown): string {
  return value === null ? "null" : typeof value === "string" ? JSON.stringify(value) : typeof value;
}
