/** What the workflow's jobs run: `step.ts plan NOTEBOOK OUTPUT DEMANDS EARLIER…` and `step.ts cells JOB`. */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { SweepError } from "../../lib/sweep";
import { Progress } from "../setup/progress.mjs";
import { readDemands } from "./demands";
import type { Job } from "./job";
import { writePlan } from "./plan";
import { runJob } from "./run-job";
import { WorkflowError } from "./workflow-error";

const root = resolve(__dirname, "../..");

async function plan([notebook, output, demands, ...earlier]: readonly string[]): Promise<void> {
  const { jobs } = await writePlan({ root, notebook, output, earlier, demands: readDemands(demands) });
  const found = jobs.length === 0 ? "the store is complete" : `cells are missing, for ${jobs.length} jobs`;
  process.stderr.write(`${basename(notebook)}: ${found}\n`);
}

async function cells([file]: readonly string[]): Promise<void> {
  const job = JSON.parse(readFileSync(file, "utf8")) as Job;
  const name = `${job.experiment}, ${file.replace(/\.json$/, "")}`;
  const progress = new Progress();
  progress.begin(name, `${job.cells.length} cells`);
  try {
    const update = (fraction: number, text = ""): void => progress.update(name, text, fraction);
    await runJob(job, root, { update, done: () => undefined });
    progress.done(name, `${job.cells.length} cells in the store`);
  } finally {
    progress.close();
  }
}

async function main([what, ...rest]: readonly string[]): Promise<void> {
  if (what === "plan") await plan(rest);
  else if (what === "cells") await cells(rest);
  else throw new WorkflowError(`There is no step ${what}: the steps are plan and cells.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof WorkflowError || error instanceof SweepError;
  console.error(known ? error.message : error);
  process.exitCode = 1;
});
