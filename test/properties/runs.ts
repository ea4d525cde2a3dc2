/** What random inputs are drawn from, so that a run repeats. */
const seed = 20161206;

/**
 * How fast-check runs a property: always on the same inputs; `FATHOM_PROPERTY_RUNS` times as many in `npm run soak`.
 * @param inCi inputs in CI
 */
export function runs(inCi: number): { seed: number; numRuns: number } {
  return { seed, numRuns: inCi * Number(process.env["FATHOM_PROPERTY_RUNS"] ?? 1) };
}
