import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeAssets } from "../site/assets";
import { writeGallery } from "../site/write-gallery";
import { executeAll } from "./collection";
import { readDurations, writeDurations } from "./durations";
import type { ExecutionSettings } from "./execution";
import { exitCodeOf, type Outcome } from "./outcome";
import { exitCodes, type ExitCode } from "./exit-codes";
import { readOptions, type RunOptions } from "./options";
import { RunProgress } from "./progress";
import { writeResults } from "./results";
import { scoreboard } from "./scoreboard";
import { listNotebooks, type Notebook, selectNotebooks } from "./selection";
import { UsageError } from "../command-line/usage-error";
import { makeSiteFolder } from "./site-folder";

/** What the command line asks for, checked before the set-up is begun. */
export interface Plan {
  readonly options: RunOptions;
  readonly known: readonly Notebook[];
  readonly selected: readonly Notebook[];
}

/**
 * Reads the command line of `npm start` and makes the folder for its results. When it asks for something that does not
 * exist or cannot be written, says so and returns the exit code instead of a plan.
 */
export function plan(arguments_: readonly string[], variables: NodeJS.ProcessEnv): Plan | ExitCode {
  try {
    const options = readOptions(arguments_, variables);
    const known = listNotebooks(options.notebooks);
    makeSiteFolder(resolve(options.site));
    return { options, known, selected: selectNotebooks(known, options.names) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
}

/**
 * Executes the plan's notebooks, writes what they give under the site folder and shows the claims.
 *
 * @param variables the environment for Jupyter, from tools/environment.mjs
 * @param root the repository's folder, which keeps how long cells took
 */
export async function run(planned: Plan, variables: NodeJS.ProcessEnv, root: string): Promise<ExitCode> {
  const { options, known, selected } = planned;
  const site = resolve(options.site);
  const store = options.fresh ? mkdtempSync(join(tmpdir(), "fathom-store-")) : null;
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, interrupt);
  const record = join(root, ".cache", `durations-${options.scale}.json`);
  const durations = readDurations(record);
  const width = Math.max(...selected.map((notebook) => notebook.name.length));
  const progress = new RunProgress(process.stdout, durations, width);
  try {
    writeAssets(site, variables);
    const settingsOf = (notebook: Notebook): ExecutionSettings => {
      progress.begin(notebook.name);
      return {
        variables: kernelVariables(variables, options.scale, site, store),
        executed: join(site, `${notebook.name}.ipynb`),
        page: join(site, `${notebook.name}.html`),
        timeout: options.timeout,
        timing: true,
        onStep: (step) => progress.step(notebook.name, step),
        signal: interruption.signal,
      };
    };
    const outcomes = await executeAll(selected, options.jobs, settingsOf, interruption.signal, (outcome) => {
      const seconds = progress.end(outcome.notebook, outcome);
      if (seconds.length === outcome.cells) durations[outcome.notebook] = seconds;
    });
    progress.close();
    if (interruption.signal.aborted) {
      process.stdout.write("Interrupted: the kernels are stopped and the scoreboard is that of the last whole run.\n");
      return exitCodes.interrupted;
    }
    writeDurations(record, durations);
    writeResults(site, outcomes, options.scale);
    await writeGallery(site, known, outcomes);
    report(outcomes, site);
    return exitCodeOf(outcomes);
  } finally {
    progress.close();
    for (const name of signals) process.off(name, interrupt);
    if (store !== null) rmSync(store, { recursive: true, force: true });
  }
}

function kernelVariables(
  variables: NodeJS.ProcessEnv,
  scale: string,
  site: string,
  store: string | null,
): NodeJS.ProcessEnv {
  const figures = join(site, "figures");
  const given = { ...variables, FATHOM_SCALE: scale, FATHOM_FIGURES: figures };
  return store === null ? given : { ...given, FATHOM_STORE: store };
}

function report(outcomes: readonly Outcome[], site: string): void {
  const terminal = process.stdout.isTTY;
  const columns = terminal ? process.stdout.columns : 160;
  process.stdout.write(`\n${scoreboard(outcomes, columns, terminal && process.env["NO_COLOR"] === undefined)}`);
  for (const { notebook, failure } of outcomes) {
    if (failure === null) continue;
    const place = failure.cell === null ? "" : ` at code cell ${failure.cell}`;
    process.stdout.write(`\n${notebook} failed${place}: ${failure.name}: ${failure.message}\n`);
    if (failure.trace !== null) process.stdout.write(`${indented(failure.trace)}\n`);
    process.stdout.write(`The executed notebook is kept: ${join(site, `${notebook}.ipynb`)}\n`);
  }
  process.stdout.write(`\nPages: ${join(site, "index.html")}\n`);
}

function indented(text: string): string {
  const lines = text.trimEnd().split("\n");
  const shown = lines.length > 40 ? [...lines.slice(0, 20), "…", ...lines.slice(-19)] : lines;
  return shown.map((line) => `  ${line}`).join("\n");
}
