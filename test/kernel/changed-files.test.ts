import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { KernelClient, resultOf } from "./kernel-client";

describe("files that change while a notebook is open", () => {
  let kernel: KernelClient;
  let folder: string;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "fathom-changing-"));
    kernel = await KernelClient.start({ folder });
  });
  after(() => kernel.stop());

  it("may come and go beside it between cells and after an import that failed", async () => {
    const missing = await kernel.execute(`import { late } from "./late";\nlate(1)`);
    assert.match(String(missing.reply["evalue"]), /^TS2307/);
    for (let round = 0; round < 3; round++) {
      fs.writeFileSync(path.join(folder, `other-${round}.ts`), `export const other = ${round};\n`);
      fs.mkdirSync(path.join(folder, "node_modules", `package-${round}`), { recursive: true });
      fs.rmSync(path.join(folder, `other-${round - 1}.ts`), { force: true });
      // Longer than the compiler's file watchers need to notice.
      await wait(400);
      assert.equal(resultOf(await kernel.execute(`${round} + 1`)), String(round + 1));
    }
  });

  it("may be written after the cell that asked for one had failed", async () => {
    const cell = `import { late } from "./late";\nlate(1)`;
    assert.match(String((await kernel.execute(cell)).reply["evalue"]), /^TS2307/);
    fs.writeFileSync(path.join(folder, "late.ts"), `export const late = (x: number): number => x + 41;\n`);
    const run = await kernel.execute(cell);
    assert.equal(resultOf(run), "42", JSON.stringify(run.reply));
  });

  it("may be edited", async () => {
    fs.writeFileSync(path.join(folder, "late.ts"), `export const late = (x: string): string => x + "!";\n`);
    await wait(800);
    const run = await kernel.execute(`import { late as again } from "./late";\nagain("now")`);
    assert.equal(resultOf(run), "'now!'", JSON.stringify(run.reply));
  });
});

describe("files that do not change while a kernel runs", () => {
  it("are not looked for again with every cell, nor what packages lack", async () => {
    const kernel = await KernelClient.start();
    try {
      // Node's declarations are in use from here on, and some of their imports lead nowhere.
      const counting = `const files = require("node:fs");
let looks = 0;
for (const name of ["statSync", "readFileSync", "realpathSync", "readdirSync"]) {
  const original = files[name];
  files[name] = (...given: unknown[]) => {
    looks++;
    return original(...given);
  };
}
looks`;
      assert.equal(resultOf(await kernel.execute(counting)), "0");
      await kernel.execute(`const one = 1;`);
      assert.ok(Number(resultOf(await kernel.execute(`looks`))) < 100);
    } finally {
      await kernel.stop();
    }
  });
});
