import { readFileSync } from "node:fs";
import { onPath } from "../setup/command.mjs";
import { UsageError } from "../command-line/usage-error";
import type { Program } from "./side";

/** The variables under which every library that we know computes on one thread of the processor. */
export function oneThread(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...onProcessor(variables),
    TF_NUM_INTRAOP_THREADS: "1",
    TF_NUM_INTEROP_THREADS: "1",
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
    MKL_NUM_THREADS: "1",
    VECLIB_MAXIMUM_THREADS: "1",
    NUMEXPR_NUM_THREADS: "1",
    XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
  };
}

/** The variables under which no side takes a GPU. */
export function onProcessor(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...variables, CUDA_VISIBLE_DEVICES: "-1", JAX_PLATFORMS: "cpu", TF_CPP_MIN_LOG_LEVEL: "3" };
}

/** The program on one core, where the system can do that. */
export function pinned(program: Program, core: number | null): Program {
  const taskset = core === null ? null : onPath("taskset", program.variables);
  if (taskset === null) return program;
  return { ...program, command: taskset, arguments: ["-c", String(core), program.command, ...program.arguments] };
}

/**
 * The core to pin to: the one asked for, else the last that this process may use; null where there is no taskset.
 * @throws UsageError for a core that cannot be had
 */
export function coreToPin(asked: number | null): number | null {
  if (onPath("taskset") === null) {
    if (asked !== null) throw new UsageError("--core needs taskset, which is not on PATH.");
    return null;
  }
  const cores = allowedCores(readFileSync("/proc/self/status", "utf8"));
  if (asked !== null && !cores.includes(asked)) {
    throw new UsageError(`--core is ${asked}; this process may run on ${cores.join(", ")}.`);
  }
  return asked ?? cores[cores.length - 1];
}

/** The cores that a process may use, from its file `status` under /proc. */
export function allowedCores(status: string): number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)$/m.exec(status)?.[1] ?? "0";
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
