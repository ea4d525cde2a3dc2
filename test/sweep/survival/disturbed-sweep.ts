import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const program = join(__dirname, "sweep-in-a-process.ts");

/** How large a sweep is, and whether the clock of its process runs backwards. */
export interface SweepSize {
  readonly cells: number;
  readonly rows: number;
  readonly backwards?: boolean;
}

/** The words of a command that runs the sweep. */
export function sweepCommand({ cells, rows, backwards = false }: SweepSize): string[] {
  return [process.execPath, "--import", "tsx", program, `${cells}`, `${rows}`, ...(backwards ? ["backwards"] : [])];
}

/** A process that works on a sweep in a store. */
export class SweepProcess {
  readonly ended: Promise<number | null>;
  output = "";
  private readonly child: ChildProcess;

  constructor(store: string, command: readonly string[]) {
    const [first, ...rest] = command;
    // The engine that opens soonest: it computes nothing here.
    this.child = spawn(first, rest, { env: { ...process.env, FATHOM_STORE: store, FATHOM_ENGINE: "wasm" } });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (text: Buffer) => (this.output += String(text)));
    }
    this.ended = new Promise((resolve) => this.child.once("close", resolve));
  }

  /** Resolves when the first cell is stored and the others follow. */
  async began(): Promise<void> {
    await this.seen(() => this.output.includes("began"));
  }

  /** Resolves when a condition holds or the process has ended. */
  async seen(condition: () => boolean): Promise<void> {
    let running = true;
    void this.ended.then(() => (running = false));
    while (running && !condition()) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }
}

/** Runs a sweep to its end. */
export async function finishSweep(store: string, size: SweepSize): Promise<string> {
  const process = new SweepProcess(store, sweepCommand(size));
  const code = await process.ended;
  assert.equal(code, 0, process.output);
  assert.match(process.output, new RegExp(`ended with ${size.cells} cells`));
  return process.output;
}

/** The names of the files under a folder, each with the sha256 of its bytes. */
export function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]),
  );
}

/** What the files under a folder take on a disk with blocks of 4 KB. */
export function folderBytes(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.reduce((sum, name) => sum + 4096 * Math.ceil(statSync(join(folder, name)).size / 4096), 0);
}

/** Whether a file is being written somewhere under a folder. */
export function isWriting(folder: string): boolean {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: "utf8" }).some((name) => name.endsWith(".tmp"))
  );
}
