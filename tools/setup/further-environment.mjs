/** Python environments that only one command needs, made the first time it is wanted. */
import { join } from "node:path";
import { root } from "../environment.mjs";
import { endRunning } from "./command.mjs";
import { withLock } from "./lock.mjs";
import { Progress } from "./progress.mjs";
import { environmentMissing, makeEnvironment } from "./python.mjs";

/**
 * Makes an environment if it is missing or older than its requirements. Costs milliseconds when it is there.
 *
 * @param {import("./python.mjs").Environment} environment
 * @param {{ quiet?: boolean }} [options]
 * @throws {SetUpError} with a message for the reader
 */
export async function setUpFurther(environment, { quiet = false } = {}) {
  if (environmentMissing(root, environment) === null) return;
  const progress = new Progress({ quiet });
  /** @type {(signal: NodeJS.Signals) => void} */
  const end = (signal) => void endRunning().then(() => process.exit(signal === "SIGINT" ? 130 : 143));
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    await withLock(
      join(root, ".cache", "setup.lock"),
      async () => {
        // Somebody else may have made it while this process waited for the lock.
        if (environmentMissing(root, environment) === null) return;
        await makeEnvironment(root, progress, () => undefined, environment);
      },
      { onWait: (owner) => progress.say(`Waiting for another set-up of this clone (${owner}).`) },
    );
  } finally {
    progress.close();
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
