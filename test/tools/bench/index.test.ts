import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonCommands } from "../../../tools/environment.mjs";
import type { GrowthResult } from "../../../tools/bench/growth";
import type { Results } from "../../../tools/bench/results";

const fixtures = join(__dirname, "fixtures", "bench");

describe("npm run bench", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "fathom-bench-root-"));
    mkdirSync(join(root, "bench"));
    for (const name of readdirSync(fixtures)) symlinkSync(join(fixtures, name), join(root, "bench", name));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  interface Outcome {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  /** Runs to the end; `onSaid` sees all that stderr said so far. */
  async function bench(arguments_: string[], onSaid?: (said: string, interrupt: () => void) => void): Promise<Outcome> {
    const command = ["--import", "tsx", join(__dirname, "run-main.ts"), root, ...arguments_];
    // Without taskset and without a Python that has any peer.
    const child = spawn(process.execPath, command, { env: { ...process.env, PATH: pythonCommands } });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data) => (stdout += String(data)));
    child.stderr.on("data", (data) => {
      stderr += String(data);
      onSaid?.(stderr, () => child.kill("SIGINT"));
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout, stderr };
  }

  it("writes what it found, and a chart", async () => {
    const { code, stderr } = await bench(["--rounds", "2"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /peers are not installed.*npm run bench -- --peers/);
    assert.match(stderr, /This machine at most: matrix products 50\.0 Gflop\/s \(ours\)/);
    const { workloads, rounds, limits } = JSON.parse(
      readFileSync(join(root, "bench", "results.json"), "utf8"),
    ) as Results;
    assert.equal(rounds, 2);
    assert.equal(limits?.copy, 1e10);
    assert.deepEqual(
      workloads.map(({ name, against, limitSeconds }) => [name, against, limitSeconds]),
      [["sum", "plain", 1e-7]],
    );
    assert.match(readFileSync(join(root, "bench", "results.svg"), "utf8"), /<svg[^]*>sum<[^]*<\/svg>/);
  });

  it("writes no file where only some workloads are run, but JSON to stdout where it is asked for", async () => {
    const { code, stdout, stderr } = await bench(["sum", "--rounds", "1", "--json"]);
    assert.equal(code, 0, stderr);
    assert.equal((JSON.parse(stdout) as Results).workloads[0].name, "sum");
    assert.equal(existsSync(join(root, "bench", "results.json")), false);
  });

  it("measures how costs grow", async () => {
    const { code, stderr } = await bench(["--growth"]);
    assert.equal(code, 0, stderr);
    const { growth } = JSON.parse(readFileSync(join(root, "bench", "growth.json"), "utf8")) as {
      growth: GrowthResult[];
    };
    assert.deepEqual(
      growth.map(({ workload, sizes }) => [workload, sizes]),
      [["sum", [1e4, 1e5, 1e6]]],
    );
    assert.ok(growth[0].peakBytes.every((bytes, index) => bytes >= growth[0].baseBytes[index]));
    assert.match(stderr, /sum, terms: 10000: .*\n {2}time: exponent [\d.-]+.*, expected 1; peak memory:/);
    assert.match(readFileSync(join(root, "bench", "growth.svg"), "utf8"), /<svg/);
  });

  it("ends every process when it is interrupted, and leaves the last results", async () => {
    writeFileSync(join(root, "bench", "results.json"), "the last ones");
    let interrupted = false;
    const { code, stderr } = await bench(["slow"], (said, interrupt) => {
      if (interrupted || !said.includes("slow, ours is checked")) return;
      interrupted = true;
      interrupt();
    });
    assert.equal(code, 130, stderr);
    assert.match(stderr, /Interrupted: nothing was written/);
    assert.equal(readFileSync(join(root, "bench", "results.json"), "utf8"), "the last ones");
    assert.doesNotMatch(spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout, new RegExp(root));
  });

  it("says what is wrong with a command line", async () => {
    const { code, stderr } = await bench(["curve"]);
    assert.equal(code, 64);
    assert.match(stderr, /There is no workload curve\. There are: broken, slow, sum\.\nnpm run bench -- --help/);
  });
}).timeout(240_000);
