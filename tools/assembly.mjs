/**
 * `npm run assembly`: builds the WebAssembly modules anew that lib/ loads, after a change of their source. A new one is made by
 * naming its entry file once: `npm run assembly -- lib/random/assembly/stream.ts`.
 */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, modules } from "./assembly/compile.mjs";
import { root } from "./environment.mjs";

const named = process.argv.slice(2);
for (const source of named.length > 0 ? named : modules().map((module) => module.source)) {
  const bytes = await compile(source);
  const built = source.replace(/\.ts$/, ".wasm");
  const temporary = join(root, `${built}.${process.pid}.tmp`);
  writeFileSync(temporary, bytes);
  renameSync(temporary, join(root, built));
  console.log(`${built}: ${bytes.length} bytes`);
}
