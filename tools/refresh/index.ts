import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchNeededData } from "../data/needed-data";
import { executeAll } from "../run/collection";
import { exitCodes, type ExitCode } from "../run/exit-codes";
import { exitCodeOf, type Outcome } from "../run/outcome";
import { RunProgress } from "../run/progress";
import { scoreboard } from "../run/scoreboard";
import { listNotebooks, type Notebook, selectNotebooks } from "../run/selection";
import { UsageError } from "../command-line/usage-error";
import { writeAtomically } from "../run/write-atomically";
import type { NotebookJson } from "./notebook-json";
import { readmePicture } from "./picture";
import { withScoreboard } from "./readme";
import { objections, storedText } from "./stored-notebook";

/** Seconds for one notebook at quick scale. */
const timeout = 1200;

/**
 * `npm run refresh`: executes notebooks at quick scale with pictures in place of interactive figures, and commits to the
 * working tree the notebooks whose claims all hold, then the README's scoreboard and picture.
 *
 * @param variables the environment for Jupyter, from tools/environment.mjs
 */
export async function refresh(
  arguments_: readonly string[],
  variables: NodeJS.ProcessEnv,
  root: string,
): Promise<ExitCode> {
  const known = listNotebooks(join(root, "notebooks"));
  let selected: Notebook[];
  try {
    selected = selectNotebooks(known, arguments_);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
  await fetchNeededData(selected, variables);
  const folder = mkdtempSync(join(tmpdir(), "fathom-refresh-"));
  try {
    const sources = new Map(selected.map(({ name, path }) => [name, readFileSync(path, "utf8")]));
    const outcomes = await executeForStoring(selected, variables, folder);
    process.stdout.write(`\n${scoreboard(outcomes, process.stdout.columns ?? 160, false)}\n`);
    const refused = outcomes.filter((outcome) => !store(outcome, selected, sources, folder));
    if (!refused.some((outcome) => outcome.notebook === readmePicture.notebook)) copyPicture(folder, root);
    const readme = join(root, "README.md");
    writeAtomically(readme, withScoreboard(readFileSync(readme, "utf8"), known));
    const code = exitCodeOf(outcomes);
    return code === exitCodes.allHold && refused.length > 0 ? exitCodes.failedNotebook : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function executeForStoring(
  selected: readonly Notebook[],
  variables: NodeJS.ProcessEnv,
  folder: string,
): Promise<Outcome[]> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const progress = new RunProgress(process.stdout, {}, Math.max(...selected.map((notebook) => notebook.name.length)));
  try {
    return await executeAll(
      selected,
      1,
      (notebook) => {
        progress.begin(notebook.name);
        return {
          variables: {
            ...variables,
            FATHOM_SCALE: "quick",
            FATHOM_STORED: "1",
            FATHOM_FIGURES: join(folder, "figures"),
          },
          executed: join(folder, `${notebook.name}.ipynb`),
          page: null,
          timeout,
          timing: false,
          onStep: (step) => progress.step(notebook.name, step),
          signal: interruption.signal,
        };
      },
      interruption.signal,
      (outcome) => void progress.end(outcome.notebook, outcome),
    );
  } finally {
    progress.close();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Writes the committed notebook, or says why not; returns whether it was written. */
function store(
  outcome: Outcome,
  selected: readonly Notebook[],
  sources: ReadonlyMap<string, string>,
  folder: string,
): boolean {
  const say = (line: string): void => void process.stdout.write(`${outcome.notebook}: ${line}\n`);
  if (exitCodeOf([outcome]) !== exitCodes.allHold) {
    const { failure } = outcome;
    say(
      `left as it was${failure === null ? ", because a claim does not hold" : `: ${failure.name}: ${failure.message}`}`,
    );
    if (failure?.trace != null) process.stdout.write(`${failure.trace}\n`);
    return false;
  }
  const executed = JSON.parse(readFileSync(join(folder, `${outcome.notebook}.ipynb`), "utf8")) as NotebookJson;
  const text = storedText(executed);
  const reasons = objections(executed, text);
  const path = selected.find((notebook) => notebook.name === outcome.notebook)!.path;
  if (readFileSync(path, "utf8") !== sources.get(outcome.notebook)) reasons.push("it was edited while it ran");
  if (reasons.length > 0) {
    say(`left as it was: ${reasons.join("; ")}`);
    return false;
  }
  writeAtomically(path, text);
  say(`stored, ${Math.round(Buffer.byteLength(text) / 1000)} kB`);
  return true;
}

function copyPicture(folder: string, root: string): void {
  const picture = join(folder, "figures", `${readmePicture.figure}.png`);
  if (existsSync(picture)) writeAtomically(join(root, readmePicture.file), readFileSync(picture));
}
