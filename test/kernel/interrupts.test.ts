import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { KernelClient, patience, repository, resultOf, type CellRun } from "./kernel-client";

function assertInterrupted(run: CellRun): string {
  assert.equal(run.reply["status"], "error");
  assert.equal(run.reply["ename"], "KeyboardInterrupt");
  const error = run.published.find(({ type }) => type === "error");
  return (error!.content["traceback"] as string[]).join("\n");
}

describe("an interrupt", () => {
  let kernel: KernelClient;

  before(async () => (kernel = await KernelClient.start()));
  after(() => kernel.stop());

  /** Sends a cell, interrupts it once it has said that it is there, and waits for its end. */
  async function interrupted(code: string): Promise<CellRun> {
    const cell = kernel.send("execute_request", { code });
    await kernel.until(cell.id, ({ type }) => type === "stream");
    kernel.interrupt();
    return kernel.finished(cell);
  }

  afterEach("the next cell runs", async () => {
    assert.equal(resultOf(await kernel.execute(`6 * 7`)), "42");
  });

  it("ends a cell that waits", async () => {
    const trace = assertInterrupted(
      await interrupted(`await null;\nconsole.log("here");\nawait new Promise(() => undefined);`),
    );
    assert.match(trace, /while In \[\d+\] was waiting/);
  });

  it("ends a loop, and says where", async () => {
    const cell = kernel.send("execute_request", {
      code: `console.log("here");\nlet i = 0;\nwhile (true) {\n  i++;\n}`,
    });
    await kernel.until(cell.id, ({ type }) => type === "stream");
    // The sentinel arms itself anew for a cell; a signal within the first milliseconds ends the loop without its line.
    await new Promise((resolve) => setTimeout(resolve, 500));
    kernel.interrupt();
    assert.match(assertInterrupted(await kernel.finished(cell)), /In \[\d+\]:[345]:\d+/);
  });

  it("ends a loop after an await, and says where", async () => {
    const run = await interrupted(
      `const spin = (): never => {\n  for (;;);\n};\nawait new Promise((resolve) => setTimeout(resolve, 5));\nconsole.log("here");\nspin();`,
    );
    const trace = assertInterrupted(run);
    assert.match(trace, /at spin \(In \[\d+\]:2:\d+\)/);
  });

  it("ends a loop in a timer of an earlier cell, while a later cell waits", async () => {
    const run = await interrupted(
      `setTimeout(() => {\n  console.log("here");\n  for (;;);\n}, 1);\nawait new Promise(() => undefined);`,
    );
    assertInterrupted(run);
  });

  it("ends what an interrupted cell does after its await, the second time", async () => {
    const code = `await null;\nconsole.log("here");\nawait new Promise((resolve) => setTimeout(resolve, 800));\nfor (;;);`;
    assert.match(assertInterrupted(await interrupted(code)), /while In \[\d+\] was waiting/);
    const next = kernel.send("execute_request", { code: `1 + 1` });
    // By now the rest of the cell keeps the kernel, and the next cell cannot begin.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    kernel.interrupt();
    assert.equal(resultOf(await kernel.finished(next)), "2");
  });

  it("aborts the cells that wait behind the running one", async () => {
    const running = kernel.send("execute_request", {
      code: `console.log("here");\nawait new Promise(() => undefined);`,
    });
    const waiting = kernel.send("execute_request", { code: `1`, stop_on_error: false });
    await kernel.until(running.id, ({ type }) => type === "stream");
    kernel.interrupt();
    assertInterrupted(await kernel.finished(running));
    assert.equal((await waiting.reply).content["status"], "aborted");
  });

  it("does nothing to a kernel that is idle", async () => {
    kernel.interrupt();
    kernel.interrupt();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(resultOf(await kernel.execute(`"idle"`)), "'idle'");
  });

  it("keeps what earlier cells defined", async () => {
    await kernel.execute(`const kept = "kept";`);
    assertInterrupted(await interrupted(`console.log("here");\nfor (;;);`));
    assert.equal(resultOf(await kernel.execute(`kept`)), "'kept'");
  });

  it("is taken as a message, too", async () => {
    const cell = kernel.send("execute_request", { code: `console.log("here");\nawait new Promise(() => undefined);` });
    await kernel.until(cell.id, ({ type }) => type === "stream");
    assert.equal((await kernel.request("interrupt_request", {}, "control"))["status"], "ok");
    assertInterrupted(await kernel.finished(cell));
  });

  it("may come many times over", async () => {
    for (let i = 0; i < 5; i++) {
      const cell = kernel.send("execute_request", { code: `await null;\nconsole.log("here");\nfor (;;);` });
      await kernel.until(cell.id, ({ type }) => type === "stream");
      kernel.interrupt();
      kernel.interrupt();
      assertInterrupted(await kernel.finished(cell));
    }
  });

  it("may come faster than it can be answered", async () => {
    for (let i = 0; i < 5; i++) {
      const cell = kernel.send("execute_request", { code: `await null;\nconsole.log("here");\nfor (;;);` });
      await kernel.until(cell.id, ({ type }) => type === "stream");
      for (let k = 0; k < 100; k++) {
        kernel.interrupt();
        const next = performance.now() + (k % 5) * 0.1;
        while (performance.now() < next);
      }
      assertInterrupted(await kernel.finished(cell));
    }
  });
});

describe("the end of a kernel", () => {
  it("comes at once when it is asked for, whatever cells left open", async () => {
    const kernel = await KernelClient.start();
    try {
      await kernel.execute(
        `import net from "node:net";\nnet.createServer().listen(0);\nsetInterval(() => undefined, 1000);`,
      );
      const ended = once(kernel.process, "exit");
      assert.equal((await kernel.request("shutdown_request", { restart: false }, "control"))["status"], "ok");
      await ended;
      assert.equal(kernel.process.exitCode, 0);
    } finally {
      await kernel.stop();
    }
  });

  for (const [what, code] of [
    ["an idle kernel", "1"],
    ["a kernel in an endless loop", "for (;;);"],
  ] as const) {
    it(`comes to ${what} when its parent is killed`, async () => {
      const script = path.join(__dirname, "abandoned-kernel.ts");
      const parent = spawn(process.execPath, ["--import", "tsx", script, code], {
        cwd: repository,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(String(line));
      assert.ok(isAlive(pid));
      parent.kill("SIGKILL");
      const end = Date.now() + patience;
      while (isAlive(pid) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(isAlive(pid), false, "the kernel lives on");
    });
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
