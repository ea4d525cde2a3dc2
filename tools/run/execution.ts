import { spawn, type ChildProcessByStdio } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { createInterface } from "node:readline";
import { type ClaimRecord, readClaims } from "./claim";
import type { Failure, Outcome } from "./outcome";
import type { Notebook } from "./selection";

export interface ExecutionSettings {
  /** The environment the kernel is started in; FATHOM_CLAIMS is added. */
  readonly variables: NodeJS.ProcessEnv;
  /** The folder in which the kernel is started; default: the notebook's. */
  readonly folder?: string;
  /** Where the executed notebook is written, whatever its outcome. */
  readonly executed: string;
  /** Where its page is written; null for none. */
  readonly page: string | null;
  /** Seconds; 0: no limit. */
  readonly timeout: number;
  /** Whether the executed notebook says when each cell ran. */
  readonly timing: boolean;
  /** Whether it goes on after a cell that fails, whose error then stands in the executed notebook; default: it stops. */
  readonly goesOn?: boolean;
  readonly onStep: (step: Step) => void;
  /** Stops the kernel when it is aborted. */
  readonly signal: AbortSignal;
}

export type Step =
  | { readonly event: "started"; readonly cells: number }
  /** The kernel had ended before its first answer; `said` is what it wrote to standard error. */
  | { readonly event: "restarted"; readonly said: string }
  | { readonly event: "cell" | "executed"; readonly cell: number };

interface Finished {
  readonly event: "finished";
  readonly status: "ok" | "error" | "timeout" | "died" | "interrupted";
  readonly name?: string;
  readonly message?: string;
  readonly trace?: string;
  readonly cell?: number | null;
}

/** After the signal that asks it to stop, the worker has this long to stop its kernel and to write what it has. */
const graceMilliseconds = 15_000;

/** The name of the error that the claims table throws after it was shown and written. */
const claimsErrorName = "ClaimsError";

/** Executes one notebook with nbconvert in a process of its own and returns how it came out. */
export async function execute(notebook: Notebook, settings: ExecutionSettings): Promise<Outcome> {
  const started = process.hrtime.bigint();
  const claimsFolder = mkdtempSync(join(tmpdir(), "fathom-claims-"));
  let cells = 0;
  try {
    const finished = await work(notebook, claimsFolder, settings, (step) => {
      if (step.event === "started") cells = step.cells;
      settings.onStep(step);
    });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    return { notebook: notebook.name, cells, seconds, ...judged(finished, claimsFolder, notebook.name) };
  } finally {
    rmSync(claimsFolder, { recursive: true, force: true });
  }
}

function judged(finished: Finished, claimsFolder: string, notebook: string): Pick<Outcome, "claims" | "failure"> {
  let claims: ClaimRecord[] = [];
  let unreadable: string | null = null;
  try {
    claims = readClaims(claimsFolder, notebook);
  } catch (error) {
    unreadable = error instanceof Error ? error.message : String(error);
  }
  if (finished.status !== "ok") {
    const red = claims.some((claim) => claim.verdict !== "holds");
    const stoppedAtClaims = finished.status === "error" && finished.name === claimsErrorName && red;
    return { claims, failure: stoppedAtClaims ? null : failureOf(finished) };
  }
  if (unreadable === null && claims.length > 0) return { claims, failure: null };
  const message = unreadable ?? "it ran to its end but showed no claims";
  return { claims, failure: { kind: "noClaims", name: "NoClaims", message, trace: null, cell: null } };
}

function failureOf(finished: Finished): Failure {
  return {
    kind: finished.status === "ok" ? "died" : finished.status,
    name: finished.name ?? finished.status,
    message: finished.message ?? "",
    trace: finished.trace ?? null,
    cell: finished.cell ?? null,
  };
}

async function work(
  notebook: Notebook,
  claimsFolder: string,
  settings: ExecutionSettings,
  onStep: (step: Step) => void,
): Promise<Finished> {
  const child = startWorker(notebook, claimsFolder, settings);
  const stop = (): void => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), graceMilliseconds).unref();
  };
  settings.signal.addEventListener("abort", stop, { once: true });
  // nbclient enforces the deadline; this one is for a worker that is itself stuck.
  const deadline = settings.timeout > 0 ? setTimeout(stop, settings.timeout * 1000 + 2 * graceMilliseconds) : undefined;
  let finished: Finished | null = null;
  let complaint = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => (complaint = (complaint + text).slice(-4000)));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const step = parseStep(line);
    if (step?.event === "finished") finished = step;
    else if (step !== null) onStep(step.event === "restarted" ? { ...step, said: complaint.trim() } : step);
  });
  try {
    if (settings.signal.aborted) stop();
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    return explained(finished ?? lost(code, settings.signal.aborted), complaint);
  } finally {
    settings.signal.removeEventListener("abort", stop);
    clearTimeout(deadline);
  }
}

function lost(code: number | null, aborted: boolean): Finished {
  if (aborted)
    return { event: "finished", status: "interrupted", name: "Interrupted", message: "stopped from outside" };
  const message = `nbconvert ended with ${code === null ? "a signal" : `code ${code}`}`;
  return { event: "finished", status: "died", name: "WorkerError", message };
}

/** A kernel or worker that is gone has no trace of its own: the last it wrote to standard error stands in for it. */
function explained(finished: Finished, complaint: string): Finished {
  if (finished.status !== "died" || finished.trace !== undefined || complaint.trim() === "") return finished;
  return { ...finished, trace: complaint.trim() };
}

function startWorker(
  notebook: Notebook,
  claimsFolder: string,
  settings: ExecutionSettings,
): ChildProcessByStdio<Writable, Readable, Readable> {
  const arguments_ = [
    join(__dirname, "execute_notebook.py"),
    notebook.path,
    "--executed",
    settings.executed,
    "--timeout",
    String(settings.timeout),
  ];
  if (settings.folder !== undefined) arguments_.push("--folder", settings.folder);
  if (settings.page !== null) arguments_.push("--page", settings.page);
  if (!settings.timing) arguments_.push("--no-timing");
  if (settings.goesOn === true) arguments_.push("--go-on");
  return spawn("python", arguments_, {
    env: { ...settings.variables, FATHOM_CLAIMS: claimsFolder, PYTHONUNBUFFERED: "1" },
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own: Ctrl-C reaches this process, which then stops the worker in order.
    detached: true,
  });
}

function parseStep(line: string): Step | Finished | null {
  try {
    return JSON.parse(line) as Step | Finished;
  } catch {
    return null;
  }
}
