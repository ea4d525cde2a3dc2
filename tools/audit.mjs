/** `npm run audit`: known vulnerabilities of all packages, and bills of materials (`npm run audit -- --help`). */
import { readFileSync } from "node:fs";
import { environment, root } from "./environment.mjs";
import { setUpFurther } from "./setup/further-environment.mjs";
import { setUp } from "./setup/index.mjs";
import { auditEnvironment } from "./setup/python.mjs";

try {
  process.exitCode = await audit();
} catch (error) {
  console.error(error?.name === "SetUpError" ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? 70;
}

async function audit() {
  if (process.argv.length > 2) {
    process.stdout.write(readFileSync(new URL("audit/usage.txt", import.meta.url)));
    return process.argv.includes("--help") || process.argv.includes("-h") ? 0 : 64;
  }
  await setUp();
  await setUpFurther(auditEnvironment);
  // Only now: tsx comes with the set-up.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { audit: run } = requireTypeScript("./audit/index.ts", import.meta.url);
  return run(root, environment());
}
