import { readFileSync } from "node:fs";
import { Progress } from "../setup/progress.mjs";
import type { Notebook } from "../run/selection";
import { fetchCifar10 } from "./fetch-cifar10";

/** Fetches one data set unless it is there. */
export type FetchData = (progress: Progress) => Promise<void>;

/** Data sets that are fetched when a notebook first needs them; what comes with the npm packages is not among them. */
const fetched: Readonly<Record<string, FetchData>> = { cifar10: fetchCifar10 };

interface NotebookMetadata {
  readonly metadata?: { readonly fathom?: { readonly data?: readonly string[] } };
}

/**
 * The data sets that a notebook names in its metadata, `"fathom": { "data": ["cifar10"] }`. None for a file that is no
 * notebook: to say what is wrong with it is for its execution.
 */
export function dataOf(notebook: Notebook): readonly string[] {
  try {
    const { metadata } = JSON.parse(readFileSync(notebook.path, "utf8")) as NotebookMetadata;
    return metadata?.fathom?.data ?? [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/**
 * Fetches what the notebooks need and is not there yet. Where that fails the reason is told and the other notebooks can go
 * on: a notebook whose data is missing stops by itself and names the file.
 * @param variables FATHOM_IMAGES=mnist says that photographs are not wanted
 * @param tell takes the reason of a failure
 * @throws Error if a notebook names a data set that nobody knows
 */
export async function fetchNeededData(
  notebooks: readonly Notebook[],
  variables: NodeJS.ProcessEnv,
  known: Readonly<Record<string, FetchData>> = fetched,
  tell: (reason: string) => void = (reason) => process.stderr.write(`${reason}\n`),
): Promise<void> {
  const progress = new Progress();
  const needed = new Map(
    notebooks.flatMap((notebook) => dataOf(notebook).map((name) => [name, notebook.name] as const)),
  );
  try {
    for (const [name, notebook] of needed) {
      if (!(name in known)) {
        throw new Error(`${notebook} needs the data set ${name}; known are ${Object.keys(known).join(", ")}`);
      }
      if (name === "cifar10" && variables["FATHOM_IMAGES"] === "mnist") continue;
      try {
        await known[name](progress);
      } catch (error) {
        tell(`\n${error instanceof Error ? error.message : String(error)}\n${notebook} will stop without it.\n`);
      }
    }
  } finally {
    progress.close();
  }
}
