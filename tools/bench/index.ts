import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../command-line/usage-error";
import { plural } from "../run/text";
import { writeAtomically } from "../run/write-atomically";
import { Progress } from "../setup/progress.mjs";
import { exitCodes, type ExitCode, exitCodeOf } from "./exit-codes";
import { growthChart } from "./growth-chart";
import { type GrowthResult, growthText, measureGrowth } from "./growth";
import { BestRates, failures, type MeasuredLimits } from "./limits";
import { coreToPin } from "./one-thread";
import { type BenchOptions, readBenchOptions } from "./options";
import { findPeers, type Peers } from "./peers";
import { judge, type WorkloadResult } from "./judge";
import { race, type RaceSettings } from "./race";
import { type Results, thisMachine } from "./results";
import { resultsChart } from "./results-chart";
import type { Side } from "./side";
import { limitsText, workloadText } from "./table";
import { type Placed, selectWorkloads } from "./workloads";

/**
 * `npm run bench`: times the workloads, or how their costs grow.
 *
 * @param root the repository's folder
 */
export async function main(arguments_: readonly string[], root: string): Promise<ExitCode> {
  try {
    const options = readBenchOptions(arguments_);
    if (options.onlyPeers) return say(`The peers are in .venv-peers. Next: npm run bench`);
    const selected = selectWorkloads(join(root, "bench"), options.names);
    return await interruptible((running, isInterrupted) => bench(options, selected, root, running, isInterrupted));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nnpm run bench -- --help shows how it is used.\n`);
    return exitCodes.usage;
  }
}

/** An interrupted run ends the sides' processes; files that were there stay. */
async function interruptible(
  work: (running: Set<Side>, isInterrupted: () => boolean) => Promise<ExitCode>,
): Promise<ExitCode> {
  const running = new Set<Side>();
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    for (const side of running) void side.stop();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const code = await work(running, () => interrupted);
    if (!interrupted) return code;
    process.stderr.write("Interrupted: nothing was written.\n");
    return exitCodes.interrupted;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

async function bench(
  options: BenchOptions,
  selected: readonly Placed[],
  root: string,
  running: Set<Side>,
  isInterrupted: () => boolean,
): Promise<ExitCode> {
  const peers = await findPeers(root);
  if (peers.note !== null && !options.growth) process.stderr.write(`${peers.note}\n`);
  const core = coreToPin(options.core);
  const progress = new Progress({ stream: process.stderr });
  const settings = { rounds: options.rounds, core, peers, running, isInterrupted };
  try {
    return options.growth
      ? await benchGrowth(options, selected, root, settings, progress)
      : await benchTimes(options, selected, root, settings, progress);
  } finally {
    progress.close();
  }
}

interface Settings {
  readonly rounds: number;
  readonly core: number | null;
  readonly peers: Peers;
  readonly running: Set<Side>;
  readonly isInterrupted: () => boolean;
}

async function benchTimes(
  options: BenchOptions,
  selected: readonly Placed[],
  root: string,
  settings: Settings,
  progress: Progress,
): Promise<ExitCode> {
  const step = "bench";
  progress.begin(step, "starting");
  const total = selected.length + 1;
  const settingsOf = (index: number, name: string): RaceSettings => ({
    ...settings,
    onStep: (text, fraction) => progress.update(step, `${name}, ${text}`, (index + fraction) / total),
  });
  const limits = await measureLimits(root, settingsOf(0, "limits"), progress);
  const workloads: WorkloadResult[] = [];
  for (const [index, placed] of selected.entries()) {
    if (settings.isInterrupted()) return exitCodes.interrupted;
    const result = judge(placed.workload, await race(placed, settingsOf(index + 1, placed.workload.name)), limits);
    workloads.push(result);
    if (!settings.isInterrupted()) progress.say(`${workloadText(result)}\n`);
  }
  if (settings.isInterrupted()) return exitCodes.interrupted;
  progress.done(step, `${plural(selected.length, "workload")}, ${plural(options.rounds, "round")} each`);
  const results: Results = {
    date: new Date().toISOString(),
    machine: thisMachine(),
    rounds: options.rounds,
    limits,
    workloads,
  };
  if (options.json) say(JSON.stringify(results, null, 1));
  if (options.names.length === 0) {
    writeAtomically(join(root, "bench", "results.json"), `${JSON.stringify(results, null, 1)}\n`);
    writeAtomically(join(root, "bench", "results.svg"), resultsChart(results));
    progress.say("Written: bench/results.json and bench/results.svg");
  }
  return exitCodeOf(workloads);
}

async function measureLimits(root: string, settings: RaceSettings, progress: Progress): Promise<MeasuredLimits | null> {
  const folder = join(root, "bench");
  const modulePath = join(folder, "limits.ts");
  const { workload } = require(modulePath) as { workload: Placed["workload"] };
  const peersPath = join(folder, "peers", "limits.py");
  const rates = new BestRates();
  const sides = await race(
    { workload, modulePath, peersPath: existsSync(peersPath) ? peersPath : null },
    { ...settings, rounds: Math.min(3, settings.rounds), onRun: (name, run) => rates.see(name, run) },
  );
  for (const failure of failures(sides)) progress.say(`limits: ${failure}`);
  const limits = rates.best();
  if (limits !== null) progress.say(`${limitsText(limits)}\n`);
  return limits;
}

async function benchGrowth(
  options: BenchOptions,
  selected: readonly Placed[],
  root: string,
  settings: Settings,
  progress: Progress,
): Promise<ExitCode> {
  const step = "growth";
  progress.begin(step, "starting");
  const grown = selected.filter(({ workload }) => (workload.growth?.length ?? 0) > 0);
  const results: GrowthResult[] = [];
  for (const [index, placed] of grown.entries()) {
    for await (const result of measureGrowth(placed, {
      ...settings,
      onStep: (text, fraction) =>
        progress.update(step, `${placed.workload.name}, ${text}`, (index + fraction) / grown.length),
    })) {
      if (settings.isInterrupted()) return exitCodes.interrupted;
      results.push(result);
      progress.say(growthText(result));
    }
  }
  progress.done(step, `${plural(results.length, "size")} of ${plural(grown.length, "workload")}`);
  const written = { date: new Date().toISOString(), machine: thisMachine(), growth: results };
  if (options.json) say(JSON.stringify(written, null, 1));
  if (options.names.length === 0 && results.length > 0) {
    writeAtomically(join(root, "bench", "growth.json"), `${JSON.stringify(written, null, 1)}\n`);
    writeAtomically(join(root, "bench", "growth.svg"), await growthChart(results));
    progress.say("Written: bench/growth.json and bench/growth.svg");
  }
  return results.some(({ failure }) => failure !== null) ? exitCodes.failed : exitCodes.reached;
}

function say(line: string): ExitCode {
  process.stdout.write(`${line}\n`);
  return exitCodes.reached;
}
