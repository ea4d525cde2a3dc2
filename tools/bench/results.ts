import { cpus, release, type } from "node:os";
import type { MeasuredLimits } from "./limits";
import type { WorkloadResult } from "./judge";

/** What bench/results.json holds. */
export interface Results {
  /** ISO date and time of the run's end. */
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly limits: MeasuredLimits | null;
  readonly workloads: readonly WorkloadResult[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const cores = cpus();
  return {
    processor: cores[0]?.model.trim() ?? "unknown",
    cores: cores.length,
    system: `${type()} ${release()}`,
    node: process.versions.node,
  };
}
