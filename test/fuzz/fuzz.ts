import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fuzzedReaders } from "./readers";

/** What came of a reader's mutants. */
export interface Fuzzed {
  readonly name: string;
  readonly accepted: number;
  readonly refused: number;
  /** How many refusals differ by more than numbers and names. */
  readonly reasons: number;
  /** Files that were opened. */
  readonly opened: number;
  /** The slowest mutant, in milliseconds. */
  readonly slowest: number;
  /** Mutants that were neither read whole nor refused in the reader's own words, or that led it out of its folder. */
  readonly wrong: readonly string[];
  /** Peak memory of the process so far, and how far the mutants raised it, in MiB. */
  readonly peak: number;
  readonly grown: number;
}

/** No reader needs so many milliseconds for a hundred mutants. */
const longest = 30_000;

/** The names of the readers that are fuzzed. */
export function readerNames(): string[] {
  return inFolder((folder) => Object.keys(fuzzedReaders(folder)));
}

/**
 * Shows every reader so many mutants of a seed, in a process with 256 MiB of JavaScript's own memory.
 * @throws Error when the process hangs or dies, naming the hundred mutants that it was at
 */
export async function fuzz(seed: number, count: number): Promise<Fuzzed[]> {
  const folder = mkdtempSync(join(tmpdir(), "fathom-fuzz-"));
  const child = spawn(
    process.execPath,
    ["--max-old-space-size=256", "--import", "tsx", join(__dirname, "child.ts"), folder, String(seed), String(count)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const found: Fuzzed[] = [];
  let at = "its start";
  let said = "";
  let hung = false;
  let timer: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      hung = true;
      child.kill("SIGKILL");
    }, longest);
  };
  alive();
  createInterface({ input: child.stdout }).on("line", (line) => {
    alive();
    const record = JSON.parse(line) as Fuzzed | { at: string };
    if ("at" in record) at = record.at;
    else found.push(record);
  });
  child.stderr.on("data", (text: Buffer) => (said = (said + text.toString()).slice(-2000)));
  try {
    const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
    if (hung) throw new Error(`seed ${seed}: after ${at} a hundred took longer than ${longest} ms`);
    if (code !== 0) throw new Error(`seed ${seed}: the process died after ${at}:\n${said}`);
    return found;
  } finally {
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "fathom-fuzz-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
