import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PhysicalLimits, Workload } from "../../bench/workload";
import { onProcessor, oneThread, pinned } from "./one-thread";
import type { Peers } from "./peers";
import { type Program, type Run, Side, type SideName } from "./side";
import { median, type PairedRatio, pairedRatio } from "./times";
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
}

export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly sides: readonly SideResult[];
  /** The side that ours is measured by: the fastest peer or the one that the reach names; without peers, the plain version. */
  readonly against: SideName | null;
  /** Ours over `against`. */
  readonly ratio: PairedRatio | null;
  readonly reach: Workload["reach"];
  /** Null where there is nothing to judge it by. */
  readonly met: boolean | null;
  /** Seconds that this machine cannot do it faster than. */
  readonly limitSeconds: number | null;
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
const limitSeconds = 900;
/** A turn lasts about so long, where a run is shorter. */
const turnSeconds = 0.25;
const mostRuns = 25;

interface Contestant {
  readonly name: SideName;
  readonly side: Side;
  readonly seconds: number[];
  readonly processorSeconds: number[];
  about: string;
  /** Seconds of the run that warmed up. */
  warmUp: number;
  failure: { state: "failed" | "differs"; message: string } | null;
}

/** Checks that all sides compute the same, then times them in turn. A side that fails does not stop the others. */
export async function race(placed: Placed, settings: RaceSettings): Promise<WorkloadResult["sides"]> {
  const { workload } = placed;
  const folder = mkdtempSync(join(tmpdir(), "fathom-bench-"));
  const programs = sidesOf(placed, settings);
  const contestants: Contestant[] = [];
  const steps = programs.length * (settings.rounds + 2);
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
        warmUp: 0,
        failure: null,
      };
      contestants.push(contestant);
      await attempt(contestant, async () => void (contestant.about = await side.prepare(workload.parameters, folder)));
      // The others' inputs are what ours writes, and ours is what they are compared with.
      if (name === "ours" && contestant.failure !== null) break;
    }
    await check(workload, contestants, told);
    for (let round = 0; round < settings.rounds; round++) {
      for (const contestant of standing(contestants)) {
        told(`round ${round + 1} of ${settings.rounds}, ${contestant.name}`);
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
  let found: Run | null = null;
  told("ours is checked");
  if (ours.failure === null)
    await attempt(ours, async () => {
      found = await ours.side.run();
      ours.warmUp = found.seconds;
    });
  for (const other of standing(others)) {
    told(`${other.name} is checked`);
    await attempt(other, async () => {
      const { seconds, summary } = await other.side.run();
      other.warmUp = seconds;
      if (found === null) return;
      try {
        workload.same(found.summary, summary);
      } catch (error) {
        other.failure = { state: "differs", message: error instanceof Error ? error.message : String(error) };
      }
    });
  }
}

/** One turn of a round. What takes milliseconds is run several times, for a median that the clock's and the system's jitter spares. */
async function repeated({ side, warmUp }: Contestant): Promise<Run[]> {
  const runs: Run[] = [];
  const times = Math.min(mostRuns, Math.max(1, Math.round(turnSeconds / warmUp)));
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

/** Ours first: it writes the others' inputs. The plain version only where no peer can be had: it may take long. */
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
  if (workload.plain !== undefined && programs.length === 1) programs.push({ name: "plain", program: node("plain") });
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
    .map((name) => ({ name, state: "absent", about, seconds: [], processorSeconds: [] }));
}

function resultOf({ name, about, failure, seconds, processorSeconds }: Contestant): SideResult {
  if (failure === null) return { name, state: "timed", about, seconds, processorSeconds };
  return { name, state: failure.state, about: failure.message, seconds: [], processorSeconds: [] };
}

/** Ratios, the reach and the distance to the machine's limits, from the times of all sides. */
export function judge(workload: Workload, sides: readonly SideResult[], limits: PhysicalLimits | null): WorkloadResult {
  const { name, title, parameters, reach } = workload;
  const timed = sides.filter(({ state }) => state === "timed");
  const ours = timed.find((side) => side.name === "ours");
  const others = timed.filter((side) => side !== ours);
  const named = "ratio" in reach ? reach.of : undefined;
  const against =
    named === undefined
      ? others.reduce<SideResult | null>(
          (best, side) => (best === null || medianOf(side) < medianOf(best) ? side : best),
          null,
        )
      : (others.find((side) => side.name === named) ?? others.find((side) => side.name === "plain") ?? null);
  const ratio = ours === undefined || against === null ? null : pairedRatio(ours.seconds, against.seconds);
  const met = (): boolean | null => {
    if (ours === undefined) return null;
    if ("seconds" in reach) return medianOf(ours) <= reach.seconds;
    return ratio === null || against === null || against.name === "plain" ? null : ratio.median <= reach.ratio;
  };
  const limitSeconds = limits === null ? null : (workload.limit?.(parameters, limits) ?? null);
  return { name, title, parameters, sides, against: against?.name ?? null, ratio, reach, met: met(), limitSeconds };
}

/** The median of a side's times. */
export function medianOf({ seconds }: SideResult): number {
  return median(seconds);
}
