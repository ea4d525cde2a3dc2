import studentCdf from "@stdlib/stats-base-dists-t-cdf";
import { familyAlpha, largestTable } from "../../lib/report/verdict";
import { normalCdf } from "../../lib/theory/statistics";
import { fewestRuns, type LawTest } from "./claim-laws";
import type { Observed } from "./record";
import { binomialTail, lowerConfidenceLimit, mean, notTooSmall, variance } from "./law-tests";

/** What a planted violation is to be detected with, at least. */
export const leastDetection = 0.999;
/** From so many runs on a violation may be said to be detected too seldom. */
const enoughRuns = 10;

/** One claim under inputs or code that were broken on purpose, over all runs. */
export interface ViolationReport {
  /** The claim's id, with the number of the `breakIt` that shows it where there are several. */
  readonly id: string;
  readonly runs: number;
  /** How often the run would have turned red. */
  readonly detected: number;
  /** The chance of that is at least so large by the count alone, with 95 % confidence. */
  readonly counted: number;
  /** The computed chance that the next run detects it; null where nothing but the count is known. */
  readonly computed: number | null;
  /** Whether the chance is at least `leastDetection`; null while the runs are too few to say. */
  readonly enough: boolean | null;
  readonly tests: readonly LawTest[];
}

/**
 * A violation as its runs found it.
 *
 * A claim with a p-value against it is detected at the strictest level that a table of claims can have. The computed chance
 * is that of the next run: the strength √(−2 ln p), about the number of standard errors, is taken as normal, with the mean and
 * the spread of the runs (a spread of 1 at least, that of a z score), and Student's t for both being estimated. A claim of an
 * effect is detected unless its test sees one, which by the level of the test has the chance 5·10⁻⁵ where none is left; that p
 * is not too small is tested. What has no p-value is counted, or certain where it is the same under all keys.
 */
export function violationReport(id: string, observed: readonly Observed[]): ViolationReport {
  const runs = observed.length;
  const detected = observed.filter(isDetected).length;
  const computed = computedChance(observed);
  const tests: LawTest[] = [
    { law: "missed more often than 1 in 1000", pValue: binomialTail(runs - detected, runs, 1 - leastDetection) },
  ];
  const effects = pValuesOf(observed, "effect");
  if (effects.length === runs && runs >= fewestRuns) {
    tests.push({ law: "p without an effect not too small", pValue: notTooSmall(effects) });
  }
  const enough = computed === null ? null : computed >= leastDetection || (saysNo(observed) ? false : null);
  return { id, runs, detected, counted: lowerConfidenceLimit(detected, runs), computed, enough, tests };
}

const level = familyAlpha / largestTable;

function isDetected({ evidence, verdict }: Observed): boolean {
  if (evidence.kind === "effect") return evidence.pValue > familyAlpha;
  return evidence.kind === "certain" ? !evidence.holds : verdict === "fails";
}

function computedChance(observed: readonly Observed[]): number | null {
  if (pValuesOf(observed, "effect").length === observed.length) return 1 - familyAlpha;
  const found = strengths(observed);
  if (found !== null) {
    const { margin, spread, runs } = marginOf(found);
    const distance = margin / (spread * Math.sqrt(1 + 1 / runs));
    return runs < 2 ? normalCdf(distance) : studentCdf(distance, runs - 1);
  }
  const measured = new Set(observed.map((one) => one.measured));
  if (measured.size === 1 && observed.length > 1) return observed.every(isDetected) ? 1 : 0;
  return null;
}

/** Whether the chance is too small even when the mean and the spread of the runs are taken as known. */
function saysNo(observed: readonly Observed[]): boolean {
  const found = strengths(observed);
  if (found === null) return true;
  const { margin, spread, runs } = marginOf(found);
  return runs >= enoughRuns && normalCdf(margin / spread) < leastDetection;
}

/** How far the strengths lie beyond what the level asks for, on average, and how they vary. */
function marginOf(found: readonly number[]): { margin: number; spread: number; runs: number } {
  const spread = found.length < 2 ? 1 : Math.max(1, Math.sqrt(variance(found)));
  return { margin: mean(found) - strength(level), spread, runs: found.length };
}

/** The strengths of claims with a p-value against each; null for others. */
function strengths(observed: readonly Observed[]): number[] | null {
  const pValues = [...pValuesOf(observed, "agreement"), ...pValuesOf(observed, "one-sided")];
  return pValues.length === observed.length ? pValues.map(strength) : null;
}

/** √(−2 ln p): what lies beyond 1e-300 counts as 1e-300. */
function strength(pValue: number): number {
  return Math.sqrt(-2 * Math.log(Math.max(pValue, 1e-300)));
}

function pValuesOf(observed: readonly Observed[], kind: "agreement" | "one-sided" | "effect"): number[] {
  return observed.flatMap(({ evidence }) => (evidence.kind === kind ? [evidence.pValue] : []));
}
