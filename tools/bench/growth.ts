import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Growth, Workload } from "../../bench/workload";
import { fitPowerLaw, type PowerLaw } from "./exponent";
import { confined } from "./race";
import { Side } from "./side";
import { duration } from "./table";
import { median } from "./times";
import type { Placed } from "./workloads";

/** How the cost of ours grew with one size of a workload. */
export interface GrowthResult {
  readonly workload: string;
  readonly title: string;
  readonly of: string;
  readonly label: string;
  readonly sizes: readonly number[];
  /** Whose seconds: the processor's, or those of the clock where a workload takes all cores. */
  readonly timed: "processor" | "clock";
  /** Median seconds of a run, one a size. */
  readonly seconds: readonly number[];
  /** Peak memory of a process that did nothing else, in bytes, and what it held before the workload. */
  readonly peakBytes: readonly number[];
  readonly baseBytes: readonly number[];
  readonly expected: { readonly time: number; readonly memory: number };
  /** Null where there are too few sizes; for memory also where the workload takes too little beside the process itself. */
  readonly time: PowerLaw | null;
  readonly memory: PowerLaw | null;
  /** Why a size could not be measured; sizes before it are there. */
  readonly failure: string | null;
}

interface GrowthSettings {
  readonly core: number | null;
  readonly running: Set<Side>;
  readonly isInterrupted: () => boolean;
  readonly onStep: (text: string, fraction: number) => void;
}

const limitSeconds = 900;
/** Runs after the warm-up, until so many are done or so much time is spent. */
const runs = 5;
const enoughSeconds = 4;

/** Measures each growth of a workload, every size in a fresh process. */
export async function* measureGrowth(placed: Placed, settings: GrowthSettings): AsyncGenerator<GrowthResult> {
  const growths = placed.workload.growth ?? [];
  for (const [index, growth] of growths.entries()) {
    const onStep = (text: string, fraction: number): void => settings.onStep(text, (index + fraction) / growths.length);
    yield await measure(placed, growth, { ...settings, onStep });
  }
}

async function measure(
  placed: Placed,
  growth: Growth<Readonly<Record<string, number>>>,
  settings: GrowthSettings,
): Promise<GrowthResult> {
  const { workload } = placed;
  const measured: { size: number; seconds: number; base: number; peak: number }[] = [];
  let failure: string | null = null;
  for (const [index, size] of growth.values.entries()) {
    if (settings.isInterrupted()) break;
    settings.onStep(`${growth.of} ${size}`, index / growth.values.length);
    try {
      const parameters = { ...workload.parameters, ...growth.others, [growth.of]: size } as Workload["parameters"];
      measured.push({ size, ...(await measureSize(placed, parameters, settings)) });
    } catch (error) {
      failure = `${growth.of} ${size}: ${error instanceof Error ? error.message : String(error)}`;
      break;
    }
  }
  const sizes = measured.map(({ size }) => size);
  const seconds = measured.map((at) => at.seconds);
  const peakBytes = measured.map(({ peak }) => peak);
  const baseBytes = measured.map(({ base }) => base);
  const own = measured.map(({ base, peak }) => peak - base);
  const enough = sizes.length >= 3;
  return {
    workload: workload.name,
    title: workload.title,
    of: growth.of,
    label: growth.label,
    sizes,
    timed: workload.cores === "all" ? "clock" : "processor",
    seconds,
    peakBytes,
    baseBytes,
    expected: growth.expected,
    time: enough ? fitPowerLaw(sizes, seconds) : null,
    // The process itself is the overhead; below a fifth of it, an exponent would be one of noise.
    memory: enough && Math.max(...own) > 0.2 * median(baseBytes) ? fitPowerLaw(sizes, peakBytes, true) : null,
    failure,
  };
}

async function measureSize(
  placed: Placed,
  parameters: Workload["parameters"],
  { core, running }: GrowthSettings,
): Promise<{ seconds: number; base: number; peak: number }> {
  const program = {
    command: process.execPath,
    arguments: ["--import", "tsx", join(__dirname, "child.ts"), placed.modulePath, "ours"],
    variables: process.env,
  };
  const folder = mkdtempSync(join(tmpdir(), "fathom-bench-"));
  const side = new Side("ours", confined(program, placed.workload, core), limitSeconds);
  running.add(side);
  // On one thread other work on the machine shows less in the processor's time than in the clock's.
  const cost = placed.workload.cores === "all" ? "seconds" : "processor";
  try {
    await side.prepare(parameters, folder);
    let spent = (await side.run())[cost];
    const seconds: number[] = spent > enoughSeconds ? [spent] : [];
    while (seconds.length === 0 || (seconds.length < runs && spent < enoughSeconds)) {
      seconds.push((await side.run())[cost]);
      spent += seconds[seconds.length - 1];
    }
    return { seconds: median(seconds), ...(await side.memory()) };
  } finally {
    await side.stop();
    running.delete(side);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What came of one growth, in two lines. */
export function growthText(result: GrowthResult): string {
  const { workload, label, sizes, seconds, time, memory, expected, failure } = result;
  const lines = [
    `${workload}, ${label}: ${sizes.map((size, index) => `${size}: ${duration(seconds[index])}`).join(", ")}`,
  ];
  lines.push(`  time: ${exponentText(time, expected.time)}; peak memory: ${exponentText(memory, expected.memory)}`);
  if (failure !== null) lines.push(`  failed at ${failure}`);
  return lines.join("\n");
}

/** "exponent 1.98 ± 0.02, expected 2". */
export function exponentText(law: PowerLaw | null, expected: number): string {
  if (law === null) return `too little to fit, expected ${expected}`;
  const error = law.standardError === null ? "" : ` ± ${law.standardError.toFixed(2)}`;
  return `exponent ${law.exponent.toFixed(2)}${error}, expected ${expected}`;
}
