/** The committed record of the soak: when each test last ran, how it came out, and how much of what it covers has changed since. */
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

/** The recorded tests; none where there is no record. */
function recorded(root) {
  try {
    return JSON.parse(readFileSync(join(root, record), "utf8")).tests;
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw new Error(`${record} is no record of a soak (${error.message}); remove it, or take it from git.`, {
      cause: error,
    });
  }
}

/** Begins a soak at the commit that is checked out. */
function begin(root = repository) {
  const commit = git(root, "rev-parse", "HEAD");
  /**
   * Notes tests that have just ended: titles, states and seconds. Other tests keep what was noted of them, but for those that
   * are not among `titles`, all that there are.
   */
  return function note(ended, titles) {
    const now = { commit, date: new Date().toISOString().slice(0, 10), node: process.version };
    if (changedSince(commit, root).length > 0) now.uncommittedChanges = true;
    const tests = new Map(recorded(root).map((test) => [test.title, test]));
    for (const test of ended) tests.set(test.title, { ...test, ...now });
    const all = titles.map((title) => tests.get(title) ?? { title, state: "not run" });
    const file = join(root, record);
    const temporary = `${file}.${process.pid}.partial`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, `${JSON.stringify({ tests: all }, null, 2)}\n`);
    renameSync(temporary, file);
  };
}

/** One line for CI's log: how the tests came out when each last ran, when that was, and what has changed since. */
function age(root = repository) {
  const tests = recorded(root);
  if (tests.length === 0) return `soak: never run; npm run soak writes ${record}`;
  const [passed, failed] = ["passed", "failed"].map((state) => tests.filter((test) => test.state === state).length);
  const notRun = tests.length - passed - failed;
  const head = `soak: ${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} not run` : ""}`;
  const ran = tests.filter((test) => test.state !== "not run");
  if (ran.length === 0) return `${head}: npm run soak`;
  const dates = ran.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  const when = `${head}, ${first === last ? `on ${first}` : `from ${first} to ${last}`}`;
  let changes;
  try {
    changes = new Map([...new Set(ran.map(({ commit }) => commit))].map((at) => [at, changedSince(at, root).length]));
  } catch {
    return `${when}; a commit of theirs is not in this clone, so their age is unknown`;
  }
  const older = ran.filter(({ commit }) => changes.get(commit) > 0).length;
  if (older === 0) return `${when}; nothing they cover has changed since`;
  const most = Math.max(...changes.values());
  const files = `up to ${most} changed ${most === 1 ? "file" : "files"}`;
  return `${when}; ${older} of ${ran.length} OLDER than the code they cover (${files}): npm run soak`;
}

module.exports = { age, begin };

if (require.main === module) console.log(age());
