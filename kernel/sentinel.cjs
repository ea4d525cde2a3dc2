// A worker thread beside the cells' own. It notices an interrupt and the parent's death even while a cell's code never
// returns to the event loop, where no handler of the cells' thread can run.
"use strict";

const inspector = require("node:inspector");
const vm = require("node:vm");
const { parentPort, workerData } = require("node:worker_threads");

/** Numbers shared with kernel/interrupts.ts, which says what they are. */
const state = new Int32Array(workerData.shared);
const [SENT, TAKEN, CONVERTING, PAUSED, STARTED, SYNCHRONOUS, RUNNING] = [0, 1, 2, 3, 4, 5, 6];
const parent = workerData.parent;

/** Waits until the cells' thread has taken the interrupt, or the time (ms) is over. */
function taken(ticket, milliseconds) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const now = Atomics.load(state, TAKEN);
    if (now >= ticket) return true;
    const left = end - Date.now();
    if (left <= 0) return false;
    Atomics.wait(state, TAKEN, now, left);
  }
}

/** Asks the cells' thread to interrupt; where it does not answer, stops the code that it runs. */
function interrupt() {
  const cell = Atomics.load(state, RUNNING);
  const ticket = Atomics.add(state, SENT, 1) + 1;
  parentPort.postMessage({ ticket, cell });
  if (taken(ticket, 150)) return;
  const session = new inspector.Session();
  session.connectToMainThread();
  try {
    do {
      if (Atomics.load(state, CONVERTING) !== 0) continue;
      // Runs on top of whatever the cells' thread runs: notes where that is, and whether it is a cell at all.
      Atomics.store(state, PAUSED, 0);
      session.post("Runtime.evaluate", {
        expression: 'globalThis[Symbol.for("fathom.kernel")].paused(new Error().stack)',
      });
      while (Atomics.wait(state, PAUSED, 0, 50) === "timed-out" && !taken(ticket, 0)) if (orphaned()) return;
      if (Atomics.load(state, PAUSED) !== 1 || taken(ticket, 0)) continue;
      // Another cell runs by now, which nobody has interrupted.
      if (Atomics.load(state, RUNNING) !== cell) return;
      // What a cell runs before its first await ends by an exception that tslab catches: the cells' thread has armed
      // `breakOnSigint`, and gets this signal, since this thread's own is not armed here.
      if (Atomics.load(state, SYNCHRONOUS) === 1) process.kill(process.pid, "SIGINT");
      else session.post("Runtime.terminateExecution");
    } while (!taken(ticket, 200) && !orphaned());
  } finally {
    session.disconnect();
  }
}

/** Ends the process when the one that started it is gone: a killed client leaves no kernel behind. */
function orphaned() {
  if (parent === null || process.ppid === parent) return false;
  process.kill(process.pid, "SIGKILL");
  return true;
}

// `breakOnSigint` is Node's one way to learn of a signal without an event loop: the script that runs is broken off.
// Two are nested, so that one of them is always armed; with none, SIGINT would end the process. Of all that are armed,
// in this thread and in the cells', the last one gets the signal: so the inner one is armed anew when a cell starts.
const broken = (error) => error?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
const pause = new Int32Array(new SharedArrayBuffer(4));

globalThis.wait = (started) => {
  while (Atomics.wait(state, STARTED, started, 500) === "timed-out") orphaned();
};
/** True for a signal that the outer script has got and that has not been seen to. */
let unanswered = false;

globalThis.watch = () => {
  for (;;) {
    if (unanswered) {
      unanswered = false;
      interrupt();
    }
    const started = Atomics.load(state, STARTED);
    try {
      vm.runInThisContext(`wait(${started})`, { breakOnSigint: true });
      // The cells' thread arms its own meanwhile.
      Atomics.wait(pause, 0, 0, 5);
    } catch (error) {
      if (!broken(error)) throw error;
      interrupt();
    }
  }
};
for (;;) {
  try {
    vm.runInThisContext("watch()", { breakOnSigint: true });
  } catch (error) {
    if (!broken(error)) throw error;
    unanswered = true;
  }
}
