import type { Summary } from "./workload";

/**
 * Throws unless two summaries agree to rounding: each list in norm, to `tolerance` of theirs.
 *
 * @throws Error that says which numbers differ, by how much of them
 */
export function demandAgreement(ours: Summary, theirs: Summary, tolerance: number): void {
  for (const [name, value] of Object.entries(theirs)) {
    const [found, expected] = [listOf(ours[name]), listOf(value)];
    if (found.length !== expected.length) {
      throw new Error(`${name}: ${found.length} numbers of ours, ${expected.length} of theirs`);
    }
    const norm = Math.hypot(...expected);
    const difference = Math.hypot(...expected.map((number, i) => number - found[i])) / (norm === 0 ? 1 : norm);
    // Also where one is NaN.
    if (!(difference <= tolerance)) {
      throw new Error(`${name}: ours and theirs differ by ${difference} of them, more than ${tolerance}`);
    }
  }
}

function listOf(value: number | readonly number[] | undefined): readonly number[] {
  if (value === undefined) return [];
  return typeof value === "number" ? [value] : value;
}
