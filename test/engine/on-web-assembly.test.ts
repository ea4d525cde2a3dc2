import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

describe("the tests of what computes with tensors", function () {
  this.timeout(600_000);

  it("pass on WebAssembly as they do on the engine that is open here", () => {
    const folders = ["nets", "measure", "train", "random"].map((name) => join("test", name));
    const ops = ["layer-ops", "convolution-ops", "max-pooling", "one-hot", "adam-update"];
    const files = ops.map((name) => join("test/engine", `${name}.test.ts`));
    const mocha = join(root, "node_modules/mocha/bin/mocha.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [mocha, "--reporter", "dot", ...folders, ...files], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, FATHOM_ENGINE: "wasm" },
      maxBuffer: 64 << 20,
    });
    assert.equal(status, 0, `${stdout.slice(-4000)}${stderr.slice(-2000)}`);
    assert.match(stdout, /\d{3} passing/);
  });
});
