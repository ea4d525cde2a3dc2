import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../../..");

describe("the report of npm test", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fathom-test-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(suite: string): SpawnSyncReturns<string> {
    writeFileSync(join(folder, "suite.cjs"), suite);
    const mocha = join(root, "node_modules/mocha/bin/mocha.js");
    const options = ["--no-config", "--reporter", join(root, "tools/test/reporter.cjs"), join(folder, "suite.cjs")];
    const env = { ...process.env, FATHOM_TEST_PATIENCE: "200" };
    return spawnSync(process.execPath, [mocha, ...options], { cwd: folder, encoding: "utf8", env });
  }

  it("ends in the plain line that scripts read, and keeps mocha's exit code", () => {
    const { stdout, status } = run(
      'it("one", () => {}); it("two", () => {}); it.skip("later", () => {}); it("red", () => { throw 1; });',
    );
    assert.match(stdout, /\n2 passed, 1 failed\n$/);
    assert.equal(status, 1);
  });

  it("waits for nothing that a test has left open, and names it", () => {
    const { stdout, stderr, status } = run('it("one", () => { setInterval(() => {}, 1000); });');
    assert.match(stdout, /\n1 passed, 0 failed\n$/);
    assert.match(stderr, /^left open by a test: .*\bTimeout\n$/);
    assert.equal(status, 1);
  });
});
