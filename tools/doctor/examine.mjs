/**
 * Looks at every part of the collection. Nothing is changed, nothing is downloaded, and no system package manager is
 * called: what would mend a part is only said.
 */
import { existsSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { jupyterPath, root } from "../environment.mjs";
import { findCompiler } from "../setup/binding.mjs";
import { cacheFolder } from "../setup/cache.mjs";
import { onPath, run } from "../setup/command.mjs";
import { checkNode } from "../setup/index.mjs";
import { lookAtNativeEngine } from "../setup/native-engine.mjs";
import { packagesMissing } from "../setup/node-packages.mjs";
import { tensorflow } from "../setup/pins.mjs";
import { environmentMissing, findPython } from "../setup/python.mjs";
import { probeJupyter, probeKernel, probeLibrary } from "./probes.mjs";

/**
 * @typedef {object} Finding
 * @property {string} part
 * @property {"ok" | "missing" | "absent"} state `missing`: required and not there; `absent`: optional and not there
 * @property {string} detail
 * @property {string | null} mend the command that mends it
 */

const mendAll = "npm run setup";

/** @type {(part: string, detail: string) => Finding} */
const ok = (part, detail) => ({ part, state: "ok", detail, mend: null });
/** @type {(part: string, detail: string, mend?: string) => Finding} */
const missing = (part, detail, mend = mendAll) => ({ part, state: "missing", detail, mend });
/** @type {(part: string, detail: string, mend?: string | null) => Finding} */
const absent = (part, detail, mend = null) => ({ part, state: "absent", detail, mend });

/** @returns {Promise<Finding[]>} in the order in which things should be mended */
export async function examine() {
  const packages = examinePackages();
  const environmentFinding = examineEnvironment();
  const [npm, interpreter, compiler, jupyter, library, kernel] = await Promise.all([
    examineNpm(),
    examinePython(environmentFinding.state === "ok"),
    examineCompiler(),
    environmentFinding.state === "ok" ? examineJupyter() : missing("Jupyter", "not looked at: it lives in .venv"),
    packages.state === "ok" ? examineLibrary() : withoutPackages(),
    packages.state === "ok" && environmentFinding.state === "ok"
      ? examineKernel()
      : missing("kernel", "not looked at: it needs the npm packages and .venv"),
  ]);
  return [
    ok(
      "machine",
      `${platform()} ${release()} on ${arch()}, ${cpus().length} processors, ${gibibytes(totalmem())} of memory`,
    ),
    ...examineSettings(),
    examineNode(),
    npm,
    packages,
    interpreter,
    environmentFinding,
    jupyter,
    compiler,
    examineTensorFlow(),
    ...library,
    kernel,
    ...examineSystem(),
  ];
}

/** Variables that change what the collection does: the first thing to know about a machine that behaves oddly. */
function examineSettings() {
  const set = Object.entries(process.env).filter(([name]) => name.startsWith("FATHOM_"));
  return set.length === 0 ? [] : [ok("settings", set.map(([name, value]) => `${name}=${value}`).join(" "))];
}

function examineNode() {
  try {
    checkNode(process.versions.node);
    return ok("Node", `${process.versions.node} (${process.execPath})`);
  } catch (error) {
    return missing("Node", error.message, "nvm install 22");
  }
}

async function examineNpm() {
  const path = onPath("npm");
  if (path === null) return missing("npm", "not on PATH", "nvm install 22");
  const { stdout } = await run(path, ["--version"], { timeout: 20_000 });
  return ok("npm", `${stdout.trim()} (${path})`);
}

function examinePackages() {
  try {
    const why = packagesMissing(root);
    return why === null ? ok("npm packages", "as package-lock.json says") : missing("npm packages", why);
  } catch (error) {
    return missing("npm packages", error.message, "npm install");
  }
}

/** @param {boolean} isMade an environment that is made needs its interpreter no more */
async function examinePython(isMade) {
  try {
    const { executable, version } = await findPython();
    return ok("Python", `${version.join(".")} (${executable})`);
  } catch (error) {
    const mend = "apt install python3 python3-venv (Debian, Ubuntu), or FATHOM_PYTHON=/path/to/python3 npm run setup";
    return isMade ? absent("Python", error.message, mend) : missing("Python", error.message, mend);
  }
}

function examineEnvironment() {
  const why = environmentMissing(root);
  return why === null ? ok("Python packages", ".venv, as requirements.txt says") : missing("Python packages", why);
}

async function examineJupyter() {
  const { versions, error } = await probeJupyter();
  if (versions === null) return missing("Jupyter", error, `rm -r ${join(root, ".venv")} && ${mendAll}`);
  return ok(
    "Jupyter",
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  );
}

async function examineCompiler() {
  const path = findCompiler();
  if (path !== null) {
    const { stdout } = await run(path, ["--version"], { timeout: 20_000 });
    return ok("C++ compiler", `${stdout.split("\n")[0]} (${path})`);
  }
  return absent(
    "C++ compiler",
    "none on PATH; only building the native engine needs it",
    `apt install g++ (Debian, Ubuntu) or dnf install gcc-c++ (Fedora), then ${mendAll}`,
  );
}

function examineTensorFlow() {
  const part = "TensorFlow";
  try {
    const { ready, variant, library, why } = lookAtNativeEngine(root);
    if (ready) return ok(part, `${tensorflow.version} for ${variant === "cuda" ? "CUDA" : "CPU"} (${library})`);
    if (variant !== null)
      return missing(part, `${tensorflow.version} for ${variant} is not built (cache: ${cacheFolder()})`);
    return absent(part, why === null ? "FATHOM_ENGINE=wasm does without it" : `none: ${why}`);
  } catch (error) {
    return missing(part, error.message);
  }
}

function withoutPackages() {
  return ["engine", "MNIST"].map((part) => missing(part, "not looked at: it needs the npm packages"));
}

/** The engine, the GPU and the data, as the library itself sees them. */
async function examineLibrary() {
  const { engine, mnist, cifar10, error } = await probeLibrary();
  if (engine === undefined) return [missing("engine", error), missing("MNIST", "not looked at")];
  const findings = [];
  if (engine.report) {
    const { name, device, tensorflow: version, tfjs, gpu, whyNoGpu } = engine.report;
    findings.push(ok("engine", `${name}: ${device}; ${version ? `TensorFlow ${version}, ` : ""}TensorFlow.js ${tfjs}`));
    findings.push(gpu ? ok("GPU", gpu) : absent("GPU", `none used: ${whyNoGpu}`));
  } else findings.push(missing("engine", engine.error));
  if (mnist.images) findings.push(ok("MNIST", `${mnist.images} images, checksums as published`));
  else findings.push(missing("MNIST", mnist.error, "npm run data -- mnist"));
  if (cifar10.images)
    findings.push(ok("CIFAR-10", `${cifar10.images} images, checksums as published (${cifar10.folder})`));
  else {
    const why = cifar10.error ?? "not fetched yet; npm start fetches it (139 MB) when a notebook needs it";
    findings.push(absent("CIFAR-10", why, "npm run data -- cifar10"));
  }
  return findings;
}

async function examineKernel() {
  if (!existsSync(join(jupyterPath, "kernels", "tslab", "kernel.json"))) {
    return missing("kernel", "kernel/jupyter/kernels/tslab/kernel.json is not there", "git checkout kernel");
  }
  const { seconds, error } = await probeKernel();
  if (error !== undefined) return missing("kernel", error);
  return ok("kernel", `tslab answered its first cell after ${seconds} s`);
}

/** Programs of the operating system that only some commands use. */
function examineSystem() {
  const optional = [
    {
      part: "Chromium",
      names: ["chromium", "chromium-browser", "google-chrome"],
      use: "tries JupyterLab in npm run soak",
      debian: "chromium",
    },
    { part: "Slurm", names: ["sbatch"], use: "runs experiments on a cluster", debian: "slurm-client" },
    { part: "bubblewrap", names: ["bwrap"], use: "shuts homework in while it is graded", debian: "bubblewrap" },
  ];
  return optional.map(({ part, names, use, debian }) => {
    const path = names.map((name) => onPath(name)).find((found) => found !== null);
    if (path) return ok(part, path);
    return absent(part, `not on PATH; ${use}`, `apt install ${debian} (Debian, Ubuntu)`);
  });
}

/** @param {number} bytes */
function gibibytes(bytes) {
  return `${(bytes / 2 ** 30).toFixed(0)} GiB`;
}
