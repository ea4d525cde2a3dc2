/** `npm run course`: homework from release to marks (`npm run course -- --help`). */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { environment, root } from "./environment.mjs";
import { setUpFurther } from "./setup/further-environment.mjs";
import { setUp } from "./setup/index.mjs";
import { courseEnvironment } from "./setup/python.mjs";

const arguments_ = process.argv.slice(2);

try {
  process.exitCode = await course();
} catch (error) {
  const known = error?.name === "SetUpError" || error?.name === "UsageError" || error?.name === "CourseError";
  console.error(known ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? (error?.name === "UsageError" ? 64 : 2);
}

async function course() {
  if (arguments_.length === 0 || arguments_.includes("--help") || arguments_.includes("-h")) {
    process.stdout.write(readFileSync(new URL("course/usage.txt", import.meta.url)));
    return 0;
  }
  await setUp();
  await setUpFurther(courseEnvironment);
  // Only now: tsx comes with the set-up.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { course: run } = requireTypeScript("./course/index.ts", import.meta.url);
  return run(arguments_, { root, folder: folder(), variables: environment() });
}

/** The folder in which the instructor typed the command: npm starts scripts in the clone. */
function folder() {
  const typedIn = process.env["npm_lifecycle_event"] === "course" ? process.env["INIT_CWD"] : undefined;
  return resolve(typedIn ?? process.cwd());
}
