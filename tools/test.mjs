/** `npm test`: sets up what is missing, then runs mocha; what follows `--` goes to mocha (`npm test -- test/theory`). */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment, root } from "./environment.mjs";
import { setUp } from "./setup/index.mjs";

try {
  await setUp();
  process.exitCode = await mocha(process.argv.slice(2));
} catch (error) {
  console.error(error?.name === "SetUpError" ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? 1;
}

/**
 * Runs mocha in a process of its own: it loads tsx and sets the exit code as its own command does. What the tests, their kernels
 * and their browsers leave in the folder for temporary files goes with it.
 */
function mocha(arguments_) {
  const temporary = mkdtempSync(join(tmpdir(), "fathom-tests-"));
  const command = join(root, "node_modules", "mocha", "bin", "mocha.js");
  const child = spawn(process.execPath, [command, "--reporter", "./tools/test/reporter.cjs", ...arguments_], {
    cwd: root,
    env: { ...environment(), TMPDIR: temporary },
    stdio: "inherit",
  });
  // Ctrl-C reaches mocha too; this process only waits for it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
      resolve(code ?? 130);
    });
  });
}
