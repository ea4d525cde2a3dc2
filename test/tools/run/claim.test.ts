import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readClaims } from "../../../tools/run/claim";

const claim = {
  id: "length-map",
  statement: "The length map's fixed point is the integral's",
  source: "Poole et al. (2016), eq. 3",
  predicted: 0.607,
  measured: 0.6071,
  standardError: 0.0002,
  rule: "|z| below 4.06",
  verdict: "holds",
};

describe("reading a notebook's claims", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fathom-test-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (content: unknown): ReturnType<typeof readClaims> => {
    writeFileSync(join(folder, "01-curvature.json"), JSON.stringify(content));
    return readClaims(folder, "01-curvature");
  };

  it("keeps the fields that claims.json carries, under the name of the notebook that was run", () => {
    const claims = read({ notebook: "another name", claims: [{ ...claim, pValue: 0.4 }] });
    assert.deepEqual(claims, [{ notebook: "01-curvature", ...claim }]);
  });

  it("finds none where no file was written", () => {
    assert.deepEqual(readClaims(folder, "01-curvature"), []);
  });

  it("takes texts for exact claims and no standard error for deterministic ones", () => {
    const exact = { ...claim, predicted: "45 regions", measured: "45 regions", standardError: null };
    assert.deepEqual(read({ claims: [exact] })[0], { notebook: "01-curvature", ...exact });
  });

  it("keeps what the standard error takes as given, where a claim says so", () => {
    const given = { ...claim, conditionalOn: "the teachers" };
    assert.deepEqual(read({ claims: [given] })[0], { notebook: "01-curvature", ...given });
    assert.throws(() => read({ claims: [{ ...claim, conditionalOn: 3 }] }), /conditionalOn is 3/);
  });

  it("refuses a record that says less than a claim must, naming the field", () => {
    for (const field of Object.keys(claim)) {
      const incomplete: Record<string, unknown> = { ...claim };
      delete incomplete[field];
      assert.throws(() => read({ claims: [incomplete] }), new RegExp(field), field);
    }
    assert.throws(() => read({ claims: [{ ...claim, verdict: "maybe" }] }), /"maybe"/);
    assert.throws(() => read({ claims: [{ ...claim, predicted: null }] }), /predicted is null/);
    assert.throws(() => read({ results: [] }), /no list of claims/);
  });
});
