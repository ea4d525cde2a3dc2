import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { defineExperiment, type Experiment, PlannedCellsError, runExperiment, sweep } from "fathom/sweep";
import { withEnvironment } from "./with-environment";

const root = join(__dirname, "../..");

describe("planning a sweep", () => {
  let folder: string;
  let plan: string;
  let runs: number[];
  const square: Experiment<{ width: number }, { value: number }> = defineExperiment({
    name: "square",
    source: __filename,
    run: ({ width }: { width: number }) => {
      runs.push(width);
      return Promise.resolve([{ value: width ** 2 }]);
    },
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-"));
    plan = join(folder, "plan.jsonl");
    runs = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const inStore = <T>(variables: Record<string, string>, work: () => Promise<T>): Promise<T> =>
    withEnvironment({ FATHOM_STORE: join(folder, "store"), ...variables }, work);
  const planned = <T>(work: () => Promise<T>): Promise<T> => inStore({ FATHOM_PLAN: plan }, work);
  const lines = (): Record<string, unknown>[] =>
    readFileSync(plan, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("writes down the missing cells, with what they cost, and computes none", async () => {
    await inStore({}, () => runExperiment(square, { width: 2 }));
    runs = [];
    const cells = [{ width: 1 }, { width: 2 }, { width: 3 }];
    await assert.rejects(
      planned(() => sweep(square, cells, { cost: ({ width }) => width * 10 })),
      (error) =>
        error instanceof PlannedCellsError && error.message.startsWith("2 of 3 cells of square are not in the store"),
    );
    assert.deepEqual(runs, []);
    const source = relative(root, __filename);
    assert.deepEqual(
      lines().map(({ key, ...rest }) => ({ ...rest, named: /^[0-9a-f]{64}$/.test(String(key)) })),
      [
        { experiment: "square", source, code: square.code, parameters: { width: 1 }, cost: 10, named: true },
        { experiment: "square", source, code: square.code, parameters: { width: 3 }, cost: 30, named: true },
      ],
    );
  });

  it("adds the cells of a second sweep", async () => {
    for (const width of [4, 5])
      await assert.rejects(
        planned(() => runExperiment(square, { width })),
        PlannedCellsError,
      );
    assert.deepEqual(
      lines().map(({ parameters }) => parameters),
      [{ width: 4 }, { width: 5 }],
    );
  });

  it("gives the rows of a sweep whose cells are all stored, and writes nothing", async () => {
    const cells = [{ width: 6 }, { width: 7 }];
    await inStore({}, () => sweep(square, cells));
    assert.deepEqual(await planned(() => sweep(square, cells)), [[{ value: 36 }], [{ value: 49 }]]);
    assert.equal(existsSync(plan), false);
  });

  it("fails where the plan cannot be written, rather than computing", async () => {
    await assert.rejects(
      inStore({ FATHOM_PLAN: join(folder, "none", "plan.jsonl") }, () => runExperiment(square, { width: 8 })),
      /ENOENT/,
    );
    assert.deepEqual(runs, []);
  });
});
