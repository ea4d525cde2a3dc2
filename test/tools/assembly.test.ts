import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

interface Compiler {
  modules(): { source: string; built: string }[];
  compile(source: string): Promise<Uint8Array>;
}

describe("WebAssembly modules of the library", () => {
  let compiler: Compiler;
  before(async () => {
    compiler = (await import(join(root, "tools", "assembly", "compile.mjs"))) as Compiler;
  });

  it("are what their sources compile to, byte for byte", async () => {
    const modules = compiler.modules();
    assert.ok(modules.some(({ built }) => built === "lib/random/assembly/stream.wasm"));
    for (const { source, built } of modules) {
      const fresh = Buffer.from(await compiler.compile(source));
      assert.ok(fresh.equals(readFileSync(join(root, built))), `${built} is not its source's: npm run assembly`);
    }
  });

  it("come with the compiler's message where a source does not compile", async () => {
    await assert.rejects(
      compiler.compile("lib/random/assembly/nothing.ts"),
      /nothing\.ts does not compile:\n.*not found/s,
    );
  });
});
