import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";
import { kolmogorovSmirnov, normalCdf, twoSidedPValue } from "../../lib/theory/statistics";

/** P(at least `successes` of `trials`), each with the given chance. */
export function binomialTail(successes: number, trials: number, chance: number): number {
  if (successes <= 0) return 1;
  if (chance <= 0 || chance >= 1) return chance >= 1 ? 1 : 0;
  let tail = 0;
  for (let k = trials; k >= successes; k--) {
    const ways = gammaln(trials + 1) - gammaln(k + 1) - gammaln(trials - k + 1);
    tail += Math.exp(ways + k * Math.log(chance) + (trials - k) * Math.log1p(-chance));
  }
  return Math.min(1, tail);
}

/** The chance that is at least so large with 95 % confidence, after so many successes (Clopper and Pearson). */
export function lowerConfidenceLimit(successes: number, trials: number): number {
  if (successes === 0) return 0;
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (binomialTail(successes, trials, middle) < 0.05) low = middle;
    else high = middle;
  }
  return low;
}

/** Scores follow the standard normal law: two-sided Kolmogorov–Smirnov. */
export function normalLaw(scores: readonly number[]): number {
  return kolmogorovSmirnov(scores, normalCdf).pValue;
}

/** Standard normal scores have the mean 0: what is biased has not. Two-sided, exact. */
export function meanOfScores(scores: readonly number[]): number {
  return twoSidedPValue(mean(scores) * Math.sqrt(scores.length));
}

/** Standard normal scores have the variance 1: a standard error too small makes it larger. Two-sided χ² test, exact. */
export function spreadOfScores(scores: readonly number[]): number {
  const degreesOfFreedom = scores.length - 1;
  const squares = degreesOfFreedom * variance(scores);
  const [below, above] = [false, true].map((upper) => gammainc(squares / 2, degreesOfFreedom / 2, true, upper));
  return Math.min(1, 2 * Math.min(below, above));
}

/**
 * p-values are not smaller than uniform ones, which would raise false alarms: one-sided Kolmogorov–Smirnov, exact. Larger
 * ones pass: a test may be cautious.
 */
export function notTooSmall(pValues: readonly number[]): number {
  const count = pValues.length;
  const sorted = Float64Array.from(pValues).sort();
  return smirnovTail(Math.max(0, ...Array.from(sorted, (p, index) => (index + 1) / count - p)), count);
}

/** P(D⁺ ≥ d) of n uniform numbers (Birnbaum and Tingey 1951). */
export function smirnovTail(distance: number, count: number): number {
  if (distance <= 0) return 1;
  if (distance >= 1) return 0;
  let sum = 0;
  for (let j = 0; j <= Math.floor(count * (1 - distance)); j++) {
    const [left, right] = [distance + j / count, 1 - distance - j / count];
    const ways = gammaln(count + 1) - gammaln(j + 1) - gammaln(count - j + 1);
    // At right = 0 only the power 0 is not 0, and there j = n would make d = 0.
    if (right > 0) sum += Math.exp(ways + (j - 1) * Math.log(left) + (count - j) * Math.log(right));
  }
  return Math.min(1, distance * sum);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The unbiased estimate. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
