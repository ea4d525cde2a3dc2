import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agrees, breakIt, ClaimsError, exact, showClaims } from "fathom/report";
import { withEnvironment } from "../sweep/with-environment";

describe("the evidence of claims", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evidence-"));
    file = join(folder, "evidence.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const inFolder = (variables: Record<string, string | undefined>, work: () => void): void =>
    withEnvironment({ FATHOM_CLAIMS: folder, FATHOM_EVIDENCE: file, ...variables }, work);
  const lines = (): unknown[] =>
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  const measured = { predicted: 1, measured: 1.1, standardError: 0.1, resolution: 1, degreesOfFreedom: 39 };
  const slope = agrees({ id: "slope", statement: "The slope is 1.", source: "theory" }, measured);
  const count = exact({ id: "count", statement: "There are 45.", source: "a sum" }, { predicted: 45, measured: 45 });

  it("is written for the table and for what was broken on purpose, also where that throws", () => {
    inFolder({}, () => {
      showClaims("01-lines", [slope, count]);
      assert.throws(() => breakIt(slope), ClaimsError);
    });
    const told = { id: "slope", verdict: "holds", relation: "=", predicted: 1, measured: 1.1, standardError: 0.1 };
    const ofSlope = {
      ...told,
      degreesOfFreedom: 39,
      evidence: { kind: "agreement", pValue: slope.pValue, resolved: true },
    };
    const ofCount = { id: "count", verdict: "holds", relation: "=", predicted: 45, measured: 45, standardError: null };
    const certain = { ...ofCount, degreesOfFreedom: null, evidence: { kind: "certain", holds: true } };
    assert.deepEqual(lines(), [
      { table: "claims", claims: [ofSlope, certain] },
      { table: "violations", claims: [ofSlope] },
    ]);
  });

  it("is written nowhere unless it is asked for", () => {
    inFolder({ FATHOM_EVIDENCE: undefined }, () => showClaims("01-lines", [slope]));
    assert.equal(existsSync(file), false);
  });
});
