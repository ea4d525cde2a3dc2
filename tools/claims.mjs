/** `npm run claims`: claims under fresh keys, and whether they behave as they say (`npm run claims -- --help`). */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { environment, root } from "./environment.mjs";
import { setUp } from "./setup/index.mjs";

const arguments_ = process.argv.slice(2);

try {
  process.exitCode = await claims();
} catch (error) {
  const known = error?.name === "SetUpError" || error?.name === "UsageError";
  console.error(known ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? (error?.name === "UsageError" ? 64 : 70);
}

async function claims() {
  if (arguments_.includes("--help") || arguments_.includes("-h")) {
    process.stdout.write(readFileSync(new URL("claims/usage.txt", import.meta.url)));
    return 0;
  }
  await setUp();
  // Only now: tsx comes with the set-up.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { claims: run } = requireTypeScript("./claims/index.ts", import.meta.url);
  return run(arguments_, { root, folder: folder(), variables: environment() });
}

/** The folder in which the command was typed: npm starts scripts in the clone. */
function folder() {
  const typedIn = process.env["npm_lifecycle_event"] === "claims" ? process.env["INIT_CWD"] : undefined;
  return resolve(typedIn ?? process.cwd());
}
