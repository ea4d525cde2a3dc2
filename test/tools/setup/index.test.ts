import assert from "node:assert/strict";
import { checkNode, engineToBuild } from "../../../tools/setup/index.mjs";

describe("setup", () => {
  it("refuses a Node that the packages do not run on", () => {
    for (const version of ["18.20.0", "20.18.3"]) assert.throws(() => checkNode(version), { exitCode: 3 });
    for (const version of ["20.19.0", "22.0.0", "24.21.0"]) assert.doesNotThrow(() => checkNode(version));
  });

  it("builds the native engine again when the npm packages are installed again, among which it lies", () => {
    const [ready, wanted, none] = [
      { ready: true, variant: "cpu" },
      { ready: false, variant: "cpu" },
      { ready: false, variant: null },
    ] as const;
    assert.equal(engineToBuild({ packages: null, native: ready }), null);
    assert.equal(engineToBuild({ packages: "papaparse is not installed", native: ready }), "cpu");
    assert.equal(engineToBuild({ packages: null, native: wanted }), "cpu");
    assert.equal(engineToBuild({ packages: "papaparse is not installed", native: none }), null);
  });
});
