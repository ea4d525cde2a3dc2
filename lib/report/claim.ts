import { familyAlpha, judgeAlone, type Evidence, type Verdict } from "./verdict";
import { decimalsOf, formatSignificant } from "./digits";
import { twoSidedProbability, upperProbability } from "./tail-probability";

/** What a claim says and where it comes from. */
export interface ClaimText {
  /** Unique in its notebook: lower-case words joined by hyphens. */
  id: string;
  /** One sentence. */
  statement: string;
  /** Paper, theorem, equation or figure. */
  source: string;
  /**
   * What the standard error takes as given although it is trained or chosen anew where rounding differs, as "the teachers": on
   * another processor the measurement may lie further off than the standard error says. Absent where nothing is, and left out
   * of claims without a standard error.
   */
  conditionalOn?: string;
}

/** A claim with the evidence for and against it. Made by the functions of this file only. */
export interface Claim extends ClaimText {
  readonly predicted: number | string;
  readonly measured: number | string;
  readonly standardError: number | null;
  /** Of Student's t by which it was judged; null for the normal law, and for what has no standard error. */
  readonly degreesOfFreedom: number | null;
  /** How the two are compared, in words. */
  readonly rule: string;
  /** The verdict as if it stood alone; `showClaims` judges it again among the claims of its table. */
  readonly verdict: Verdict;
  /** The chance of evidence this strong against the claim, were it true (for `rejected`: were there no effect). */
  readonly pValue: number | null;
  /** How measured relates to predicted when the claim holds. */
  readonly relation: "=" | ">" | "<" | "≤" | "";
  /** Digits after the decimal point that the numbers warrant; null where they are shown as they are. */
  readonly decimals: number | null;
  readonly evidence: Evidence;
}

/** A measurement with its standard error. */
export interface Measured {
  measured: number;
  standardError: number;
  /**
   * Of the standard error, where it was estimated from few nets: one less than their number (less the parameters
   * fitted). Student's t then replaces the normal law. 40 nets judged by the normal law raise the chance of a false
   * alarm at 4 standard errors about fourfold.
   */
  degreesOfFreedom?: number;
}

/**
 * The measurement agrees with the prediction: a two-sided test of (measured − predicted)/standardError. It fails where
 * Holm's procedure rejects it and is unresolved where standardError > resolution.
 * @param m.resolution the largest standard error at which agreement still says something, chosen beforehand
 * @param m.discrete the measurement takes few values, as a share of counts does, so it may meet the prediction exactly
 * @throws RangeError for NaN, infinities, standardError ≤ 0, resolution ≤ 0, and for a measurement that is the prediction
 *   to its last digit unless it is discrete: it was compared with itself
 */
export function agrees(
  text: ClaimText,
  m: Measured & { predicted: number; resolution: number; discrete?: boolean },
): Claim {
  requireFinite(text, { predicted: m.predicted, measured: m.measured });
  requirePositive(text, { standardError: m.standardError, resolution: m.resolution });
  if (m.measured === m.predicted && m.discrete !== true) {
    throw new RangeError(
      `Claim ${text.id}: measured is the prediction itself, ${m.measured}, to its last digit; give a prediction that was ` +
        "made without the measurement (discrete: true for a measurement of few values).",
    );
  }
  const pValue = twoSidedProbability((m.measured - m.predicted) / m.standardError, freedom(text, m));
  return claim(text, {
    predicted: m.predicted,
    measured: m.measured,
    standardError: m.standardError,
    degreesOfFreedom: m.degreesOfFreedom ?? null,
    rule: `two-sided ${law(m)} test; standard error at most ${formatSignificant(m.resolution, 2)}`,
    relation: "=",
    decimals: decimalsOf(m.standardError),
    evidence: { kind: "agreement", pValue, resolved: m.standardError <= m.resolution },
  });
}

/** Measured and predicted are the same value (`===`). @throws RangeError for NaN, and for what is no number and no text */
export function exact(text: ClaimText, m: { predicted: number | string; measured: number | string }): Claim {
  for (const [name, value] of Object.entries({ predicted: m.predicted, measured: m.measured })) {
    if (typeof value !== "string") requireFinite(text, { [name]: value });
  }
  return claim(text, {
    ...m,
    standardError: null,
    degreesOfFreedom: null,
    rule: "exactly equal",
    relation: "=",
    decimals: null,
    evidence: { kind: "certain", holds: m.measured === m.predicted },
  });
}

/** Deterministic numerics: |measured − predicted| ≤ tolerance. @throws RangeError for NaN, infinities, tolerance ≤ 0 */
export function within(text: ClaimText, m: { predicted: number; measured: number; tolerance: number }): Claim {
  const { predicted, measured, tolerance } = m;
  requireFinite(text, { predicted, measured });
  requirePositive(text, { tolerance });
  return claim(text, {
    predicted,
    measured,
    standardError: null,
    degreesOfFreedom: null,
    rule: `differs by at most ${formatSignificant(tolerance, 2)}`,
    relation: "=",
    decimals: Math.min(100, Math.ceil(-Math.log10(tolerance) - 1e-9)),
    evidence: { kind: "certain", holds: Math.abs(measured - predicted) <= tolerance },
  });
}

/**
 * The quantity lies above the bound: holds when its lower confidence limit does, fails when its upper limit lies below,
 * and is unresolved when the interval straddles the bound.
 * @throws RangeError for NaN, infinities, standardError ≤ 0
 */
export function above(text: ClaimText, m: Measured & { bound: number }): Claim {
  return oneSided(text, m, ">");
}

/** The quantity lies below the bound: as `above`, mirrored. */
export function below(text: ClaimText, m: Measured & { bound: number }): Claim {
  return oneSided(text, m, "<");
}

/**
 * A bound that every instance obeys: measured ≤ bound, for the worst instance's value (or ratio to its own bound).
 * @throws RangeError for NaN and infinities
 */
export function atMost(text: ClaimText, m: { bound: number; measured: number }): Claim {
  requireFinite(text, { ...m });
  return claim(text, {
    predicted: m.bound,
    measured: m.measured,
    standardError: null,
    degreesOfFreedom: null,
    rule: "the worst instance obeys the bound",
    relation: "≤",
    decimals: null,
    evidence: { kind: "certain", holds: m.measured <= m.bound },
  });
}

/** Fewer observations than this cannot speak against a law at the level of a claims table. */
export const smallestSample = 50;

function requireTest({ id }: ClaimText, test: string): void {
  if (typeof test === "string" && test.trim() !== "") return;
  throw new TypeError(`Claim ${id}: test is ${JSON.stringify(test)}; name the test, as "Kolmogorov–Smirnov".`);
}

/**
 * A test of a law (Kolmogorov–Smirnov and the like) does not reject it. It fails where Holm's procedure rejects, and is
 * unresolved for a sample of fewer than 50.
 * @throws RangeError for NaN, a pValue outside [0, 1], a sampleSize that is no positive integer; TypeError for a nameless test
 */
export function notRejected(
  text: ClaimText,
  m: { test: string; statistic: number; pValue: number; sampleSize: number },
): Claim {
  const { test, statistic, pValue, sampleSize } = m;
  requireTest(text, test);
  requireFinite(text, { statistic });
  requireProbability(text, pValue);
  if (!Number.isInteger(sampleSize) || sampleSize < 1) {
    throw new RangeError(
      `Claim ${text.id}: sampleSize is ${sampleSize}; give the number of observations, a positive integer.`,
    );
  }
  return claim(text, {
    predicted: "not rejected",
    measured: statistic,
    standardError: null,
    degreesOfFreedom: null,
    rule: `${test}, ${sampleSize} observations`,
    relation: "",
    decimals: null,
    evidence: { kind: "agreement", pValue, resolved: sampleSize >= smallestSample },
  });
}

/**
 * The claim is that an effect exists: it holds when the test rejects "no effect" at 5·10⁻⁵, fails when p > 0.05, and is
 * unresolved between. A permutation test needs at least 20 000 permutations to reach that level.
 * @throws RangeError for NaN, a pValue outside [0, 1]; TypeError for a nameless test
 */
export function rejected(text: ClaimText, m: { test: string; statistic: number; pValue: number }): Claim {
  requireTest(text, m.test);
  requireFinite(text, { statistic: m.statistic });
  requireProbability(text, m.pValue);
  return claim(text, {
    predicted: "an effect",
    measured: m.statistic,
    standardError: null,
    degreesOfFreedom: null,
    rule: `${m.test} rejects "no effect" at p ≤ ${formatSignificant(familyAlpha, 2)}`,
    relation: "",
    decimals: null,
    evidence: { kind: "effect", pValue: m.pValue },
  });
}

function oneSided(text: ClaimText, m: Measured & { bound: number }, relation: ">" | "<"): Claim {
  requireFinite(text, { bound: m.bound, measured: m.measured });
  requirePositive(text, { standardError: m.standardError });
  const z = ((m.measured - m.bound) / m.standardError) * (relation === ">" ? 1 : -1);
  const degreesOfFreedom = freedom(text, m);
  return claim(text, {
    predicted: m.bound,
    measured: m.measured,
    standardError: m.standardError,
    degreesOfFreedom: m.degreesOfFreedom ?? null,
    rule: `the whole ${law(m)} confidence interval lies ${relation === ">" ? "above" : "below"} the bound`,
    relation,
    decimals: decimalsOf(m.standardError),
    evidence: {
      kind: "one-sided",
      pValue: upperProbability(-z, degreesOfFreedom),
      pValueOfContrary: upperProbability(z, degreesOfFreedom),
    },
  });
}

function claim(text: ClaimText, judged: Omit<Claim, keyof ClaimText | "verdict" | "pValue">): Claim {
  const { id, statement, source, conditionalOn } = text;
  if (typeof id !== "string" || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new RangeError(`"${id}" cannot name a claim; use lower-case words joined by hyphens, as in length-map.`);
  }
  if (statement.trim() === "" || source.trim() === "")
    throw new RangeError(`Claim ${id} needs a statement and a source.`);
  if (conditionalOn?.trim() === "")
    throw new RangeError(
      `Claim ${id}: conditionalOn is empty; name what is given, as "the teachers", or leave it out.`,
    );
  const pValue = "pValue" in judged.evidence ? judged.evidence.pValue : null;
  const given = conditionalOn === undefined || judged.standardError === null ? {} : { conditionalOn };
  return Object.freeze({ id, statement, source, ...given, ...judged, verdict: judgeAlone(judged.evidence), pValue });
}

function law(m: Measured): string {
  return m.degreesOfFreedom === undefined
    ? "normal"
    : `t (${formatSignificant(m.degreesOfFreedom, 4)} degrees of freedom)`;
}

function freedom(text: ClaimText, m: Measured): number {
  const degreesOfFreedom = m.degreesOfFreedom ?? Infinity;
  if (degreesOfFreedom > 0) return degreesOfFreedom;
  throw new RangeError(`Claim ${text.id}: degreesOfFreedom is ${degreesOfFreedom}; give a number above zero.`);
}

function requireFinite(text: ClaimText, values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new RangeError(`Claim ${text.id}: ${name} is ${value}; give a finite number.`);
    }
  }
}

function requirePositive(text: ClaimText, values: Record<string, number>): void {
  requireFinite(text, values);
  for (const [name, value] of Object.entries(values)) {
    if (value <= 0) throw new RangeError(`Claim ${text.id}: ${name} is ${value}; give a number above zero.`);
  }
}

function requireProbability(text: ClaimText, pValue: number): void {
  if (pValue >= 0 && pValue <= 1) return;
  throw new RangeError(`Claim ${text.id}: pValue is ${pValue}; give a probability between 0 and 1.`);
}
