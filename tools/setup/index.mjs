/**
 * Set-up: npm packages, Python environment, native engine. It looks first and works only where something is missing, so
 * every command can begin with it.
 */
import { join } from "node:path";
import { python as environmentPython, root } from "../environment.mjs";
import { dropBrokenBinding } from "./binding.mjs";
import { endRunning } from "./command.mjs";
import { SetUpError } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { buildNativeEngine, forgetFailure, lookAtNativeEngine } from "./native-engine.mjs";
import { installPackages, packagesMissing } from "./node-packages.mjs";
import { oldestNode } from "./pins.mjs";
import { Progress } from "./progress.mjs";
import { environmentMissing, makeEnvironment } from "./python.mjs";
import { fetchLibrary } from "./tensorflow.mjs";

export { SetUpError } from "./failure.mjs";

/**
 * Makes what is missing of everything that the collection needs. Costs milliseconds when nothing is.
 *
 * @param {{ quiet?: boolean, retry?: boolean }} [options] `quiet` shows nothing but errors; `retry` tries a native
 *   engine again that could not be built before
 * @returns {Promise<void>}
 * @throws {SetUpError} with a message for the reader and `exitCode` 3
 */
export async function setUp({ quiet = false, retry = false } = {}) {
  checkNode(process.versions.node);
  if (retry) forgetFailure(root);
  const progress = new Progress({ quiet });
  const plan = look();
  sayEngine(plan.native, progress);
  if (plan.native.why !== null) dropBrokenBinding(root);
  if (isReady(plan)) return;
  const stopListening = endOnSignal();
  try {
    await withLock(join(root, ".cache", "setup.lock"), () => work(progress), {
      onWait: (owner) => progress.say(`Waiting for another set-up of this clone (${owner}).`),
    });
  } catch (error) {
    throw error?.name === "SetUpError" ? error : new SetUpError(explain(error), { cause: error });
  } finally {
    progress.close();
    stopListening();
  }
}

/** @param {string} version @throws {SetUpError} for a Node that is too old */
export function checkNode(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetUpError(
    `This is Node ${version}; the collection needs ${oldestNode.join(".")} or newer. ` +
      "Get one from nodejs.org or your version manager (nvm install 22).",
  );
}

/** What is missing: a reason for each part, or null. */
function look() {
  return { packages: packagesMissing(root), environment: environmentMissing(root), native: lookAtNativeEngine(root) };
}

/** @param {ReturnType<typeof look>} plan */
function isReady(plan) {
  return plan.packages === null && plan.environment === null && engineToBuild(plan) === null;
}

/**
 * The build of the native engine that set-up has to make, or null. It lies among the npm packages: with them it goes.
 *
 * @param {{ packages: string | null, native: Pick<import("./native-engine.mjs").NativeEngine, "ready" | "variant"> }} plan
 */
export function engineToBuild({ packages, native }) {
  return native.ready && packages === null ? null : native.variant;
}

/** @param {import("./native-engine.mjs").NativeEngine} native @param {Progress} progress */
function sayEngine(native, progress) {
  if (native.why !== null) progress.say(`WebAssembly instead of the native engine: ${native.why}.`);
}

/** @param {Progress} progress */
async function work(progress) {
  // Somebody else may have done some of it while this process waited for the lock.
  const plan = look();
  const { packages, environment } = plan;
  /** @type {(python: string) => void} */
  let pipIsReady = () => {};
  /** @type {Promise<string>} */
  const pip = new Promise((resolve) => (pipIsReady = resolve));
  if (environment === null) pipIsReady(environmentPython);

  const installed = packages === null ? Promise.resolve() : installPackages(root, progress);
  const made = environment === null ? Promise.resolve() : makeEnvironment(root, progress, pipIsReady);
  const variant = engineToBuild(plan);
  const built = variant === null ? Promise.resolve() : build(variant);
  const outcomes = await Promise.allSettled([installed, made, built]);
  const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  const [first, ...others] = new Set(reasons);
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new SetUpError([first, ...others].map((error) => explain(error)).join("\n\n"), { cause: first });

  /** @param {"cpu" | "cuda"} variant */
  async function build(variant) {
    // Without a Python there will be no pip: its failure then ends the wait.
    const library = await fetchLibrary(variant, () => Promise.race([pip, made.then(() => pip)]), progress);
    await installed;
    sayEngine(await buildNativeEngine(root, library, progress), progress);
  }
}

/** Ends what set-up has started when it is interrupted. Returns the way to stop listening. */
function endOnSignal() {
  /** @type {(signal: NodeJS.Signals) => void} */
  const end = (signal) => {
    void endRunning().then(() => process.exit(signal === "SIGINT" ? 130 : 143));
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  return () => process.off("SIGINT", end).off("SIGTERM", end);
}

/** An error in a reader's words. @param {any} error @returns {string} */
function explain(error) {
  if (error?.name === "SetUpError") return error.message;
  const where = error?.path ? ` (${error.path})` : "";
  if (error?.code === "ENOSPC") return `The disk is full${where}. Free some space, then run the same command again.`;
  if (error?.code === "EACCES" || error?.code === "EROFS" || error?.code === "EPERM") {
    return `No permission to write${where}. FATHOM_CACHE names another cache folder; the clone itself must be writable.`;
  }
  return error?.stack ?? String(error);
}
