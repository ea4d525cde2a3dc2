import assert from "node:assert/strict";
import { foldIn, key, normalArray } from "fathom/random";
import { below } from "fathom/report";
import { normalCdf, normalQuantile } from "fathom/theory";
import { judgeWorstCase } from "../../../lib/report/verdict";
import { type ViolationReport, violationReport } from "../../../tools/claims/detection";
import type { Observed } from "../../../tools/claims/record";
import { drawnRuns } from "./drawn-runs";

/** |z| at which the strictest level of a table is reached: 5·10⁻⁵/100, on two sides. */
const critical = -normalQuantile(2.5e-7);
const violationAt = (distance: number, count: number): ViolationReport =>
  violationReport(
    "score",
    drawnRuns(count, { distance }).map((run) => run.tables[1].claims[0]),
  );
/** Deviations over estimated standard errors, of as many degrees of freedom. */
const estimatedAt = (distance: number, freedomOf: (run: number) => number, count: number): ViolationReport =>
  violationReport(
    "mean",
    Array.from({ length: count }, (_, run): Observed => {
      const degreesOfFreedom = freedomOf(run);
      const [own, ...others] = normalArray(foldIn(key(21), run), 1 + degreesOfFreedom);
      const standardError = Math.sqrt(others.reduce((sum, z) => sum + z * z, 0) / degreesOfFreedom);
      const text = { id: "mean", statement: "mean", source: "drawn" };
      const claim = below(text, { bound: 0, measured: distance + own, standardError, degreesOfFreedom });
      return { ...claim, verdict: judgeWorstCase(claim.evidence) };
    }),
  );
const certain = (measured: number, holds: boolean): Observed => ({
  ...{ id: "bound", relation: "≤", predicted: 1, measured, standardError: null, degreesOfFreedom: null },
  ...{ verdict: holds ? "holds" : "fails", evidence: { kind: "certain", holds } },
});

describe("the detection of a planted violation", () => {
  it("is computed from one run's distance to the level, which is a guess as good as one score", () => {
    const [run] = drawnRuns(1, { distance: 9 });
    const { measured } = run.tables[1].claims[0];
    const { computed, detected, enough } = violationAt(9, 1);
    assert.equal(detected, 1);
    // √(−2 ln p) is |z| within 3 % of the difference there.
    assert.ok(Math.abs((computed ?? 0) - normalCdf((Number(measured) - critical) / Math.SQRT2)) < 0.01);
    assert.equal(enough, computed !== null && computed >= 0.999 ? true : null);
  });

  it("is what sampling finds: the share of runs detected, for violations of any distance", () => {
    for (const distance of [3, 4, 5, 6, 8]) {
      const { detected, computed } = violationAt(distance, 400);
      const expected = normalCdf(distance - critical);
      const error = Math.sqrt((expected * (1 - expected)) / 400) + 1e-3;
      assert.ok(Math.abs(detected / 400 - expected) < 4 * error, `${distance}: ${detected} of 400, not ${expected}`);
      assert.ok(Math.abs((computed ?? 0) - expected) < 0.05, `${distance}: ${computed}, not ${expected}`);
    }
  });

  it("is what sampling finds where the standard error was estimated, with few degrees of freedom or many", () => {
    for (const [distance, degreesOfFreedom] of [
      [6, 200],
      [10, 20],
      [14, 10],
      [20, 10],
      [28, 7],
    ]) {
      const { detected, computed } = estimatedAt(distance, () => degreesOfFreedom, 400);
      // 0.025 by sampling; the rest is the normal law in the place of the noncentral t, the more the fewer degrees of freedom.
      assert.ok(
        Math.abs((computed ?? 0) - detected / 400) < 0.05,
        `${distance}: ${computed}, sampled ${detected / 400}`,
      );
    }
  });

  it("of a violation thousands of standard errors off is certain, however few the degrees of freedom", () => {
    const { detected, computed } = estimatedAt(7000, () => 7, 20);
    assert.equal(detected, 20);
    assert.ok((computed ?? 0) > 1 - 1e-6, String(computed));
  });

  it("does not suffer from degrees of freedom that vary far beyond what the level asks for", () => {
    const { detected, computed } = estimatedAt(30, (run) => (run % 2 === 0 ? 12 : 300), 20);
    assert.equal(detected, 20);
    assert.ok((computed ?? 0) > 0.999, String(computed));
  });

  it("is enough from about nine standard errors on, and not enough at seven", () => {
    assert.equal(violationAt(12, 50).enough, true);
    assert.equal(violationAt(7, 50).enough, false);
    assert.equal(violationAt(7, 9).enough, null);
  });

  it("is not decided by few runs that a seldom detected violation could have given", () => {
    const { detected, computed, enough } = violationAt(9.5, 12);
    assert.equal(detected, 12);
    assert.ok((computed ?? 1) < 0.999, String(computed));
    assert.equal(enough, null);
    assert.equal(violationAt(9.5, 200).enough, true);
  });

  it("that is missed more often than 1 in 1000 is told by the count as well", () => {
    const [{ pValue }] = violationAt(5, 50).tests;
    assert.ok(pValue < 1e-9);
    assert.equal(violationAt(15, 50).tests[0].pValue, 1);
  });

  it("of an effect has the level of the effect's test", () => {
    const effects = drawnRuns(100).map((run) => run.tables[1].claims[2]);
    const { detected, computed } = violationReport("effect", effects);
    assert.equal(detected, 100);
    assert.equal(computed, 1 - 5e-5);
    // A fourth of uniform numbers have an eighth power below 5·10⁻⁵.
    const shown = drawnRuns(100, { power: 8 }).map((run) => run.tables[1].claims[2]);
    assert.ok(violationReport("effect", shown).detected < 100);
  });

  it("without a p-value is certain where it is the same under all keys, else only counted", () => {
    const of = (observed: Observed[]): Pick<ViolationReport, "detected" | "computed"> => {
      const { detected, computed } = violationReport("bound", observed);
      return { detected, computed };
    };
    assert.deepEqual(of([certain(2, false), certain(2, false)]), { detected: 2, computed: 1 });
    assert.deepEqual(of([certain(1, true), certain(1, true)]), { detected: 0, computed: 0 });
    assert.deepEqual(of([certain(2, false), certain(3, false)]), { detected: 2, computed: null });
    assert.equal(violationReport("bound", [certain(2, false), certain(0, true)]).detected, 1);
  });
});
