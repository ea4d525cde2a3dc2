import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { NotebookJson } from "../refresh/notebook-json";
import { UsageError } from "../command-line/usage-error";
import type { Place } from "./place";

/** A problem set's source. */
export interface SetSource {
  /** "01-curvature": its folder's and its notebook's name. */
  readonly name: string;
  /** The instructor's notebook, with solutions and hidden tests. */
  readonly file: string;
}

/**
 * The sets that the command line names: by name, by the beginning of one, or by a notebook's file. Without one, all of
 * notebooks/homework.
 */
export function findSets(place: Place, given: readonly string[]): SetSource[] {
  const known = knownSets(place.root);
  if (given.length === 0) {
    if (known.length === 0) throw new UsageError("There are no sets in notebooks/homework.");
    return known;
  }
  return given.map((text) => {
    if (text.endsWith(".ipynb")) return fromFile([place.folder, place.root], text);
    const found = known.filter(({ name }) => name === text || name.startsWith(text));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    const names = known.map(({ name }) => name).join(", ");
    throw new UsageError(`“${text}” ${found.length === 0 ? "names no set" : "is not one set"}; there are: ${names}`);
  });
}

export function readNotebook(file: string): NotebookJson {
  return JSON.parse(readFileSync(file, "utf8")) as NotebookJson;
}

function knownSets(root: string): SetSource[] {
  const folder = join(root, "notebooks", "homework");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: join(folder, name, `${name}.ipynb`) }))
    .filter(({ file }) => existsSync(file));
}

function fromFile(folders: readonly string[], text: string): SetSource {
  const file = folders.map((folder) => resolve(folder, text)).find((path) => existsSync(path));
  if (file === undefined) throw new UsageError(`There is no file ${text}.`);
  const name = basename(file, ".ipynb");
  if (basename(dirname(file)) !== name)
    throw new UsageError(
      `${text}: a set's notebook has the name of its folder, such as 01-curvature/01-curvature.ipynb.`,
    );
  return { name, file };
}
