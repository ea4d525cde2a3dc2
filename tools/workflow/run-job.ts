import { join } from "node:path";
import { type Experiment, type Progress, sweep } from "../../lib/sweep";
import type { Job } from "./job";
import { WorkflowError } from "./workflow-error";

type AnyExperiment = Experiment<object, object>;

/**
 * Computes the cells of a job that the store lacks, each stored as it is done: a job that was stopped goes on where it was.
 * @param root the repository
 * @throws WorkflowError when the job's file defines no such experiment
 * @throws SweepError when cells failed, after all others were computed
 */
export async function runJob({ experiment, source, cells }: Job, root: string, progress: Progress): Promise<void> {
  const module = (await import(join(root, source))) as Record<string, unknown>;
  const found = Object.values(module).find((value) => isExperiment(value) && value.name === experiment);
  if (found === undefined) throw new WorkflowError(`${source} exports no experiment named ${experiment}.`);
  await sweep(found as AnyExperiment, cells as object[], { progress, part: true });
}

function isExperiment(value: unknown): value is AnyExperiment {
  return typeof value === "object" && value !== null && "code" in value && "run" in value && "name" in value;
}
