import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fetchNeededData } from "../data/needed-data";
import { exitCodes, type ExitCode } from "../run/exit-codes";
import { plan as planRun, run } from "../run";
import { makeSiteFolder } from "../run/site-folder";
import { listNotebooks, type Notebook, selectNotebooks } from "../run/selection";
import { UsageError } from "../command-line/usage-error";
import { writeAtomically } from "../run/write-atomically";
import { writeAssets } from "./assets";
import { libraryChanged, staleness } from "./freshness";
import { LibraryError, writeLibrary } from "./library";
import { readSiteOptions, type SiteOptions } from "./options";
import { printPages } from "./print";
import { serve } from "./serve";
import { writeGallery } from "./write-gallery";

/**
 * `npm run site`: the pages of executed notebooks, the library's documentation, and the index and search over both.
 *
 * @param variables the environment for Jupyter, from tools/environment.mjs
 * @param root the repository's folder
 */
export async function site(arguments_: readonly string[], variables: NodeJS.ProcessEnv, root: string): Promise<number> {
  try {
    const options = readSiteOptions(arguments_);
    const known = listNotebooks(options.notebooks);
    const selected = selectNotebooks(known, options.names);
    const code = await build(options, known, selected, variables, root);
    if (code === exitCodes.interrupted || options.port === null) return code;
    const served = await serve(resolve(options.site), options.port, variables);
    return code === exitCodes.allHold ? served : code;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
}

async function build(
  options: SiteOptions,
  known: readonly Notebook[],
  selected: readonly Notebook[],
  variables: NodeJS.ProcessEnv,
  root: string,
): Promise<ExitCode> {
  const folder = resolve(options.site);
  makeSiteFolder(folder);
  const changed = libraryChanged(root);
  const stale = selected.filter((notebook) => {
    const reason = staleness(notebook, folder, changed);
    if (reason !== null) say(`${notebook.name} ${reason}${options.stored ? ": its stored results are taken" : ""}.`);
    return reason !== null;
  });
  let code: ExitCode = exitCodes.allHold;
  if (options.stored) {
    for (const { name, path } of stale) writeAtomically(join(folder, `${name}.ipynb`), readFileSync(path));
  } else if (stale.length > 0) {
    code = await execute(stale, options, variables, root);
    if (code === exitCodes.interrupted) return code;
  }
  writeAssets(folder, variables);
  renderPages(folder, options.stored ? selected : selected.filter((notebook) => !stale.includes(notebook)), variables);
  const documented = await documentLibrary(folder, root);
  await writeGallery(folder, known, []);
  if (options.pdf)
    await printPages(
      folder,
      selected.map(({ name }) => name),
    );
  say(`Site: ${join(folder, "index.html")}`);
  return code === exitCodes.allHold && !documented ? exitCodes.failedNotebook : code;
}

async function execute(
  notebooks: readonly Notebook[],
  options: SiteOptions,
  variables: NodeJS.ProcessEnv,
  root: string,
): Promise<ExitCode> {
  const names = notebooks.map(({ name }) => name);
  const planned = planRun([...names, "--notebooks", options.notebooks, "--site", options.site], process.env);
  if (typeof planned === "number") return planned;
  await fetchNeededData(planned.selected, process.env);
  return run(planned, variables, root);
}

function renderPages(folder: string, notebooks: readonly Notebook[], variables: NodeJS.ProcessEnv): void {
  if (notebooks.length === 0) return;
  const arguments_ = [join(__dirname, "notebook_page.py"), folder, ...notebooks.map(({ name }) => name)];
  const { status, stderr } = spawnSync("python", arguments_, { env: variables, encoding: "utf8" });
  if (status !== 0) throw new Error(`The pages could not be written:\n${stderr}`);
}

/** Whether the documentation is whole; where it is not, TypeDoc's words are shown and the last one stays. */
async function documentLibrary(folder: string, root: string): Promise<boolean> {
  try {
    await writeLibrary(folder, root);
    return true;
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
