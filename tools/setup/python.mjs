/** Python's side: which interpreter, and the environment `.venv` made from requirements.txt. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { indented, lastLines, onPath, run } from "./command.mjs";
import { SetUpError } from "./failure.mjs";
import { newestPython, oldestCoursePython, oldestPeersPython, oldestPython, oldestWorkflowPython } from "./pins.mjs";

/**
 * A Python environment of the clone.
 *
 * @typedef {{ folder: string, requirements: string, oldest: number[] }} Environment `folder` and `requirements` (the
 *   lock that it is made from) are names in the clone; `oldest` is the oldest Python that the lock serves
 */

/** What JupyterLab, the headless run and their tests need. @type {Environment} */
export const mainEnvironment = { folder: ".venv", requirements: "requirements.txt", oldest: oldestPython };

/** What `npm run course` needs: the same and nbgrader. @type {Environment} */
export const courseEnvironment = {
  folder: ".venv-course",
  requirements: "requirements-course.txt",
  oldest: oldestCoursePython,
};

/** What `npm run audit` asks with. @type {Environment} */
export const auditEnvironment = {
  folder: ".venv-audit",
  requirements: "requirements-audit.txt",
  oldest: oldestPython,
};

/** What `npm run workflow` runs with. @type {Environment} */
export const workflowEnvironment = {
  folder: ".venv-workflow",
  requirements: "requirements-workflow.txt",
  oldest: oldestWorkflowPython,
};

/** What `npm run bench` compares with. @type {Environment} */
export const peersEnvironment = {
  folder: ".venv-peers",
  requirements: "requirements-peers.txt",
  oldest: oldestPeersPython,
};

const probe = `
import json, sys
answer = {"version": list(sys.version_info[:3]), "executable": sys.executable, "lacks": []}
for module in ("venv", "ensurepip", "ssl", "zlib", "sqlite3"):
    try: __import__(module)
    except ImportError: answer["lacks"].append(module)
print(json.dumps(answer))
`;

/** The names under which a suitable Python may be found, newest first. */
export function pythonNames() {
  const names = [];
  for (let minor = newestPython[1]; minor >= oldestPython[1]; minor--) names.push(`python${newestPython[0]}.${minor}`);
  return [...names, "python3", "python"];
}

/**
 * The newest suitable Python on PATH, or the one that FATHOM_PYTHON names.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {number[]} [oldest]
 * @returns {Promise<{ executable: string, version: number[] }>}
 * @throws {SetUpError} naming every Python that was found and why it does not do
 */
export async function findPython(env = process.env, oldest = oldestPython) {
  const asked = env["FATHOM_PYTHON"];
  const range = `${oldest.join(".")} to ${newestPython.join(".")}`;
  const names = asked ? [asked] : pythonNames();
  const paths = names.map((name) => onPath(name, env)).filter((path) => path !== null);
  if (asked && paths.length === 0) throw new SetUpError(`FATHOM_PYTHON is ${asked}, and there is no such program.`);
  // A version manager leaves names on PATH that start nothing: those give no answer.
  const answers = (await Promise.all(paths.map((path) => ask(path, env)))).filter((answer) => answer !== null);
  const suitable = answers.filter((answer) => unsuitable(answer, oldest) === null);
  if (suitable.length > 0)
    return suitable.reduce((best, next) => (compare(next.version, best.version) > 0 ? next : best));
  if (answers.length === 0) {
    throw new SetUpError(
      `No Python was found on PATH; the collection needs ${range}. Install one (Debian and Ubuntu: apt install python3 ` +
        "python3-venv; macOS: brew install python@3.13), or name one: FATHOM_PYTHON=/path/to/python3",
    );
  }
  const reasons = new Set(answers.map((answer) => `${answer.executable}: ${unsuitable(answer, oldest)}`));
  throw new SetUpError(
    `No Python on PATH does; the collection needs ${range} with venv:\n${indented([...reasons])}\n` +
      "Another one can be named: FATHOM_PYTHON=/path/to/python3",
  );
}

async function ask(path, env) {
  try {
    const { code, stdout } = await run(path, ["-c", probe], { env });
    return code === 0 ? JSON.parse(stdout) : null;
  } catch {
    return null;
  }
}

/** Why an interpreter does not do, with the remedy, or null. */
export function unsuitable({ version, lacks }, oldest = oldestPython) {
  const short = version.slice(0, 2);
  const number = version.join(".");
  if (compare(short, oldest) < 0) return `Python ${number} is older than ${oldest.join(".")}`;
  if (compare(short, newestPython) > 0)
    return `Python ${number} is newer than ${newestPython.join(".")}, the newest that requirements.txt is locked for`;
  const debian = lacks.filter((module) => module === "venv" || module === "ensurepip");
  if (debian.length > 0)
    return `Python ${number} lacks ${debian.join(" and ")} (Debian and Ubuntu: apt install python${short.join(".")}-venv)`;
  if (lacks.length > 0) return `Python ${number} was built without ${lacks.join(" and ")}`;
  return null;
}

function compare(a, b) {
  for (let index = 0; index < Math.min(a.length, b.length); index++)
    if (a[index] !== b[index]) return a[index] - b[index];
  return 0;
}

/** The interpreter of an environment of the clone. @param {string} root @param {Environment} environment */
export function environmentPython(root, { folder }) {
  return places(join(root, folder)).python;
}

/** The folders and files of an environment at `folder`. @param {string} folder */
function places(folder) {
  const windows = process.platform === "win32";
  return { python: join(folder, windows ? "Scripts/python.exe" : "bin/python"), stamp: join(folder, "fathom.json") };
}

/**
 * What keeps an environment from being what its requirements say, or null when nothing does. The stamp is written last, so
 * a half-made environment never passes; it names the interpreter, so a replaced Python is noticed.
 *
 * @param {string} root
 * @param {Environment} [environment]
 * @returns {string | null}
 */
export function environmentMissing(root, { folder, requirements } = mainEnvironment) {
  const { python, stamp } = places(join(root, folder));
  let recorded;
  try {
    recorded = JSON.parse(readFileSync(stamp, "utf8"));
  } catch {
    return existsSync(join(root, folder)) ? `${folder} was not finished by set-up` : `there is no ${folder}`;
  }
  if (recorded.requirements !== requirementsHash(root, requirements)) return `${requirements} has changed`;
  // Console scripts carry the folder's absolute path.
  if (recorded.folder !== join(root, folder)) return "the clone was moved";
  const now = interpreter(python);
  if (now === null) return `the Python that ${folder} was made from (${recorded.interpreter.path}) is gone`;
  if (now.path !== recorded.interpreter.path || now.bytes !== recorded.interpreter.bytes)
    return `the Python that ${folder} was made from has changed`;
  return null;
}

function interpreter(python) {
  try {
    const path = realpathSync(python);
    return { path, bytes: statSync(path).size };
  } catch {
    return null;
  }
}

function requirementsHash(root, requirements) {
  return createHash("sha256")
    .update(readFileSync(join(root, requirements)))
    .digest("hex");
}

/** pip's variables without those that would install elsewhere than into the environment. */
export function pipEnvironment(env = process.env) {
  const variables = {
    ...env,
    PIP_USER: "0",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    PYTHONUNBUFFERED: "1",
  };
  for (const name of ["PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"])
    delete variables[name];
  return variables;
}

/** pip's reasons: its errors, without the list of what went well. @param {string} said @returns {string} */
export function pipReasons(said) {
  const lines = said.split("\n").map((line) => line.trim().slice(0, 400));
  const errors = lines.filter((line) => /^(ERROR|error)\b/.test(line));
  // pip warns of every attempt; the first tells why.
  const warning = lines.filter((line) => line.startsWith("WARNING: Retrying")).slice(0, 1);
  return errors.length === 0 ? lastLines(said) : indented([...warning, ...errors.slice(-6)]);
}

/**
 * Makes an environment anew. An older one is set aside first and comes back when something fails.
 *
 * @param {string} root
 * @param {import("./progress.mjs").Progress} progress
 * @param {(python: string) => void} onPip called as soon as the new environment's pip can be used
 * @param {Environment} [environment]
 */
export async function makeEnvironment(root, progress, onPip, environment = mainEnvironment) {
  const step = "Python";
  progress.begin(step, "looking for an interpreter");
  const base = await findPython(process.env, environment.oldest);
  const folder = join(root, environment.folder);
  const aside = join(root, `${environment.folder}.old`);
  const { python, stamp } = places(folder);
  // Only a finished environment is worth keeping; an earlier run may have been killed after it set one aside.
  if (existsSync(stamp) && !existsSync(aside)) renameSync(folder, aside);
  rmSync(folder, { recursive: true, force: true });
  try {
    progress.update(step, `making ${environment.folder}`);
    const made = await run(base.executable, ["-m", "venv", folder], { env: pipEnvironment() });
    if (made.code !== 0) throw new SetUpError(`${base.executable} -m venv failed:\n${lastLines(made.said)}`);
    onPip(python);
    await install(join(root, environment.requirements), python, progress, step);
    writeFileSync(
      `${stamp}.partial`,
      JSON.stringify({
        requirements: requirementsHash(root, environment.requirements),
        folder,
        interpreter: interpreter(python),
        version: base.version.join("."),
      }),
    );
    renameSync(`${stamp}.partial`, stamp);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(aside)) renameSync(aside, folder);
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
  progress.done(step, `${base.version.join(".")}, packages in ${environment.folder}`);
}

async function install(requirements, python, progress, step) {
  const total = readFileSync(requirements, "utf8").match(/^[\w.-]+(\[[\w,]+\])?==/gm)?.length ?? 1;
  let count = 0;
  const onLine = (line) => {
    if (/^(Collecting|Ignoring) /.test(line)) progress.update(step, `${++count} of ${total} packages`, count / total);
    if (line.startsWith("Installing collected packages")) progress.update(step, "installing");
  };
  const options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--progress-bar=off"];
  const outcome = await run(python, ["-m", "pip", "install", ...options, "-r", requirements], {
    env: pipEnvironment(),
    onLine,
  });
  if (outcome.code === 0) return;
  throw new SetUpError(
    `pip could not install ${basename(requirements)} (${outcome.signal ?? `exit code ${outcome.code}`}):\n${pipReasons(outcome.said)}\n` +
      "Mend what pip names above (network, mirror, disk space), then run the same command again.\n" +
      "With a folder of wheels instead of a network: PIP_NO_INDEX=1 PIP_FIND_LINKS=/that/folder npm run setup",
  );
}
