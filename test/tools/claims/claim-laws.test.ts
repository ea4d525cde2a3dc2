import assert from "node:assert/strict";
import { above, agrees, type Claim, exact, notRejected } from "fathom/report";
import { claimReport, normalScore } from "../../../tools/claims/claim-laws";

const text = { id: "claim", statement: "It is so.", source: "a test" };
const deviating = (measured: number, degreesOfFreedom?: number): Claim =>
  agrees(text, {
    predicted: 1,
    measured,
    standardError: 0.1,
    resolution: 1,
    ...(degreesOfFreedom ? { degreesOfFreedom } : {}),
  });
const scoreOf = (claim: Claim): number => normalScore(claim) ?? NaN;

describe("the score of a claim", () => {
  it("is its deviation in standard errors, with its sign", () => {
    assert.ok(Math.abs(scoreOf(deviating(1.2)) - 2) < 1e-12);
    assert.ok(Math.abs(scoreOf(deviating(0.8)) + 2) < 1e-12);
  });

  it("is taken through Student's t: its quantiles become the normal law's", () => {
    // Tables of t: 2.093024 at 97.5 % with 19 degrees of freedom, 4.302653 with 2.
    assert.ok(Math.abs(scoreOf(deviating(1.2093024, 19)) - 1.959964) < 1e-5);
    assert.ok(Math.abs(scoreOf(deviating(1 - 0.4302653, 2)) + 1.959964) < 1e-5);
    assert.ok(Number.isFinite(scoreOf(deviating(1e6, 1000))));
  });

  it("is none of a bound, an exact value or a test of a law", () => {
    const bound = above(text, { bound: 0, measured: 1, standardError: 0.1 });
    const law = notRejected(text, { test: "a test", statistic: 1, pValue: 0.5, sampleSize: 60 });
    for (const claim of [bound, law, exact(text, { predicted: 1, measured: 1 })])
      assert.equal(normalScore(claim), null);
  });
});

describe("a claim over many runs", () => {
  it("has no law to test where its measurement does not change with the keys", () => {
    const same = Array.from({ length: 20 }, () => deviating(1.01));
    const { random, scores, tests, holds } = claimReport("claim", same);
    assert.deepEqual({ random, scores, tests, holds }, { random: false, scores: null, tests: [], holds: 20 });
  });

  it("counts its verdicts", () => {
    const { holds, fails, unresolved } = claimReport("claim", [deviating(1.1), deviating(1.2), deviating(3)]);
    assert.deepEqual({ holds, fails, unresolved }, { holds: 2, fails: 1, unresolved: 0 });
  });
});
