import studentCdf from "@stdlib/stats-base-dists-t-cdf";
import studentQuantile from "@stdlib/stats-base-dists-t-quantile";
import { upperProbability } from "../../lib/report/tail-probability";
import { familyAlpha, largestTable } from "../../lib/report/verdict";
import { normalCdf, normalQuantile } from "../../lib/theory/statistics";
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
 * is that of the next run: its margin over that level is taken as normal, with the mean and the spread of the runs (at least
 * the one that the law of a single run has), and Student's t for both being estimated. A claim of an effect is detected unless
 * its test sees one, which by the level of the test has the chance 5·10⁻⁵ where none is left; that p is not too small is tested.
 * What has no p-value is counted, or certain where it is the same under all keys.
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
  return evidence.kind === "certain" ? !evidence.holds : verdict === "fails";
}

function computedChance(observed: readonly Observed[]): number | null {
  if (pValuesOf(observed, "effect").length === observed.length) return 1 - familyAlpha;
  const found = marginOf(observed);
  if (found !== null) {
    const { margin, spread, runs } = found;
    const distance = margin / (spread * Math.sqrt(1 + 1 / runs));
    return runs < 2 ? normalCdf(distance) : studentCdf(distance, runs - 1);
  }
  const measured = new Set(observed.map((one) => one.measured));
  if (measured.size === 1 && observed.length > 1) return observed.every(isDetected) ? 1 : 0;
  return null;
}

/** Whether the chance is too small even when the mean and the spread of the runs are taken as known. */
function saysNo(observed: readonly Observed[]): boolean {
  const found = marginOf(observed);
  if (found === null) return true;
  return found.runs >= enoughRuns && normalCdf(found.margin / found.spread) < leastDetection;
}

interface Margin {
  readonly margin: number;
  readonly spread: number;
  readonly runs: number;
}

/** How far runs lie beyond what the level asks for, on average, and how they vary; null where not every run has a p-value. */
function marginOf(observed: readonly Observed[]): Margin | null {
  const pValues = [...pValuesOf(observed, "agreement"), ...pValuesOf(observed, "one-sided")];
  if (pValues.length < observed.length) return null;
  const ofDeviations = observed.map(deviationMargin).filter((one) => one !== null);
  const all = ofDeviations.length === observed.length ? ofDeviations : pValues.map(strengthMargin);
  const margins = all.map(({ margin }) => margin);
  const seen = all.length < 2 ? 0 : Math.sqrt(variance(margins));
  const own = Math.sqrt(mean(all.map(({ spread }) => spread ** 2)));
  return { margin: mean(margins), spread: Math.max(own, seen), runs: all.length };
}

type OneMargin = Omit<Margin, "runs">;

/** Of a test, by the strength √(−2 ln p) of its p; what lies beyond 1e-300 counts as 1e-300. */
function strengthMargin(pValue: number): OneMargin {
  const strength = (p: number): number => Math.sqrt(-2 * Math.log(Math.max(p, 1e-300)));
  return { margin: strength(pValue) - strength(level), spread: 1 };
}

/**
 * Of a measurement: how much further it lies from the prediction than the c standard errors that the level asks for, c being
 * Student's quantile. The deviation is normal and the standard error nearly so, with a spread of 1/√(2ν) of itself, hence the
 * spread √(1 + c²/2ν) standard errors: N. L. Johnson and B. L. Welch, Applications of the non-central t-distribution,
 * Biometrika 31 (1940). A chance of 0.999 by it is exactly 0.9985 to 0.9990 at this level, from ν = 2 on. √(−2 ln p) would vary
 * with the degrees of freedom, far beyond what the level asks for. Null for what is no such comparison: its p-value is not
 * that of the deviation.
 */
function deviationMargin({
  evidence,
  predicted,
  measured,
  standardError,
  degreesOfFreedom,
}: Observed): OneMargin | null {
  if (evidence.kind !== "agreement" && evidence.kind !== "one-sided") return null;
  if (typeof predicted === "string" || typeof measured === "string" || standardError === null) return null;
  const sides = evidence.kind === "agreement" ? 2 : 1;
  const distance = Math.abs(measured - predicted);
  const freedom = degreesOfFreedom ?? Infinity;
  const against = evidence.kind === "one-sided" && evidence.pValue > 0.5 ? -distance : distance;
  const pValue = sides * upperProbability(against / standardError, freedom);
  if (Math.abs(pValue - evidence.pValue) > 1e-6 * evidence.pValue) return null;
  const critical = freedom === Infinity ? -normalQuantile(level / sides) : -studentQuantile(level / sides, freedom);
  const spread = standardError * Math.sqrt(1 + critical ** 2 / (2 * freedom));
  return { margin: against - critical * standardError, spread };
}

function pValuesOf(observed: readonly Observed[], kind: "agreement" | "one-sided" | "effect"): number[] {
  return observed.flatMap(({ evidence }) => (evidence.kind === kind ? [evidence.pValue] : []));
}
