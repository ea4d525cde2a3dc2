import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CellJson, joined, type NotebookJson } from "../refresh/notebook-json";
import { execute } from "../run/execution";
import type { Notebook } from "../run/selection";
import { readEvidence, type Run } from "./record";
import { sliceForClaims } from "./slice";

export interface ObservationSettings {
  /** The environment of the kernel. */
  readonly variables: NodeJS.ProcessEnv;
  /** The store of this notebook's runs; a run that was stopped goes on from it. */
  readonly store: string;
  /** Seconds for one run; 0: no limit. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Executes what claims depend on in a notebook under fresh keys, to its end also where claims do not hold.
 * @returns undefined when it was stopped by the signal
 */
export async function observe(
  notebook: Notebook,
  keys: number,
  settings: ObservationSettings,
): Promise<Run | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "fathom-evidence-"));
  const evidence = join(folder, "evidence.jsonl");
  const slice = join(folder, `${notebook.name}.ipynb`);
  const executed = join(folder, "executed.ipynb");
  mkdirSync(settings.store, { recursive: true });
  try {
    const whole = JSON.parse(readFileSync(notebook.path, "utf8")) as NotebookJson;
    writeFileSync(slice, JSON.stringify(sliceForClaims(whole)));
    const { seconds, failure } = await execute(
      { name: notebook.name, path: slice },
      {
        variables: {
          ...settings.variables,
          FATHOM_FRESH_KEYS: String(keys),
          FATHOM_EVIDENCE: evidence,
          FATHOM_STORE: settings.store,
          FATHOM_FIGURES: join(folder, "figures"),
        },
        folder: dirname(notebook.path),
        executed,
        page: null,
        timeout: settings.timeout,
        timing: false,
        goesOn: true,
        onStep: () => undefined,
        signal: settings.signal,
      },
    );
    if (failure?.kind === "interrupted") return undefined;
    const tables = readEvidence(evidence);
    const inCells = failure === null || failure.kind === "noClaims" ? failureInCells(executed) : null;
    const told = inCells ?? (failure === null ? null : `${failure.name}: ${failure.message}`);
    return { notebook: notebook.name, keys, seconds, tables, failure: told };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first error of an executed notebook that is not a claim's; null for none. */
function failureInCells(executed: string): string | null {
  const { cells } = JSON.parse(readFileSync(executed, "utf8")) as NotebookJson;
  const code = cells.filter((cell) => cell.cell_type === "code" && joined(cell.source).trim() !== "");
  const errors = code.flatMap((cell, place) => errorsOf(cell).map((error) => ({ ...error, place })));
  const found = errors.find(({ name }) => name !== "ClaimsError");
  return found === undefined ? null : `code cell ${found.place + 1}: ${found.name}: ${found.message}`;
}

function errorsOf(cell: CellJson): { name: string; message: string }[] {
  const outputs = (cell.outputs ?? []) as { output_type: string; ename?: string; evalue?: string }[];
  return outputs
    .filter(({ output_type }) => output_type === "error")
    .map(({ ename = "Error", evalue = "" }) => ({ name: ename, message: evalue }));
}
