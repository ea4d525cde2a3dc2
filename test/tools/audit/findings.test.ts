import assert from "node:assert/strict";
import { npmFindings, pythonFindings, verdict } from "../../../tools/audit/findings";

describe("npm run audit", () => {
  const advisory = {
    source: 1,
    name: "left",
    title: "Reads beyond its end",
    url: "https://github.com/advisories/GHSA-1",
    severity: "high",
  };

  it("reads each of npm's advisories once, with its package", () => {
    const vulnerabilities = { left: { via: [advisory] }, right: { via: ["left", advisory] } };
    assert.deepEqual(npmFindings("lock", JSON.stringify({ vulnerabilities })), {
      list: "lock",
      findings: [{ id: "GHSA-1", package: "left", words: "high: Reads beyond its end" }],
      unaudited: [],
    });
  });

  it("says that nothing was audited where npm could not ask, and names no address", () => {
    const { unaudited } = npmFindings("lock", JSON.stringify({ message: "405 - POST https://example.org/audit" }));
    assert.deepEqual(unaudited, ["not audited: 405 - POST the registry"]);
  });

  it("reads pip-audit's findings, and what it skipped", () => {
    const dependencies = [
      { name: "six", version: "1.0", vulns: [] },
      { name: "old", version: "0.1", vulns: [{ id: "PYSEC-1", description: "Runs what it reads\nmore" }] },
      { name: "odd", skip_reason: "Dependency not found" },
    ];
    assert.deepEqual(pythonFindings("requirements.txt", JSON.stringify({ dependencies })), {
      list: "requirements.txt",
      findings: [{ id: "PYSEC-1", package: "old 0.1", words: "Runs what it reads" }],
      unaudited: ["not audited: 1 of 3 (odd)"],
    });
  });

  it("is 0 only where all was audited and every finding is explained", () => {
    const clean = { list: "a", findings: [], unaudited: [] };
    const found = { ...clean, findings: [{ id: "GHSA-1", package: "left", words: "high" }] };
    const unseen = { ...clean, unaudited: ["not audited: no network"] };
    assert.equal(verdict([clean], {}).code, 0);
    assert.deepEqual(verdict([clean], {}).lines, ["✓ a: nothing is known"]);
    assert.equal(verdict([found], { "GHSA-1": "Never called here." }).code, 0);
    assert.equal(verdict([unseen, clean], {}).code, 2);
    assert.equal(verdict([unseen, found], {}).code, 1);
    assert.equal(verdict([found, unseen], {}).code, 1);
  });
});
