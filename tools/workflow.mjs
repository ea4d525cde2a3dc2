/** `npm run workflow`: notebooks' sweeps as jobs, here or on a cluster (`npm run workflow -- --help`). */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { environment, root } from "./environment.mjs";
import { setUpFurther } from "./setup/further-environment.mjs";
import { setUp } from "./setup/index.mjs";
import { environmentPython, workflowEnvironment } from "./setup/python.mjs";

const arguments_ = process.argv.slice(2);

try {
  process.exitCode = await workflow();
} catch (error) {
  const known = error?.name === "SetUpError" || error?.name === "UsageError";
  console.error(known ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? (error?.name === "UsageError" ? 64 : 70);
}

async function workflow() {
  const own = arguments_.includes("--") ? arguments_.slice(0, arguments_.indexOf("--")) : arguments_;
  if (own.includes("--help") || own.includes("-h")) {
    process.stdout.write(readFileSync(new URL("workflow/usage.txt", import.meta.url)));
    return 0;
  }
  await setUp();
  await setUpFurther(workflowEnvironment);
  // Only now: tsx comes with the set-up.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { workflow: run } = requireTypeScript("./workflow/index.ts", import.meta.url);
  return run(arguments_, {
    root,
    folder: folder(),
    variables: environment(),
    python: environmentPython(root, workflowEnvironment),
  });
}

/** The folder in which the command was typed: npm starts scripts in the clone. */
function folder() {
  const typedIn = process.env["npm_lifecycle_event"] === "workflow" ? process.env["INIT_CWD"] : undefined;
  return resolve(typedIn ?? process.cwd());
}
