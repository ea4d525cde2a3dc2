import assert from "node:assert/strict";
import type { Observed, Run } from "../../../tools/claims/record";
import { reportOf } from "../../../tools/claims/report";
import { withoutRepeats } from "../../../tools/claims/repeats";
import { drawnRuns } from "./drawn-runs";

/** Runs under keys 1 to `count` whose law takes its numbers from the trained nets of the run twenty keys before. */
function withTrainedLaw(count: number, change: (law: Observed) => Observed = (law) => law): Run[] {
  const runs = drawnRuns(count);
  const laws = runs.map(({ tables }) => tables[0].claims[1]);
  return runs.map((run, index) => {
    const [{ claims, ...claimsTable }, violations] = run.tables;
    return { ...run, tables: [{ ...claimsTable, claims: [claims[0], change(laws[index % 20])] }, violations] };
  });
}

describe("claims about nets that served several runs", () => {
  it("count once for each family of trained nets, the others in every run", () => {
    const [{ runs, claims, violations }] = reportOf([withTrainedLaw(50)]).notebooks;
    assert.equal(runs, 50);
    assert.deepEqual(
      claims.map(({ id, runs: counted }) => `${id}: ${counted}`),
      ["score: 50", "law: 20"],
    );
    assert.deepEqual(
      violations.map(({ runs: counted }) => counted),
      [50, 50, 50],
    );
  });

  it("do not make a run red again for what was red before", () => {
    const [first] = drawnRuns(1);
    const ofFirst = first.tables[0].claims[1].measured;
    const red = withTrainedLaw(50, (law) => (law.measured === ofFirst ? { ...law, verdict: "unresolved" } : law));
    assert.equal(reportOf([red]).notebooks[0].redRuns, 1);
  });

  it("count each time where keys leave them as they are: there is nothing to draw", () => {
    const [observed] = drawnRuns(1)[0].tables[0].claims;
    const keys = [1, 21, 41];
    assert.deepEqual(
      withoutRepeats(
        keys,
        keys.map(() => [observed]),
      ).map(({ length }) => length),
      [1, 1, 1],
    );
  });

  it("count each time where runs with other nets happen to agree", () => {
    const [one, two] = drawnRuns(2).map(({ tables }) => tables[0].claims[0]);
    const counts = (keys: number[]): number[] =>
      withoutRepeats(keys, [[one], [one], [two]]).map(({ length }) => length);
    assert.deepEqual(counts([1, 2, 3]), [1, 1, 1]);
    assert.deepEqual(counts([1, 21, 3]), [1, 0, 1]);
  });
});
