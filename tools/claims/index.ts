import { join, resolve } from "node:path";
import { fetchNeededData } from "../data/needed-data";
import { listNotebooks, selectNotebooks } from "../run/selection";
import { type ExitCode, exitCodes } from "./exit-codes";
import { harvest, keptRuns, type Wanted } from "./harvest";
import { notebookDigest } from "./notebook-digest";
import { type ClaimsOptions, readOptions, runsByDefault } from "./options";
import type { Run } from "./record";
import { reportOf } from "./report";
import { reportText } from "./text";

/** Seconds for one run, which takes a few minutes alone. */
const timeout = 2400;

export interface ClaimsPlace {
  /** The repository. */
  readonly root: string;
  /** The folder that paths on the command line start from. */
  readonly folder: string;
  /** The environment of the kernels. */
  readonly variables: NodeJS.ProcessEnv;
}

/**
 * Runs notebooks under fresh keys and judges whether their claims behave as they say.
 * @returns the exit code of the command
 * @throws UsageError for a command line that asks for something that does not exist
 */
export async function claims(arguments_: readonly string[], place: ClaimsPlace): Promise<ExitCode> {
  const options = readOptions(arguments_);
  const { root, folder } = place;
  const inClone = (path: string, usual: string): string => (path === usual ? join(root, usual) : resolve(folder, path));
  const notebooks = listNotebooks(inClone(options.notebooks, "notebooks"));
  const records = inClone(options.records, ".cache/claims");
  const variables: NodeJS.ProcessEnv = { ...place.variables, FATHOM_SCALE: "quick" };
  const settings = Object.fromEntries(["FATHOM_ENGINE", "FATHOM_IMAGES"].map((name) => [name, variables[name] ?? ""]));
  const wanted = selectNotebooks(notebooks, options.names).map((notebook): Wanted => {
    const digest = notebookDigest(notebook, settings, root);
    return { notebook, digest, runs: options.seeds ?? runsByDefault(notebook.name), first: options.first };
  });
  const { failed, interrupted } = options.report ? nothingRun : await run(wanted, options, variables, records);
  if (interrupted) {
    process.stderr.write("Interrupted: whole runs are kept, and the next start goes on with the others.\n");
    return exitCodes.interrupted;
  }
  const report = reportOf(wanted.map((one) => keptRuns(one, records)));
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 1)}\n` : reportText(report));
  for (const { notebook, keys, failure } of failed) {
    process.stderr.write(
      `${notebook} failed under keys ${keys}, at ${failure}\nAgain: FATHOM_FRESH_KEYS=${keys} npm start -- ${notebook}\n`,
    );
  }
  if (failed.length > 0 || report.notebooks.length === 0) return exitCodes.failedNotebook;
  return report.objections.length > 0 ? exitCodes.rejected : exitCodes.stands;
}

const nothingRun = { failed: [] as readonly Run[], interrupted: false };

async function run(
  wanted: readonly Wanted[],
  { jobs, minutes }: ClaimsOptions,
  variables: NodeJS.ProcessEnv,
  records: string,
): Promise<typeof nothingRun> {
  await fetchNeededData(
    wanted.map(({ notebook }) => notebook),
    variables,
  );
  const ending = new AbortController();
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    ending.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, interrupt);
  const timer = minutes === null ? undefined : setTimeout(() => ending.abort(), minutes * 60_000);
  try {
    const failed = await harvest(wanted, { variables, records, jobs, timeout, signal: ending.signal });
    if (ending.signal.aborted && !interrupted)
      process.stderr.write("The time is over; the next start goes on from here.\n");
    return { failed, interrupted };
  } finally {
    clearTimeout(timer);
    for (const name of signals) process.off(name, interrupt);
  }
}
