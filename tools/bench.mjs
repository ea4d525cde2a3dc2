/** `npm run bench`: times the workloads, ours and the peers' in turn (`npm run bench -- --help`). */
import { readFileSync } from "node:fs";
import { root } from "./environment.mjs";
import { setUpFurther } from "./setup/further-environment.mjs";
import { setUp } from "./setup/index.mjs";
import { peersEnvironment } from "./setup/python.mjs";

const arguments_ = process.argv.slice(2);

try {
  process.exitCode = await bench();
} catch (error) {
  console.error(error?.name === "SetUpError" ? `\n${error.message}` : error);
  process.exitCode = error?.exitCode ?? 70;
}

async function bench() {
  if (arguments_.includes("--help") || arguments_.includes("-h")) {
    process.stdout.write(readFileSync(new URL("bench/usage.txt", import.meta.url)));
    return 0;
  }
  await setUp();
  if (arguments_.includes("--peers")) await setUpFurther(peersEnvironment);
  // Only now: tsx comes with the set-up.
  const { require: requireTypeScript } = await import("tsx/cjs/api");
  const { main } = requireTypeScript("./bench/index.ts", import.meta.url);
  return main(arguments_, root);
}
