import { holm, sameLawTests } from "../lib/theory";
import type { Summary } from "./workload";

/** The chance of calling two samples of one law different, over all the tests of one comparison. */
const level = 1e-6;

/**
 * Throws unless the independent samples under each name may have one law: distribution and first four moments, corrected
 * together.
 *
 * @throws Error that says which test of which sample fails
 */
export function demandSameLaw(ours: Summary, theirs: Summary): void {
  const tests = Object.entries(theirs).flatMap(([name, value]) => {
    const found = ours[name];
    if (!Array.isArray(value) || !Array.isArray(found)) throw new Error(`${name}: expected a sample of each side`);
    return sameLawTests(found as number[], value as number[]).map((test) => ({ ...test, name }));
  });
  holm(tests.map(({ pValue }) => pValue)).forEach((corrected, index) => {
    const { name, of, pValue } = tests[index];
    if (!(corrected >= level)) throw new Error(`${name}: the two laws differ in their ${of}, p = ${pValue}`);
  });
}
