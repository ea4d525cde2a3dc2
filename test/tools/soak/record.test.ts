import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Ended {
  readonly title: string;
  readonly state: string;
  readonly seconds: number;
}

interface SoakRecord {
  readonly age: (root: string) => string;
  readonly begin: (root: string) => (ended: readonly Ended[], titles: readonly string[]) => void;
}

const { age, begin } = require("../../../tools/soak/record.cjs") as SoakRecord;

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
  const titles = tests.map(({ title }) => title);
  const file = (): string => join(root, "test/soak/last.json");
  const recorded = (): Record<string, unknown>[] =>
    (JSON.parse(readFileSync(file(), "utf8")) as { tests: Record<string, unknown>[] }).tests;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "fathom-test-"));
    git("init", "--quiet");
    commit("lib/theory.ts", "1");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("says that there was none", () => {
    assert.match(age(root), /never run/);
  });

  it("carries each test's state, seconds, commit and date", () => {
    begin(root)(tests, titles);
    const [one, other] = recorded();
    assert.deepEqual([one["title"], one["state"], one["seconds"]], ["one", "passed", 3]);
    assert.deepEqual([other["title"], other["state"]], ["other", "failed"]);
    assert.equal(one["commit"], git("rev-parse", "HEAD"));
    assert.match(String(one["date"]), /^\d{4}-\d\d-\d\d$/);
    assert.equal("uncommittedChanges" in one, false);
  });

  it("keeps what it knows of tests that did not run again, and forgets those that are no more", () => {
    begin(root)([tests[0]], [...titles, "third"]);
    assert.match(age(root), /1 passed, 0 failed, 2 not run/);
    begin(root)([tests[1]], titles);
    assert.deepEqual(
      recorded().map(({ title, state }) => [title, state]),
      [
        ["one", "passed"],
        ["other", "failed"],
      ],
    );
  });

  it("owns up to changes that no commit holds", () => {
    const note = begin(root);
    writeFileSync(join(root, "lib/theory.ts"), "2");
    note(tests, titles);
    assert.equal(recorded()[0]["uncommittedChanges"], true);
  });

  it("is current until the code that it covers changes", () => {
    begin(root)(tests, titles);
    git("add", ".");
    git("commit", "--quiet", "--message", "record");
    commit("README.md", "words");
    assert.match(age(root), /1 passed, 1 failed, on .* nothing they cover has changed since/);
    commit("lib/theory.ts", "2");
    assert.match(age(root), /2 of 2 OLDER than the code they cover \(up to 1 changed file\)/);
    begin(root)([tests[0]], titles);
    assert.match(age(root), /1 of 2 OLDER/);
  });

  it("does not guess when a commit is unknown", () => {
    begin(root)(tests, titles);
    writeFileSync(file(), readFileSync(file(), "utf8").replace(/"commit": "\w+"/, `"commit": "${"0".repeat(40)}"`));
    assert.match(age(root), /their age is unknown/);
  });

  it("says so where the record cannot be read", () => {
    begin(root)(tests, titles);
    writeFileSync(file(), "{");
    assert.throws(() => age(root), /is no record of a soak/);
  });
});
