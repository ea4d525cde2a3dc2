/** `npm run soak`: the checks that take longer than CI may; notes in test/soak/last.json, which is committed, how each ended. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { environment, root } from "./environment.mjs";
import { setUp } from "./setup/index.mjs";

try {
  await setUp();
  process.exitCode = await soak(process.argv.slice(2));
} catch (error) {
  console.error(error?.name === "SetUpError" ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? 1;
}

/** Runs test/soak with mocha; `npm run soak -- --grep processor` runs a part. */
function soak(arguments_) {
  const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
  const options = ["--extension", "soak.ts", "--timeout", "0", "--reporter", "./tools/soak/reporter.cjs"];
  const child = spawn(process.execPath, [mocha, ...options, ...arguments_, "test/soak"], {
    cwd: root,
    env: environment(),
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 130));
  });
}
