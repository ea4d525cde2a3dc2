import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key, uniformArray } from "fathom/random";
import { contents, finishSweep, folderBytes, isWriting, sweepCommand, SweepProcess } from "./disturbed-sweep";

const kills = Number(process.env["FATHOM_SOAK_KILLS"] ?? 4);
const size = { cells: 40 * kills, rows: 6000 };
const sandbox = spawnSync("bwrap", ["--dev-bind", "/", "/", "true"]).status === 0;

describe("a sweep that is disturbed ends in the bytes of one that is not", function () {
  this.timeout(600_000);
  let folder: string;
  let undisturbed: Record<string, string>;
  let store: string;
  let count = 0;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "survival-"));
    await finishSweep(join(folder, "undisturbed"), size);
    undisturbed = contents(join(folder, "undisturbed"));
    assert.equal(Object.keys(undisturbed).length, size.cells + 1);
  });
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    store = join(folder, `store-${count++}`);
    mkdirSync(store);
  });

  it(`when it is killed ${kills} times, at random moments and in the middle of a write`, async () => {
    // Some more where none of the kills came in the middle of a write.
    const moments = uniformArray(key(7), kills + 10);
    let whileWriting = 0;
    let unfinished = 0;
    for (const [index, moment] of moments.entries()) {
      if (index >= kills && whileWriting > 0) break;
      const process = new SweepProcess(store, sweepCommand(size));
      await process.began();
      await new Promise((resolve) => setTimeout(resolve, 100 * moment));
      if (index % 2 === 1) await process.seen(() => isWriting(store));
      await process.kill();
      if (isWriting(store)) whileWriting++;
      if (!process.output.includes("ended")) unfinished++;
    }
    assert.ok(unfinished > 0 && whileWriting > 0, `${unfinished} kills before the end, ${whileWriting} in a write`);
    await finishSweep(store, size);
    assert.deepEqual(contents(store), undisturbed);
  });

  it("when two processes work on it at once", async () => {
    await Promise.all([finishSweep(store, size), finishSweep(store, size)]);
    assert.deepEqual(contents(store), undisturbed);
  });

  it("when the clock runs backwards", async () => {
    const small = { ...size, backwards: true };
    await finishSweep(store, small);
    assert.deepEqual(contents(store), undisturbed);
  });

  it("when files were cut short, altered, emptied or removed meanwhile, each of which is told", async () => {
    cpSync(join(folder, "undisturbed"), store, { recursive: true });
    const [experiment] = readdirSync(join(store, "noise"));
    const cells = join(store, "noise", experiment);
    const [first, second, third, fourth] = readdirSync(cells).filter((name) => name.endsWith(".json"));
    truncateSync(join(cells, first), 1000);
    appendFileSync(join(cells, second), "]");
    truncateSync(join(cells, third));
    rmSync(join(cells, fourth));
    const output = await finishSweep(store, size);
    assert.equal(output.match(/is damaged/g)?.length, 3, output);
    assert.deepEqual(contents(store), undisturbed);
  });

  it("when another version of the experiment's code has stored cells beside it", async () => {
    cpSync(join(folder, "undisturbed"), store, { recursive: true });
    const [experiment] = readdirSync(join(store, "noise"));
    cpSync(join(store, "noise", experiment), join(store, "noise", "0123456789ab"), { recursive: true });
    rmSync(join(store, "noise", experiment), { recursive: true });
    await finishSweep(store, size);
    rmSync(join(store, "noise", "0123456789ab"), { recursive: true });
    assert.deepEqual(contents(store), undisturbed);
  });

  // A test without a body: mocha lists it as pending, the record as not run.
  if (!sandbox) it("not run: a full disk and a read-only one need bubblewrap (Debian, Ubuntu: apt install bubblewrap)");
  else {
    /** Runs shell commands where the store is a file system of its own. */
    const inSandbox = (mount: readonly string[], script: string): string => {
      const words = ["--dev-bind", "/", "/", ...mount, "sh", "-c", script];
      const { status, stdout, stderr } = spawnSync("bwrap", words, {
        encoding: "utf8",
        env: { ...process.env, FATHOM_STORE: store, FATHOM_ENGINE: "wasm", STORE: store, OUT: join(folder, "out") },
      });
      assert.equal(status, 0, stderr);
      return stdout + stderr;
    };
    const run = sweepCommand(size).join(" ");

    it("when the disk is full for a while", async () => {
      const bytes = folderBytes(join(folder, "undisturbed"));
      const output = inSandbox(
        ["--size", String(Math.ceil(1.5 * bytes)), "--tmpfs", store],
        `head -c ${Math.ceil(1.2 * bytes)} /dev/zero > $STORE/filler && ${run} && rm $STORE/filler && ls $STORE/noise/* && ${run} && cp -r $STORE $OUT`,
      );
      assert.match(output, /noise was computed but not stored \(.*ENOSPC/);
      assert.equal(output.match(/ended with/g)?.length, 2);
      assert.deepEqual(contents(join(folder, "out")), undisturbed);
    });

    it("when the folder is read-only for a while", async () => {
      const output = inSandbox(["--ro-bind", store, store], run);
      assert.match(output, /noise was computed but not stored/);
      assert.deepEqual(contents(store), {});
      await finishSweep(store, size);
      assert.deepEqual(contents(store), undisturbed);
    });
  }
});
