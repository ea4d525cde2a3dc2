import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface SoakRecord {
  readonly age: (root: string) => string;
  readonly write: (tests: { title: string; state: string; seconds: number }[], seconds: number, root: string) => void;
}

const { age, write } = require("../../../tools/soak/record.cjs") as SoakRecord;

describe("the record of the last soak", () => {
  let root: string;
  const git = (...arguments_: string[]): string =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.org", ...arguments_], {
      cwd: root,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  const commit = (file: string, content: string): void => {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), content);
    git("add", file);
    git("commit", "--quiet", "--message", file);
  };
  const tests = [
    { title: "one", state: "passed", seconds: 3 },
    { title: "other", state: "failed", seconds: 4 },
  ];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "fathom-test-"));
    git("init", "--quiet");
    commit("lib/theory.ts", "1");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("says that there was none", () => {
    assert.match(age(root), /never run/);
  });

  it("carries commit, date, counts and the seconds of each test", () => {
    write(tests, 7.4, root);
    const last = JSON.parse(readFileSync(join(root, "test/soak/last.json"), "utf8")) as Record<string, unknown>;
    assert.equal(last["commit"], git("rev-parse", "HEAD"));
    assert.match(String(last["date"]), /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual([last["passed"], last["failed"], last["seconds"]], [1, 1, 7]);
    assert.deepEqual(last["tests"], tests);
    assert.equal(last["uncommittedChanges"], false);
  });

  it("tells what was not run from what passed", () => {
    write([...tests, { title: "third", state: "not run", seconds: 0 }], 7, root);
    assert.match(age(root), /1 passed, 1 failed, 1 not run /);
  });

  it("owns up to changes that no commit holds", () => {
    writeFileSync(join(root, "lib/theory.ts"), "2");
    write(tests, 7, root);
    const last = JSON.parse(readFileSync(join(root, "test/soak/last.json"), "utf8")) as Record<string, unknown>;
    assert.equal(last["uncommittedChanges"], true);
  });

  it("is current until the code that it covers changes", () => {
    write(tests, 7, root);
    git("add", ".");
    git("commit", "--quiet", "--message", "record");
    commit("README.md", "words");
    assert.match(age(root), /1 passed, 1 failed .* nothing it covers has changed since/);
    commit("lib/theory.ts", "2");
    assert.match(age(root), /OLDER than the code it covers \(1 changed file\)/);
  });

  it("does not guess when its commit is unknown", () => {
    write(tests, 7, root);
    const file = join(root, "test/soak/last.json");
    writeFileSync(file, readFileSync(file, "utf8").replace(/"commit": "\w+"/, `"commit": "${"0".repeat(40)}"`));
    assert.match(age(root), /its age is unknown/);
  });
});
