import type { Claim } from "./claim";
import { notebookProgress } from "./notebook-progress";

/** Measures what one or several claims are about, and makes them. */
export type ClaimTest = () => Claim | readonly Claim[] | Promise<Claim | readonly Claim[]>;

/**
 * Runs the tests one after the other, under a progress bar with this title, and gathers their claims in that order.
 * @throws RangeError for no tests; TypeError for a title that is no text
 */
export async function runClaims(title: string, tests: readonly ClaimTest[]): Promise<Claim[]> {
  if (typeof title !== "string") throw new TypeError(`runClaims: the title is text; given ${String(title)}.`);
  if (tests.length === 0) throw new RangeError(`${title}: expected tests of claims; given none.`);
  const progress = notebookProgress(title);
  const claims: Claim[] = [];
  for (const [index, test] of tests.entries()) {
    claims.push(...[await test()].flat());
    progress.update((index + 1) / tests.length);
  }
  progress.done();
  return claims;
}
