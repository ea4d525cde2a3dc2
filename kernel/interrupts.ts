import path from "node:path";
import { Worker } from "node:worker_threads";
import { api } from "./api";
import { runsCell } from "./cells";

/** What the launcher and the sentinel share, by index. */
const shared = {
  /** Interrupts that the sentinel has noticed. */
  sent: 0,
  /** Interrupts that the launcher has answered. */
  taken: 1,
  /** More than 0 while the compiler works, which may not be stopped in the middle. */
  converting: 2,
  /** How the sentinel's look at this thread came out: 0 not yet, 1 in a cell's code, 2 elsewhere. */
  paused: 3,
  /** Cells started. */
  started: 4,
  /** 1 while a cell runs up to its first await. */
  synchronous: 5,
  /**
   * The cell that runs, from its start to its answer, by a number of its own; 0 between cells. An interrupt is for the cell
   * that ran when it was sent; between cells it only ends code that an earlier one left running.
   */
  running: 6,
};

const state = new Int32Array(new SharedArrayBuffer(4 * Object.keys(shared).length));

/** Where the last interrupt found the code of a cell, as a stack; null if it found none. */
let foundAt: string | null = null;

/** Cells that have begun. */
let cells = 0;

/** Node's own functions behind `breakOnSigint`; its interactive prompt keeps them in use, as here. */
interface SigintWatchdog {
  startSigintWatchdog(): void;
}

/**
 * Work-around: Node gives SIGINT back its default, which ends the process, as long as no script runs under `breakOnSigint`. The
 * sentinel's are armed anew after each interrupt, and another one may come in between. In use here, the handler stays; what comes
 * in between belongs to the interrupt that is being answered. To be dropped when Node offers a handler to worker threads.
 */
function holdSigintHandler(): void {
  const node = process as unknown as { binding(name: "contextify"): SigintWatchdog };
  node.binding("contextify").startSigintWatchdog();
}

/**
 * Starts the sentinel, which notices SIGINT and the parent's death while a cell's code runs.
 * @param onInterrupt - called on the event loop with the stack at which code was stopped, or null if none ran
 */
export function watchInterrupts(onInterrupt: (stack: string | null) => void): void {
  holdSigintHandler();
  // What Jupyter starts has JPY_PARENT_PID; a kernel that is to outlive its client has not.
  const parent = process.env["JPY_PARENT_PID"] === undefined ? null : process.ppid;
  const worker = new Worker(path.join(__dirname, "sentinel.cjs"), { workerData: { shared: state.buffer, parent } });
  worker.unref();
  api.paused = (stack) => {
    foundAt = runsCell(stack) ? stack : null;
    Atomics.store(state, shared.paused, foundAt === null ? 2 : 1);
    Atomics.notify(state, shared.paused);
  };
  worker.on("message", ({ ticket, cell }: { ticket: number; cell: number }) => {
    if (ticket <= Atomics.load(state, shared.taken)) return;
    const stack = takeInterrupt();
    if (cell !== 0 && cell === Atomics.load(state, shared.running)) onInterrupt(stack);
  });
}

/** Takes all interrupts so far as answered. Returns the stack at which the code of a cell was stopped, if it was. */
function takeInterrupt(): string | null {
  const stack = foundAt;
  foundAt = null;
  Atomics.store(state, shared.taken, Atomics.load(state, shared.sent));
  Atomics.notify(state, shared.taken);
  return stack;
}

/** Says whether there is a cell to interrupt. */
export function setInterruptible(running: boolean): void {
  Atomics.store(state, shared.running, running ? ++cells : 0);
}

/** Thrown into a cell that is interrupted before its first await. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(readonly at: string | null) {
    super("interrupted");
  }
}

/** Runs a cell up to its first await by `run`, which must break off on SIGINT. Throws Interrupted when it did. */
export function interruptible<T>(run: () => T): T {
  Atomics.store(state, shared.synchronous, 1);
  Atomics.add(state, shared.started, 1);
  Atomics.notify(state, shared.started);
  try {
    return run();
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    throw new Interrupted(takeInterrupt());
  } finally {
    Atomics.store(state, shared.synchronous, 0);
  }
}

/** Runs the compiler, which an interrupt would leave in pieces; the interrupt waits until it is through. */
export function uninterrupted<T>(work: () => T): T {
  Atomics.add(state, shared.converting, 1);
  try {
    return work();
  } finally {
    Atomics.sub(state, shared.converting, 1);
  }
}
