import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../command-line/usage-error";

export interface Notebook {
  /** The file's name without `.ipynb`. */
  readonly name: string;
  readonly path: string;
}

/**
 * The folder's notebooks in reading order.
 *
 * @throws UsageError if the folder is missing or holds none
 */
export function listNotebooks(folder: string): Notebook[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    throw new UsageError(`There is no folder ${folder}.`);
  }
  const found = files
    .filter((file) => file.endsWith(".ipynb") && !file.startsWith("."))
    .sort()
    .map((file) => ({ name: file.slice(0, -".ipynb".length), path: join(folder, file) }));
  if (found.length === 0) throw new UsageError(`The folder ${folder} holds no notebooks.`);
  return found;
}

/**
 * The notebooks whose names are, or begin with, one of the given names; all of them when no name is given.
 * A name may also be given as a path or with its ending, as a shell completes it.
 *
 * @throws UsageError if a name matches none; the message lists those that exist
 */
export function selectNotebooks(known: readonly Notebook[], names: readonly string[]): Notebook[] {
  if (names.length === 0) return [...known];
  const chosen = new Set<Notebook>();
  for (const name of names) {
    const wanted = name.replace(/^.*\//, "").replace(/\.ipynb$/, "");
    const exact = known.filter((notebook) => notebook.name === wanted);
    const matches =
      exact.length > 0 ? exact : known.filter((notebook) => wanted !== "" && notebook.name.startsWith(wanted));
    if (matches.length === 0) {
      const list = known.map((notebook) => `  ${notebook.name}`).join("\n");
      throw new UsageError(`No notebook's name begins with "${name}". There are:\n${list}`);
    }
    for (const match of matches) chosen.add(match);
  }
  return known.filter((notebook) => chosen.has(notebook));
}
