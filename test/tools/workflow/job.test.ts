import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlannedCell } from "fathom/sweep";
import type { Demands } from "../../../tools/workflow/demands";
import { jobsOf } from "../../../tools/workflow/job";

describe("splitting planned cells into jobs", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "jobs-"));
    mkdirSync(join(root, "lib"));
    writeFileSync(join(root, "lib/teacher.ts"), "export const teacher = 1;\n");
    writeFileSync(join(root, "lib/lesson.ts"), 'export { teacher } from "./teacher";\n');
    writeFileSync(join(root, "lib/student.ts"), 'export { teacher } from "./lesson";\n');
    writeFileSync(join(root, "lib/other.ts"), "export const other = 2;\n");
  });
  after(() => rmSync(root, { recursive: true }));

  const cell = (experiment: string, number: number, cost = 1): PlannedCell => ({
    experiment,
    source: `lib/${experiment}.ts`,
    code: "0",
    parameters: { number },
    cost,
    key: `${experiment} ${number}`,
  });
  const allowing =
    (cells: number) =>
    (experiment: string): Demands => ({ cores: experiment === "teacher" ? 4 : 2, memory: 3000, minutes: 60, cells });

  it("gives each job as many cells as asked for, and what its experiment may use", () => {
    const jobs = jobsOf(
      [1, 2, 3, 4, 5].map((number) => cell("teacher", number)),
      allowing(2),
      root,
    );
    assert.deepEqual(jobs.map(({ cells }) => cells.length).sort(), [1, 2, 2]);
    assert.deepEqual(
      jobs.flatMap(({ keys }) => keys).sort(),
      [1, 2, 3, 4, 5].map((number) => `teacher ${number}`),
    );
    for (const { cells: _cells, keys: _keys, ...job } of jobs) {
      assert.deepEqual(job, {
        experiment: "teacher",
        source: "lib/teacher.ts",
        code: "0",
        demands: { cores: 4, memory: 3000, minutes: 60 },
      });
    }
  });

  it("deals out cells of different cost evenly", () => {
    const costs = Array.from({ length: 40 }, (_, number) => cell("other", number, (number + 1) ** 2));
    const total = costs.reduce((sum, { cost }) => sum + cost, 0);
    for (const { cells } of jobsOf(costs, allowing(10), root)) {
      const cost = cells.reduce<number>(
        (sum, parameters) => sum + ((parameters as { number: number }).number + 1) ** 2,
        0,
      );
      assert.ok(Math.abs(cost / (total / 4) - 1) < 0.1, `a quarter of ${total} is not ${cost}`);
    }
  });

  it("computes a cell once that two sweeps ask for", () => {
    const [job, ...others] = jobsOf([cell("other", 1), cell("other", 2), cell("other", 1)], allowing(10), root);
    assert.deepEqual(others, []);
    assert.deepEqual(job.cells, [{ number: 1 }, { number: 2 }]);
  });

  it("lets an experiment wait whose code runs another one that is planned", () => {
    const planned = [cell("student", 1), cell("teacher", 1), cell("other", 1)];
    const names = jobsOf(planned, allowing(1), root).map(({ experiment }) => experiment);
    assert.deepEqual(names.sort(), ["other", "teacher"]);
    const [then] = jobsOf([cell("student", 1)], allowing(1), root);
    assert.equal(then.experiment, "student");
  });

  it("has nothing to do for an empty plan", () => {
    assert.deepEqual(jobsOf([], allowing(1), root), []);
  });
});
