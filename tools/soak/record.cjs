/** The committed record of the last soak, and how much of the code it covered has changed since. */
const { execFileSync } = require("node:child_process");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const repository = join(__dirname, "..", "..");

/** Where the record lies in the repository. */
const record = "test/soak/last.json";

/** What a soak says something about. */
const covered = [
  "lib",
  "kernel",
  "tools",
  "notebooks",
  "packages",
  "test/soak",
  "package-lock.json",
  "requirements.txt",
];

function git(root, ...arguments_) {
  return execFileSync("git", arguments_, { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
}

/** Names of covered files that differ from the commit, in the working tree. */
function changedSince(commit, root) {
  const names = git(root, "diff", "--name-only", commit, "--", ...covered).split("\n");
  return names.filter((name) => name !== "" && name !== record);
}

/** Writes the record of a soak that has just ended: each test's title, state and seconds. */
function write(tests, seconds, root = repository) {
  const commit = git(root, "rev-parse", "HEAD");
  const content = {
    commit,
    date: new Date().toISOString().slice(0, 10),
    uncommittedChanges: changedSince(commit, root).length > 0,
    node: process.version,
    passed: tests.filter((test) => test.state === "passed").length,
    failed: tests.filter((test) => test.state === "failed").length,
    notRun: tests.filter((test) => test.state === "not run").length,
    seconds: Math.round(seconds),
    tests,
  };
  const file = join(root, record);
  const temporary = `${file}.${process.pid}.partial`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(temporary, file);
}

/** One line for CI's log: when the last soak ran, how it came out, what has changed since. */
function age(root = repository) {
  let last;
  try {
    last = JSON.parse(readFileSync(join(root, record), "utf8"));
  } catch {
    return `soak: never run; npm run soak writes ${record}`;
  }
  const notRun = last.notRun > 0 ? `, ${last.notRun} not run` : "";
  const head = `soak: ${last.passed} passed, ${last.failed} failed${notRun} on ${last.date} at ${last.commit.slice(0, 9)}`;
  let changed;
  try {
    changed = changedSince(last.commit, root).length;
  } catch {
    return `${head}; that commit is not in this clone, so its age is unknown`;
  }
  if (changed === 0) return `${head}; nothing it covers has changed since`;
  return `${head}; OLDER than the code it covers (${changed} changed ${changed === 1 ? "file" : "files"}): npm run soak`;
}

module.exports = { age, write };

if (require.main === module) console.log(age());
