import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { PlannedCell } from "../../lib/sweep";
import { writeManifest } from "../../lib/sweep/manifest";
import { experimentFolder } from "../../lib/sweep/store";
import { writeAtomically } from "../run/write-atomically";
import type { Demands } from "./demands";
import { type Job, jobsOf } from "./job";
import { WorkflowError } from "./workflow-error";

/**
 * What a round of jobs is to compute for a notebook; no jobs: its store is complete. Of each job it holds what a scheduler asks
 * for; its cells are in a file of their own, since there may be a million.
 */
export interface Plan {
  readonly notebook: string;
  readonly jobs: readonly (Omit<Job, "cells" | "keys"> & { readonly file: string })[];
}

export interface PlanOptions {
  /** The repository. */
  readonly root: string;
  /** The notebook's path. */
  readonly notebook: string;
  /** The file to write; the jobs' are written to a folder of its name without `.json`. */
  readonly output: string;
  /** Plans whose jobs are done. */
  readonly earlier: readonly string[];
  /** What the jobs of an experiment may use. */
  readonly demands: (experiment: string) => Demands;
}

/**
 * Executes a notebook with `FATHOM_PLAN`: its sweeps write down the cells that the store lacks, and fail. A cell that needs the
 * rows of an earlier sweep fails too; what it wants is found by the next plan.
 * @throws WorkflowError when nbconvert fails, when the notebook fails for another reason than missing cells, or when cells that
 *   jobs have computed are not in the store
 */
export async function writePlan({ root, notebook, output, earlier, demands }: PlanOptions): Promise<Plan> {
  const planned = cellsWanted(notebook);
  const done = new Set(earlier.flatMap(jobsOfPlan).flatMap(({ keys }) => keys));
  const missing = planned.filter(({ key }) => done.has(key));
  if (missing.length > 0) {
    throw new WorkflowError(
      `${missing.length} cells of ${missing[0].experiment} were computed by jobs, and are not in the store under the names that ` +
        `${basename(notebook)} asks for: do the jobs have the same store (FATHOM_STORE), engine (FATHOM_ENGINE) and code?`,
    );
  }
  if (planned.length === 0) await writeManifests(earlier.flatMap((file) => readPlan(file).jobs));
  const folder = output.replace(/\.json$/, "");
  const jobs = jobsOf(planned, demands, root).map((job, place) => {
    const file = join(folder, `${place}.json`);
    writeAtomically(file, JSON.stringify(job));
    const { cells: _cells, keys: _keys, ...asked } = job;
    return { ...asked, file };
  });
  const plan = { notebook: basename(notebook, ".ipynb"), jobs };
  writeAtomically(output, `${JSON.stringify(plan, null, 1)}\n`);
  return plan;
}

/** Writes what each job left out: the manifests of the experiments whose cells they computed. */
async function writeManifests(jobs: Plan["jobs"]): Promise<void> {
  const folders = new Set(jobs.map(experimentFolder));
  // A folder is not there where the code was edited after the plan: the jobs' cells lie under the newer code's name.
  for (const folder of folders) if (existsSync(folder)) await writeManifest(folder);
}

/** A plan that was written. */
export function readPlan(file: string): Plan {
  return JSON.parse(readFileSync(file, "utf8")) as Plan;
}

/** The jobs of a plan, with their cells. */
export function jobsOfPlan(file: string): Job[] {
  return readPlan(file).jobs.map((job) => JSON.parse(readFileSync(job.file, "utf8")) as Job);
}

/** What nbconvert writes of a notebook, as far as it is looked at. */
interface Executed {
  readonly cells: readonly { readonly outputs?: readonly { output_type: string; ename?: string; evalue?: string }[] }[];
}

/** A notebook that asks for no cell has none to ask for, unless it failed before. Claims that fail are for the run that shows them. */
function demandSound({ cells }: Executed, notebook: string): void {
  for (const [place, { outputs = [] }] of cells.entries()) {
    const error = outputs.find(({ output_type, ename }) => output_type === "error" && ename !== "ClaimsError");
    if (error === undefined) continue;
    throw new WorkflowError(`${basename(notebook)} failed at its cell ${place + 1}: ${error.ename}: ${error.evalue}`);
  }
}

function cellsWanted(notebook: string): PlannedCell[] {
  const folder = mkdtempSync(join(tmpdir(), "fathom-plan-"));
  try {
    const file = join(folder, "cells.jsonl");
    const execute = ["-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--log-level=WARN"];
    const limits = ["--ExecutePreprocessor.timeout=-1", "--ExecutePreprocessor.startup_timeout=120"];
    const where = ["--output-dir", folder, "--output", "executed.ipynb", notebook];
    const env = { ...process.env, FATHOM_PLAN: file, FATHOM_CLAIMS: folder, FATHOM_FIGURES: folder };
    const { status, signal } = spawnSync("python", [...execute, ...limits, ...where], {
      env,
      stdio: ["ignore", 2, "inherit"],
    });
    if (status !== 0) throw new WorkflowError(`nbconvert ended with ${signal ?? `code ${status}`} on ${notebook}.`);
    if (!existsSync(file)) {
      demandSound(JSON.parse(readFileSync(join(folder, "executed.ipynb"), "utf8")) as Executed, notebook);
      return [];
    }
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as PlannedCell);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
