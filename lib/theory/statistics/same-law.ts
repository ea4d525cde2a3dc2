import { mean, variance } from "./moments";
import { demandNumbers } from "../demand";
import { kolmogorovSmirnovTwoSample } from "./kolmogorov-smirnov";
import { twoSidedPValue } from "./normal";

/** One test that two samples have one law. */
export interface SameLawTest {
  /** What is compared: "distribution", or a power of the values about their common mean, in common standard deviations. */
  readonly of: "distribution" | "mean" | "second moment" | "third moment" | "fourth moment";
  readonly pValue: number;
}

const powers = ["mean", "second moment", "third moment", "fourth moment"] as const;

/**
 * Tests that two independent samples have one law: Kolmogorov and Smirnov's, and one of each of the first four moments, by the
 * difference of the two sample means over its standard error, in its large-sample normal law. The five are not independent:
 * correct them together (`holm`). Where the values have heavy tails the tests of high moments reject too rarely.
 *
 * @throws RangeError or TypeError on fewer than two values or values that are not finite
 */
export function sameLawTests(first: ArrayLike<number>, second: ArrayLike<number>): SameLawTest[] {
  const samples = [Array.from(demandNumbers("first", first, 2)), Array.from(demandNumbers("second", second, 2))];
  const pooled = samples.flat();
  const centre = mean(pooled);
  const scale = Math.sqrt(mean(pooled.map((value) => (value - centre) ** 2))) || 1;
  const standard = samples.map((sample) => sample.map((value) => (value - centre) / scale));
  const moments = powers.map((of, index): SameLawTest => {
    const means = standard.map((sample) => meanOfPower(sample, index + 1));
    const difference = means[0].mean - means[1].mean;
    const standardError = Math.hypot(means[0].standardError, means[1].standardError);
    // Two constants: equal, or certainly not.
    if (standardError === 0) return { of, pValue: difference === 0 ? 1 : 0 };
    return { of, pValue: twoSidedPValue(difference / standardError) };
  });
  return [{ of: "distribution", pValue: kolmogorovSmirnovTwoSample(first, second).pValue }, ...moments];
}

function meanOfPower(values: readonly number[], power: number): { mean: number; standardError: number } {
  const raised = values.map((value) => value ** power);
  return { mean: mean(raised), standardError: Math.sqrt(variance(raised) / values.length) };
}
