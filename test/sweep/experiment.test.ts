import assert from "node:assert/strict";
import { defineExperiment } from "fathom/sweep";

describe("defineExperiment", () => {
  const run = (): Promise<object[]> => Promise.resolve([]);

  it("keeps the name, the data and a digest of the code", () => {
    const experiment = defineExperiment({ name: "a-1", source: __filename, data: ["abc"], run });
    assert.equal(experiment.name, "a-1");
    assert.deepEqual(experiment.data, ["abc"]);
    assert.match(experiment.code, /^[0-9a-f]{64}$/);
  });

  for (const name of ["", "Curve", "a b", "../x", "a--b", "a/b"]) {
    it(`refuses the name "${name}"`, () => {
      assert.throws(() => defineExperiment({ name, source: __filename, run }), /cannot name an experiment/);
    });
  }

  it("finds the file that was written where the kernel has compiled it under a name in .js", () => {
    const { source, code } = defineExperiment({ name: "a", source: __filename.replace(/\.ts$/, ".js"), run });
    assert.equal(source, __filename);
    assert.equal(code, defineExperiment({ name: "a", source: __filename, run }).code);
  });

  it("refuses a source that is no file", () => {
    assert.throws(() => defineExperiment({ name: "a", source: "/nowhere/experiment.ts", run }), /There is no file/);
  });
});
