import assert from "node:assert/strict";
import type { Run } from "../../../tools/claims/record";
import { type Objection, reportOf } from "../../../tools/claims/report";
import { reportText } from "../../../tools/claims/text";
import { drawnRuns } from "./drawn-runs";

const objections = (...runs: Run[][]): string[] =>
  reportOf(runs).objections.map(({ id, what }: Objection) => `${id ?? "all"}: ${what}`);

describe("the report on claims under fresh keys", () => {
  it("objects to nothing where claims behave as they state", () => {
    const { notebooks, laws, objections: none } = reportOf([drawnRuns(200)]);
    assert.deepEqual(none, []);
    assert.equal(laws, 8);
    const [{ runs, redRuns, claims }] = notebooks;
    assert.deepEqual({ runs, redRuns }, { runs: 200, redRuns: 0 });
    const [score, law] = claims;
    // 200 scores: the mean has a standard error of 0.07, the spread one of 0.05.
    assert.ok(Math.abs(score.scores?.mean ?? NaN) < 0.3);
    assert.ok(Math.abs((score.scores?.spread ?? NaN) - 1) < 0.2);
    assert.equal(law.scores, null);
    assert.match(reportText(reportOf([drawnRuns(200)])), /00-drawn: 200 runs under fresh keys, all green/);
  });

  it("turns red for a standard error that is too small by a factor of 2, and names the law", () => {
    const found = objections(drawnRuns(200, { stated: 0.5 }));
    assert.ok(found.includes("score: spread of scores 1"), found.join("\n"));
    assert.ok(found.includes("score: normal scores"), found.join("\n"));
    // |z| over 4.2 in a table of two has the chance 4 % then.
    assert.ok(found.some((text) => /^all: [0-9]+ of 200 runs were not green$/.test(text)));
    assert.match(
      reportText(reportOf([drawnRuns(200, { stated: 0.5 })])),
      /✗ 00-drawn, score: spread of scores 1, p = .* after Holm/,
    );
  });

  it("turns red for one that is too large, which would hide violations", () => {
    assert.ok(objections(drawnRuns(200, { stated: 2 })).includes("score: spread of scores 1"));
  });

  it("turns red for a bias of half a standard error", () => {
    assert.ok(objections(drawnRuns(200, { bias: 0.5 })).includes("score: mean of scores 0"));
  });

  it("turns red for p-values that are too small, of a law and of a broken effect", () => {
    const found = objections(drawnRuns(200, { power: 3 }));
    assert.ok(found.includes("law: p not too small"));
    assert.ok(found.includes("effect: p without an effect not too small"));
  });

  it("takes Student's law where few nets gave the standard error: normal deviations are too narrow for it", () => {
    assert.deepEqual(objections(drawnRuns(200, { degreesOfFreedom: 1000 })), []);
    assert.ok(objections(drawnRuns(200, { degreesOfFreedom: 2 })).some((text) => text.startsWith("score:")));
  });

  it("turns red for two runs of 200 that are not green, not for one", () => {
    const withRed = (count: number): Run[] =>
      drawnRuns(200).map((run, index) => {
        if (index >= count) return run;
        const [claims, violations] = run.tables;
        const [score, law] = claims.claims;
        return { ...run, tables: [{ ...claims, claims: [{ ...score, verdict: "unresolved" }, law] }, violations] };
      });
    assert.deepEqual(objections(withRed(1)), []);
    assert.deepEqual(objections(withRed(2)), ["all: 2 of 200 runs were not green"]);
    assert.match(reportText(reportOf([withRed(1)])), /score +199 of 200 \(1 unresolved\)/);
  });

  it("counts a run whose claims were never shown as red", () => {
    const [run] = drawnRuns(1);
    assert.equal(reportOf([[{ ...run, tables: [] }]]).notebooks[0].redRuns, 1);
  });

  it("tells the two ways in which one claim was broken apart", () => {
    const [{ violations }] = reportOf([drawnRuns(3)]).notebooks;
    assert.deepEqual(
      violations.map(({ id, runs }) => `${id}: ${runs}`),
      ["score: 3", "score (2): 3", "effect: 3"],
    );
  });

  it("tests no law on fewer than five runs, and says so of nothing at all", () => {
    const { laws, objections: none } = reportOf([drawnRuns(4, { stated: 0.1, distance: 15 })]);
    // Only that violations are missed.
    assert.equal(laws, 3);
    assert.ok(none.every(({ id }) => id === null));
    assert.match(reportText(reportOf([[]])), /No run is kept/);
  });
});
