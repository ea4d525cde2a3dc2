import { upperProbability } from "../../lib/report/tail-probability";
import { normalQuantile } from "../../lib/theory/statistics";
import type { Observed } from "./record";
import { mean, meanOfScores, normalLaw, notTooSmall, spreadOfScores, variance } from "./law-tests";

/** Below so many runs a law is not tested. */
export const fewestRuns = 5;

/** A test of something that the claims state about themselves. */
export interface LawTest {
  readonly law: string;
  readonly pValue: number;
}

/** One claim over all runs. */
export interface ClaimReport {
  readonly id: string;
  readonly runs: number;
  readonly holds: number;
  readonly fails: number;
  readonly unresolved: number;
  /** Mean and standard deviation of its scores, 0 and 1 by the stated law; null for claims that are no such comparison. */
  readonly scores: { readonly mean: number; readonly spread: number } | null;
  /** Whether its measurement changes with the keys. */
  readonly random: boolean;
  readonly tests: readonly LawTest[];
}

/** A claim as its runs found it, and tests of the law that it states. */
export function claimReport(id: string, observed: readonly Observed[]): ClaimReport {
  const count = (verdict: string): number => observed.filter((one) => one.verdict === verdict).length;
  const random = new Set(observed.map(({ measured }) => measured)).size > 1;
  const scores = observed.map(normalScore).filter((score) => score !== null);
  const enough = random && observed.length >= fewestRuns;
  return {
    id,
    runs: observed.length,
    ...{ holds: count("holds"), fails: count("fails"), unresolved: count("unresolved") },
    scores: scores.length < 2 || !random ? null : { mean: mean(scores), spread: Math.sqrt(variance(scores)) },
    random,
    tests: enough ? lawTests(observed, scores) : [],
  };
}

function lawTests(observed: readonly Observed[], scores: readonly number[]): LawTest[] {
  if (scores.length === observed.length) {
    return [
      { law: "normal scores", pValue: normalLaw(scores) },
      { law: "mean of scores 0", pValue: meanOfScores(scores) },
      { law: "spread of scores 1", pValue: spreadOfScores(scores) },
    ];
  }
  const pValues = observed.map(({ evidence }) => (evidence.kind === "agreement" ? evidence.pValue : null));
  const known = pValues.filter((pValue) => pValue !== null);
  if (known.length < observed.length) return [];
  return [{ law: "p not too small", pValue: notTooSmall(known) }];
}

/** The quantile is infinite for smaller chances; 7.9 standard errors are enough for any test. */
const farthest = 1e-15;

/**
 * The deviation of a two-sided comparison as a standard normal score: (measured − predicted)/standard error, taken through
 * Student's t where that is its law. Null for every other claim: a bound is cleared by far, an exact value has no law.
 */
export function normalScore({
  evidence,
  predicted,
  measured,
  standardError,
  degreesOfFreedom,
}: Observed): number | null {
  if (evidence.kind !== "agreement" || standardError === null) return null;
  if (typeof predicted === "string" || typeof measured === "string") return null;
  const z = (measured - predicted) / standardError;
  if (degreesOfFreedom === null) return z;
  const tail = upperProbability(Math.abs(z), degreesOfFreedom);
  return z === 0 ? 0 : -Math.sign(z) * normalQuantile(Math.max(tail, farthest));
}
