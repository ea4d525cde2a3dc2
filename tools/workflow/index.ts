import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { constants, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../command-line/usage-error";
import { fetchNeededData } from "../data/needed-data";
import { listNotebooks, selectNotebooks } from "../run/selection";
import { writeAtomically } from "../run/write-atomically";
import { readOptions, type WorkflowOptions } from "./options";

export interface WorkflowPlace {
  /** The repository. */
  readonly root: string;
  /** The folder that paths on the command line start from. */
  readonly folder: string;
  /** The environment of the jobs. */
  readonly variables: NodeJS.ProcessEnv;
  /** The interpreter of Snakemake's environment. */
  readonly python: string;
}

/**
 * Runs Snakemake on workflow/Snakefile.
 * @returns the exit code of the command
 * @throws UsageError for a command line that asks for something that does not exist
 */
export async function workflow(arguments_: readonly string[], place: WorkflowPlace): Promise<number> {
  const options = readOptions(arguments_, place.variables);
  const { root, folder } = place;
  const notebooks = options.notebooks === "notebooks" ? join(root, "notebooks") : resolve(folder, options.notebooks);
  const selected = selectNotebooks(listNotebooks(notebooks), options.names);
  const profile = profileFolder(options.profile, place);
  const config = options.config === null ? join(root, "workflow/config.yaml") : resolve(folder, options.config);
  if (!existsSync(config)) throw new UsageError(`There is no file ${config}.`);
  const variables = jobVariables(options, place.variables);
  await fetchNeededData(selected, variables);

  // A folder of its own for each start: what is done is in the store, not in an earlier workflow's files.
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const runFolder = join(root, "workflow/runs", `${time}-${options.scale}`);
  mkdirSync(runFolder, { recursive: true });
  const run = {
    notebooks: Object.fromEntries(selected.map(({ name, path }) => [name, path])),
    folder: notebooks,
    site: resolve(folder, options.site),
    gpus: options.gpus,
    tools: join(root, "tools"),
  };
  writeAtomically(join(runFolder, "run.json"), JSON.stringify(run));
  const code = await snakemake(place.python, variables, [
    ...["--snakefile", join(root, "workflow/Snakefile"), "--directory", runFolder, "--profile", profile],
    ...["--configfile", config, join(runFolder, "run.json")],
    // Locally no more jobs at once than the memory and the asked-for cards hold; a cluster counts its own.
    ...(options.profile === "local"
      ? ["--resources", `mem_mb=${Math.floor(totalmem() / 1e6)}`, `gpu=${options.gpus}`]
      : []),
    ...options.snakemake,
  ]);
  // What the last job of a cluster said stays on its node.
  const said = join(runFolder, "claims.txt");
  if (options.profile !== "local" && existsSync(said)) process.stdout.write(readFileSync(said));
  return code;
}

function profileFolder(name: string, { root, folder }: WorkflowPlace): string {
  const candidates = [join(root, "workflow/profiles", name), resolve(folder, name)];
  const found = candidates.find((candidate) => existsSync(join(candidate, "config.yaml")));
  if (found !== undefined) return found;
  throw new UsageError(`There is no profile ${name}: name local, slurm, or a folder that holds a config.yaml.`);
}

/** One engine for all jobs: the store's names of cells tell engines apart. */
function jobVariables({ scale, gpus }: WorkflowOptions, variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...variables, FATHOM_SCALE: scale, FATHOM_ENGINE: variables["FATHOM_ENGINE"] ?? (gpus > 0 ? "gpu" : "cpu") };
}

function snakemake(python: string, variables: NodeJS.ProcessEnv, arguments_: readonly string[]): Promise<number> {
  const child = spawn(python, ["-m", "snakemake", ...arguments_], { env: variables, stdio: "inherit" });
  // Ctrl-C reaches Snakemake too; this process only waits for it.
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGINT", () => undefined).on("SIGTERM", pass);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}
