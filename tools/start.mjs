/** `npm start`: sets up what is missing, then executes the notebooks and shows their claims (`npm start -- --help`). */
import { readFileSync } from "node:fs";
import { environment, root } from "./environment.mjs";
import { setUp } from "./setup/index.mjs";

const arguments_ = process.argv.slice(2);

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error?.name === "SetUpError" ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? 2;
}

async function start() {
  if (arguments_.includes("--help") || arguments_.includes("-h")) {
    process.stdout.write(readFileSync(new URL("run/usage.txt", import.meta.url)));
    return 0;
  }
  await setUp();
  // Only now: tsx comes with the set-up.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { plan, run } = requireTypeScript("./run/index.ts", import.meta.url);
  const planned = plan(arguments_, process.env);
  if (typeof planned === "number") return planned;
  const { fetchNeededData } = requireTypeScript("./data/needed-data.ts", import.meta.url);
  await fetchNeededData(planned.selected, process.env);
  return run(planned, environment(), root);
}
