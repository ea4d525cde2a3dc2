import { readdirSync } from "node:fs";
import { join } from "node:path";
import { main } from "assemblyscript/asc";
import { root } from "../environment.mjs";

/** Every module that lib/ loads: its AssemblyScript entry file, and beside it what is built of it; both relative to the repository. */
export function modules() {
  return readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
    .map((name) => `lib/${name.replaceAll("\\", "/")}`)
    .filter((name) => /\/assembly\/[^/]+\.wasm$/.test(name))
    .sort()
    .map((built) => ({ source: built.replace(/\.wasm$/, ".ts"), built }));
}

/**
 * Compiles an AssemblyScript file of the repository to a WebAssembly module (its bytes), the same bytes on every machine.
 * Throws an Error with the compiler's messages where it refuses.
 */
export async function compile(source) {
  const written = new Map();
  const options = "-O3 --noAssert --runtime stub --enable simd --initialMemory 1".split(" ");
  const { error, stderr } = await main([source, "--baseDir", root, "--outFile", "module.wasm", ...options], {
    writeFile: (name, contents) => void written.set(name, contents),
  });
  if (error) throw new Error(`${source} does not compile:\n${stderr.toString()}`, { cause: error });
  return written.get("module.wasm");
}
