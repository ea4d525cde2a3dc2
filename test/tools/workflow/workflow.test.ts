import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FixtureWorkflow } from "./run-workflow";

describe("npm run workflow", function () {
  this.timeout(900_000);
  let folder: string;
  let workflow: FixtureWorkflow;
  before(() => (folder = mkdtempSync(join(tmpdir(), "workflow-"))));
  before(() => (workflow = new FixtureWorkflow(join(folder, "jobs"))));
  after(() => rmSync(folder, { recursive: true }));

  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);

  it("stops with the job whose cell fails, named, after the other cells were computed", async () => {
    const { code, output } = await workflow.start("workflow", [], { FATHOM_TEST_FAILING: "7" }).ended;
    assert.equal(code, 1, output);
    assert.match(output, /1 of 12 cells of square-of failed/);
    assert.match(output, /7 has no square today/);
    assert.deepEqual(
      workflow.computed().sort(),
      numbers
        .filter((number) => number !== 7)
        .map((number) => `square of ${number}`)
        .sort(),
    );
  });

  it("goes on where it stopped: computes what is missing, in the order of the sweeps, and shows the claims", async () => {
    const { code, output } = await workflow.start("workflow", []).ended;
    assert.equal(code, 0, output);
    assert.deepEqual(workflow.computed().slice(-2), ["square of 7", "sum"]);
    assert.equal(workflow.computed().length, 13);
    assert.match(output, /sum-of-squares .* 650 +650 +✓ holds/);
  });

  it("leaves the store that the notebook alone leaves", async () => {
    const plain = new FixtureWorkflow(join(folder, "plain"));
    const { code, output } = await plain.start("start", []).ended;
    assert.equal(code, 0, output);
    assert.equal(plain.computed().length, 13);
    assert.deepEqual(workflow.stored(), plain.stored());
    assert.ok(Object.keys(plain.stored()).length > 13);
  });

  it("stops where the notebook fails for another reason, and says which", async () => {
    const { code, output } = await workflow.start("workflow", [], { FATHOM_TEST_CELLS: "-1" }).ended;
    assert.equal(code, 1, output);
    assert.match(output, /00-squares.ipynb failed at its cell 3: RangeError: Invalid array length/);
    assert.equal(workflow.computed().length, 13);
  });

  it("ends with 64 for what there is not", async () => {
    const { code, output } = await workflow.start("workflow", ["--profile", "moon"]).ended;
    assert.equal(code, 64);
    assert.match(output, /There is no profile moon/);
  });
});
