import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCSV } from "danfojs-node";
import { parse } from "papaparse";
import { defineExperiment, runExperiment, sweep, SweepError, type Experiment, type Progress } from "fathom/sweep";

interface Parameters {
  width: number;
}
interface Row {
  value: number | null;
}

describe("running experiments through the store", () => {
  let folder: string;
  let before: string | undefined;
  let runs: number[];
  const square: Experiment<Parameters, Row> = defineExperiment<Parameters, Row>({
    name: "square",
    source: __filename,
    run: ({ width }, report) => {
      runs.push(width);
      report(0.5);
      return Promise.resolve([{ value: width ** 2 }]);
    },
  });
  const returning = (rows: unknown): Experiment<Parameters, Row> =>
    defineExperiment<Parameters, Row>({
      name: "returning",
      source: __filename,
      run: () => Promise.resolve(rows as Row[]),
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sweep-"));
    before = process.env.FATHOM_STORE;
    process.env.FATHOM_STORE = folder;
    runs = [];
  });
  afterEach(() => {
    if (before === undefined) delete process.env.FATHOM_STORE;
    else process.env.FATHOM_STORE = before;
    rmSync(folder, { recursive: true });
  });

  const cellsOf = ({ name, code }: { name: string; code: string }): string => join(folder, name, code.slice(0, 12));
  const readManifest = (): Record<string, string>[] =>
    parse<Record<string, string>>(
      readFileSync(join(cellsOf({ ...square, name: "fragile" }), "manifest.csv"), "utf8").trimEnd(),
      {
        header: true,
      },
    ).data;

  it("computes a cell once", async () => {
    assert.deepEqual(await runExperiment(square, { width: 3 }), [{ value: 9 }]);
    assert.deepEqual(await runExperiment(square, { width: 3 }), [{ value: 9 }]);
    assert.deepEqual(runs, [3]);
  });

  it("gives the rows of each cell in the order asked for, also when some are stored", async () => {
    await runExperiment(square, { width: 2 });
    const rows = await sweep(square, [{ width: 3 }, { width: 2 }, { width: 1 }]);
    assert.deepEqual(rows, [[{ value: 9 }], [{ value: 4 }], [{ value: 1 }]]);
    assert.deepEqual(runs, [2, 3, 1]);
    assert.equal(readdirSync(cellsOf(square)).filter((name) => name.endsWith(".json")).length, 3);
  });

  it("computes the other cells where some fail, says which and why, and then only those again", async () => {
    const cells = [{ width: 1 }, { width: 2 }, { width: 3 }, { width: 4 }];
    let broken = true;
    const fragile = defineExperiment<Parameters, Row>({
      name: "fragile",
      source: __filename,
      run: ({ width }) => {
        runs.push(width);
        if (width % 2 === 0 && broken) throw new RangeError(`${width} is even`);
        return Promise.resolve([{ value: width }]);
      },
    });
    const seen: (string | undefined)[] = [];
    const progress: Progress = { update: (_, text) => seen.push(text), done: () => undefined };
    await assert.rejects(sweep(fragile, cells, { progress }), (error: unknown) => {
      assert.ok(error instanceof SweepError);
      assert.match(
        error.message,
        /^2 of 4 cells of fragile failed; the others are stored\. The first is cell 1, \{"width":2\}: RangeError: 2 is even$/,
      );
      assert.deepEqual(
        error.failures.map(({ index }) => index),
        [1, 3],
      );
      assert.ok(error.cause instanceof RangeError);
      return true;
    });
    assert.equal(seen.at(-1), "2 of 4 cells, 2 failed");
    const failed = readManifest().filter(({ status }) => status === "failed");
    assert.deepEqual(failed.map(({ error }) => error).sort(), ["RangeError: 2 is even", "RangeError: 4 is even"]);
    broken = false;
    assert.deepEqual(await sweep(fragile, cells), [[{ value: 1 }], [{ value: 2 }], [{ value: 3 }], [{ value: 4 }]]);
    assert.deepEqual(runs, [1, 2, 3, 4, 2, 4]);
    assert.deepEqual([...new Set(readManifest().map(({ status }) => status))], ["stored"]);
  });

  it("throws what the one cell threw", async () => {
    const broken = defineExperiment<Parameters, Row>({
      name: "fragile",
      source: __filename,
      run: () => Promise.reject(new RangeError("too wide")),
    });
    await assert.rejects(runExperiment(broken, { width: 1 }), { name: "RangeError", message: "too wide" });
    assert.deepEqual(
      readManifest().map(({ error }) => error),
      ["RangeError: too wide"],
    );
  });

  it("lists its cells in a table that danfo reads", async () => {
    await sweep(square, [{ width: 3 }, { width: 1 }]);
    const frame = await readCSV(join(cellsOf(square), "manifest.csv"));
    assert.deepEqual(frame.shape[0], 2);
    const parameters = (frame.column("parameters").values as string[]).map((text) => JSON.parse(text) as Parameters);
    assert.deepEqual(parameters.map(({ width }) => width).sort(), [1, 3]);
    for (const [index, file] of (frame.column("file").values as string[]).entries()) {
      const text = readFileSync(join(cellsOf(square), file));
      assert.equal(frame.column("sha256").values[index], createHash("sha256").update(text).digest("hex"));
    }
  });

  it("computes a damaged cell again", async () => {
    await runExperiment(square, { width: 3 });
    const name = readdirSync(cellsOf(square)).find((file) => file.endsWith(".json")) ?? "";
    truncateSync(join(cellsOf(square), name), 30);
    const { lines } = await capturingStderr(() => runExperiment(square, { width: 3 }));
    assert.deepEqual(runs, [3, 3]);
    assert.equal(lines.length, 1);
    assert.match(lines[0], /is damaged/);
  });

  it("returns the rows even where they cannot be stored, and says so", async () => {
    process.env.FATHOM_STORE = join(folder, "file");
    writeFileSync(join(folder, "file"), "in the way");
    const { result, lines } = await capturingStderr(() => runExperiment(square, { width: 3 }));
    assert.deepEqual(result, [{ value: 9 }]);
    assert.match(lines[1], /square was computed but not stored/);
    assert.match(lines[2], /^store: 2 files of square could not be stored/);
    assert.equal(lines.length, 3);
  });

  it("reports progress by the cost of what is left to compute, and ends it", async () => {
    await runExperiment(square, { width: 5 });
    const seen: [number, string | undefined][] = [];
    let ended = 0;
    const progress: Progress = { update: (fraction, text) => seen.push([fraction, text]), done: () => ended++ };
    await sweep(square, [{ width: 1 }, { width: 5 }, { width: 3 }], { progress, cost: ({ width }) => width });
    assert.deepEqual(seen, [
      [0, "0 of 3 cells"],
      [0.125, "0 of 3 cells"],
      [0.25, "1 of 3 cells"],
      [0.25, "2 of 3 cells"],
      [0.625, "2 of 3 cells"],
      [1, "3 cells"],
    ]);
    assert.equal(ended, 1);
  });

  it("hands an experiment a copy of its parameters", async () => {
    const parameters = { width: 4 };
    const careless = defineExperiment<Parameters, Row>({
      name: "careless",
      source: __filename,
      run: (given) => Promise.resolve([{ value: given.width++ }]),
    });
    await runExperiment(careless, parameters);
    assert.equal(parameters.width, 4);
  });

  it("keeps null, and refuses NaN, naming experiment and field", async () => {
    assert.deepEqual(await runExperiment(returning([{ value: null }]), { width: 1 }), [{ value: null }]);
    await assert.rejects(
      runExperiment(returning([{ value: 1 }, { value: NaN }]), { width: 2 }),
      /rows of returning\[1\]\.value is NaN/,
    );
    await assert.rejects(
      runExperiment(returning([{ value: Float32Array.of(1) }]), { width: 3 }),
      /rows of returning\[0\]\.value is a Float32Array/,
    );
    await assert.rejects(runExperiment(returning({ value: 1 }), { width: 4 }), /must return an array of rows/);
    assert.equal(
      readdirSync(cellsOf({ ...square, name: "returning" })).filter((name) => /^[0-9a-f]+\.json$/.test(name)).length,
      1,
    );
  });

  it("checks the parameters of every cell before the first runs", async () => {
    await assert.rejects(
      sweep(square, [{ width: 1 }, { width: NaN }]),
      /parameters of square \(cell 1\)\.width is NaN/,
    );
    assert.deepEqual(runs, []);
  });

  it("refuses a cost that is no cost", async () => {
    await assert.rejects(sweep(square, [{ width: 1 }], { cost: () => 0 }), /cost of a cell of square is 0/);
  });
});

async function capturingStderr<T>(body: () => Promise<T>): Promise<{ result: T; lines: string[] }> {
  const lines: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (text: string | Uint8Array): boolean => lines.push(String(text).trimEnd()) > 0;
  try {
    return { result: await body(), lines };
  } finally {
    process.stderr.write = write;
  }
}
