import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../../tools/claims/report";

const root = join(__dirname, "../../..");

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** `npm run claims -- …` on the fixture, as a reader's shell runs it. */
function claims(
  records: string,
  arguments_: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  onErrors: (errors: string, kill: () => void) => void = () => undefined,
): Promise<Ended> {
  const where = ["--notebooks", join(root, "test/fixtures/claims"), "--records", records];
  const command = [join(root, "tools/claims.mjs"), ...where, ...arguments_];
  const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, ...variables } });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (output += String(text)));
  child.stderr.on("data", (text: Buffer) => {
    errors += String(text);
    onErrors(errors, () => void child.kill("SIGINT"));
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output, errors }));
  });
}

describe("npm run claims", function () {
  this.timeout(300_000);
  let folder: string;
  let records: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "claims-"))));
  before(() => (records = join(folder, "records")));
  after(() => rmSync(folder, { recursive: true }));

  const kept = (): string[] =>
    readdirSync(records, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".json"));

  it("runs a notebook under fresh keys and ends with 0 when its claims hold", async () => {
    const { code, output, errors } = await claims(records, ["--seeds", "1"]);
    assert.equal(code, 0, output + errors);
    assert.match(output, /00-scores: 1 run under fresh keys, all green/);
    assert.equal(kept().length, 1);
  });

  it("goes on where it stopped: runs only what is not kept, and draws everything anew", async () => {
    const { code, output, errors } = await claims(records, ["--seeds", "2", "--json"]);
    assert.equal(code, 0, output + errors);
    assert.deepEqual(
      errors.match(/✓ .*/g)?.map((line) => line.replace(/ \(.*/, "")),
      ["✓ 00-scores, keys 2: 6 of 6 claims hold, 6 of 6 broken ones fail"],
    );
    assert.equal(kept().length, 2);
    const { notebooks, objections } = JSON.parse(output) as Report;
    assert.deepEqual(objections, []);
    const [{ runs, redRuns, claims: found, violations }] = notebooks;
    assert.deepEqual({ runs, redRuns }, { runs: 2, redRuns: 0 });
    assert.deepEqual(
      found.map(({ id, random }) => `${id}${random ? "" : ", the same"}`),
      ["mean", "draw", "law", "bound", "sum, the same", "effect, the same"],
    );
    assert.ok((found[1].scores?.spread ?? 0) > 0.01);
    assert.deepEqual(
      violations.map(({ detected }) => detected),
      [2, 2, 2, 2, 2, 2],
    );
  });

  it("begins with the keys that it is told to begin with", async () => {
    const { code, output, errors } = await claims(records, ["--seeds", "2", "--first", "2", "--json"]);
    assert.equal(code, 0, output + errors);
    assert.match(errors, /✓ 00-scores, keys 3: /);
    assert.doesNotMatch(errors, /keys [12]:/);
    assert.equal((JSON.parse(output) as Report).notebooks[0].runs, 2);
    assert.equal(kept().length, 3);
  });

  it("ends with 1 when a standard error is too small, and goes on past the table that is red", async () => {
    const planted = { FATHOM_TEST_FACTOR: "1000" };
    const { code, output, errors } = await claims(join(folder, "planted"), ["--seeds", "1"], planted);
    assert.equal(code, 1, output + errors);
    assert.match(output, /✗ 00-scores: 1 of 1 runs were not green, p = 5\.0e-5 after Holm/);
    assert.match(output, /mean +0 of 1 \(1 failed\)/);
    assert.match(output, /effect +1 of 1/);
  });

  it("ends with 2 when a notebook fails, names the cell, and keeps no such run", async () => {
    const failing = join(folder, "failing");
    const { code, output, errors } = await claims(failing, ["--seeds", "3"], { FATHOM_TEST_FAILING: "1" });
    assert.equal(code, 2, output + errors);
    assert.match(errors, /00-scores failed under keys 1, at code cell 2: RangeError: no numbers today/);
    assert.match(output, /No run is kept/);
    assert.equal(errors.match(/✓ 00-scores/g)?.length, 1);
  });

  it("stops when the time is over, and reports on what there is", async () => {
    const { code, output, errors } = await claims(records, ["--seeds", "4", "--minutes", "0.1"], {
      FATHOM_TEST_HANGING: "1",
    });
    assert.equal(code, 0, output + errors);
    assert.match(output, /00-scores: 3 runs under fresh keys/);
    assert.match(errors, /The time is over/);
  });

  it("ends with 130 when it is interrupted", async () => {
    const { code, errors } = await claims(records, ["--seeds", "4"], { FATHOM_TEST_HANGING: "1" }, (told, kill) => {
      if (told.includes(", keys ")) setTimeout(kill, 500);
    });
    assert.equal(code, 130, errors);
    assert.match(errors, /Interrupted: whole runs are kept/);
  });

  it("reports on what is kept without running anything, and ends with 64 for what there is not", async () => {
    const { code, output, errors } = await claims(records, ["--seeds", "200", "--report"]);
    assert.equal(code, 0, errors);
    assert.match(output, /00-scores: 3 runs/);
    assert.doesNotMatch(errors, /keys/);
    const unknown = await claims(records, ["99"]);
    assert.equal(unknown.code, 64);
    assert.match(unknown.errors, /No notebook's name begins with "99"/);
  });
});
