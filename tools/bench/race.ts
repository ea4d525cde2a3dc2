import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workload } from "../../bench/workload";
import { onProcessor, oneThread, pinned } from "./one-thread";
import type { Peers } from "./peers";
import { type Program, type Run, Side, type SideName } from "./side";
import { median } from "./times";
import type { Placed } from "./workloads";

/** What came of one side. Times in seconds, one a round. */
export interface SideResult {
  readonly name: SideName;
  /** `differs`: it computes something else than ours, so it was not timed. */
  readonly state: "timed" | "absent" | "failed" | "differs";
  /** What it runs on, or what is wrong with it. */
  readonly about: string;
  readonly seconds: readonly number[];
  readonly processorSeconds: readonly number[];
  /** Single numbers that it found, such as a count or a peak of memory. */
  readonly found: Readonly<Record<string, number>>;
}

/** What all races of a run share. */
export interface RaceSettings {
  readonly rounds: number;
  /** The core to pin to, or null. */
  readonly core: number | null;
  readonly peers: Peers;
  /** Every process is added while it runs, so that an interrupted run can end them. */
  readonly running: Set<Side>;
  readonly isInterrupted: () => boolean;
  readonly onStep: (text: string, fraction: number) => void;
  /** Sees what every timed run found. */
  readonly onRun?: (name: SideName, run: Run) => void;
}

/** Seconds that a side may take to prepare or for one run. */
const limitSeconds = 3600;
/** A turn lasts about so long, where a run is shorter. */
const turnSeconds = 0.25;
const mostRuns = 25;

interface Contestant {
  readonly name: SideName;
  readonly side: Side;
  readonly seconds: number[];
  readonly processorSeconds: number[];
  about: string;
  /** The run that was checked and warmed up. */
  first: Run | null;
  failure: { state: "failed" | "differs"; message: string } | null;
}

/** Checks that all sides compute the same, then times them in turn. A side that fails does not stop the others. */
export async function race(placed: Placed, settings: RaceSettings): Promise<SideResult[]> {
  const { workload } = placed;
  const folder = mkdtempSync(join(tmpdir(), "fathom-bench-"));
  const programs = sidesOf(placed, settings);
  const contestants: Contestant[] = [];
  const rounds = workload.onlyByName === true ? 0 : settings.rounds;
  const steps = programs.length * (rounds + 2);
  let step = 0;
  const told = (text: string): void => settings.onStep(text, Math.min(1, step++ / steps));
  try {
    for (const { name, program } of programs) {
      if (settings.isInterrupted()) break;
      told(`${name} prepares`);
      const side = new Side(name, program, limitSeconds);
      settings.running.add(side);
      const contestant: Contestant = {
        name,
        side,
        seconds: [],
        processorSeconds: [],
        about: "",
        first: null,
        failure: null,
      };
      contestants.push(contestant);
      await attempt(contestant, async () => void (contestant.about = await side.prepare(workload.parameters, folder)));
      // The others' inputs are what ours writes, and ours is what they are compared with.
      if (name === "ours" && contestant.failure !== null) break;
    }
    await check(workload, contestants, told);
    for (let round = 0; round < rounds; round++) {
      for (const contestant of standing(contestants)) {
        told(`round ${round + 1} of ${rounds}, ${contestant.name}`);
        await attempt(contestant, async () => {
          const runs = await repeated(contestant);
          contestant.seconds.push(median(runs.map(({ seconds }) => seconds)));
          contestant.processorSeconds.push(median(runs.map(({ processor }) => processor)));
          for (const run of runs) settings.onRun?.(contestant.name, run);
        });
      }
    }
  } finally {
    await Promise.all(contestants.map(({ side }) => side.stop()));
    for (const { side } of contestants) settings.running.delete(side);
    rmSync(folder, { recursive: true, force: true });
  }
  return [...contestants.map(resultOf), ...absent(placed, settings.peers)];
}

/** The first run of every side is compared with ours and warms up. */
async function check(
  workload: Workload,
  contestants: readonly Contestant[],
  told: (text: string) => void,
): Promise<void> {
  const [ours, ...others] = contestants;
  if (ours === undefined) return;
  told("ours is checked");
  if (ours.failure === null) await attempt(ours, async () => void (ours.first = await ours.side.run()));
  for (const other of standing(others)) {
    told(`${other.name} is checked`);
    await attempt(other, async () => {
      other.first = await other.side.run();
      if (ours.first === null) return;
      try {
        workload.same(ours.first.summary, other.first.summary);
      } catch (error) {
        other.failure = { state: "differs", message: error instanceof Error ? error.message : String(error) };
      }
    });
  }
}

/** One turn of a round. What takes milliseconds is run several times, for a median that the clock's and the system's jitter spares. */
async function repeated({ side, first }: Contestant): Promise<Run[]> {
  const runs: Run[] = [];
  const times = Math.min(mostRuns, Math.max(1, Math.round(turnSeconds / (first?.seconds ?? turnSeconds))));
  while (runs.length < times) runs.push(await side.run());
  return runs;
}

const standing = (contestants: readonly Contestant[]): Contestant[] =>
  contestants.filter(({ failure }) => failure === null);

async function attempt(contestant: Contestant, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    contestant.failure = { state: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Ours first: it writes the others' inputs. The plain version only where the reach names it or no peer can be had: it may take
 * long.
 */
function sidesOf(placed: Placed, settings: RaceSettings): { name: SideName; program: Program }[] {
  const { workload, modulePath, peersPath } = placed;
  const { python } = settings.peers;
  const present = workload.peers.filter((name) => settings.peers.installed.has(name));
  const node = (side: "ours" | "plain"): Program => ({
    command: process.execPath,
    arguments: ["--import", "tsx", join(__dirname, "child.ts"), modulePath, side],
    variables: process.env,
  });
  const programs: { name: SideName; program: Program }[] = [{ name: "ours", program: node("ours") }];
  if (python !== null && peersPath !== null) {
    for (const name of present) {
      const arguments_ = [join(__dirname, "peer.py"), peersPath, name];
      programs.push({ name, program: { command: python, arguments: arguments_, variables: process.env } });
    }
  }
  const named = "ratio" in workload.reach && workload.reach.of === "plain";
  if (workload.plain !== undefined && (named || programs.length === 1))
    programs.push({ name: "plain", program: node("plain") });
  return programs.map(({ name, program }) => ({ name, program: confined(program, workload, settings.core) }));
}

/** On one thread of one core, unless the workload is to run as users run it. */
export function confined(program: Program, workload: Pick<Workload, "cores">, core: number | null): Program {
  if (workload.cores === "all") return { ...program, variables: onProcessor(program.variables) };
  return pinned({ ...program, variables: oneThread(program.variables) }, core);
}

function absent({ workload, peersPath }: Placed, peers: Peers): SideResult[] {
  const about = peersPath === null ? `bench/peers has no file for ${workload.name}` : "not installed";
  return workload.peers
    .filter((name) => peersPath === null || !peers.installed.has(name))
    .map((name) => ({ name, state: "absent", about, seconds: [], processorSeconds: [], found: {} }));
}

function resultOf({ name, about, failure, first, seconds, processorSeconds }: Contestant): SideResult {
  if (failure !== null) {
    return { name, state: failure.state, about: failure.message, seconds: [], processorSeconds: [], found: {} };
  }
  const found = Object.fromEntries(
    Object.entries(first?.summary ?? {}).flatMap(([key, value]) => (typeof value === "number" ? [[key, value]] : [])),
  ) as Record<string, number>;
  // What takes minutes is run once.
  if (seconds.length === 0 && first !== null) {
    return { name, state: "timed", about, seconds: [first.seconds], processorSeconds: [first.processor], found };
  }
  return { name, state: "timed", about, seconds, processorSeconds, found };
}
