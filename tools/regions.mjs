/** `npm run regions`: counts the linear regions of a net in a file (`npm run regions -- --help`). */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./environment.mjs";
import { checkNode } from "./setup/index.mjs";
import { withLock } from "./setup/lock.mjs";
import { installPackages, packagesMissing } from "./setup/node-packages.mjs";
import { Progress } from "./setup/progress.mjs";

const arguments_ = process.argv.slice(2);

try {
  process.exitCode = await regions();
} catch (error) {
  console.error(error?.name === "SetUpError" ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? 70;
}

async function regions() {
  if (arguments_.includes("--help") || arguments_.includes("-h")) {
    process.stdout.write(readFileSync(new URL("regions/usage.txt", import.meta.url)));
    return 0;
  }
  await installWhatIsMissing();
  // Only now: tsx comes with the packages.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { main } = requireTypeScript("./regions/index.ts", import.meta.url);
  return main(arguments_, folder());
}

/** Counting needs npm's packages, but neither Python nor TensorFlow. */
async function installWhatIsMissing() {
  checkNode(process.versions.node);
  if (packagesMissing(root) === null) return;
  const progress = new Progress();
  try {
    await withLock(
      join(root, ".cache", "setup.lock"),
      async () => {
        if (packagesMissing(root) !== null) await installPackages(root, progress);
      },
      { onWait: (owner) => progress.say(`Waiting for another set-up of this clone (${owner}).`) },
    );
  } finally {
    progress.close();
  }
}

/** The folder in which the reader typed the command: npm starts scripts in the clone. */
function folder() {
  const typedIn = process.env["npm_lifecycle_event"] === "regions" ? process.env["INIT_CWD"] : undefined;
  return resolve(typedIn ?? process.cwd());
}
