import { appendFileSync } from "node:fs";
import { portableName } from "./code-digest";
import type { Json } from "./json";

/** A cell that is to be computed elsewhere: one line of JSON in a plan. */
export interface PlannedCell {
  /** The experiment's name. */
  readonly experiment: string;
  /** The file that defines it, relative to the repository. */
  readonly source: string;
  /** sha256 of its code. */
  readonly code: string;
  readonly parameters: Json;
  /** What it costs, in the unit of its sweep. */
  readonly cost: number;
  /** Its name in the store. */
  readonly key: string;
}

/** Thrown by a sweep whose missing cells were planned: it has no rows to give. */
export class PlannedCellsError extends Error {
  override readonly name = "PlannedCellsError";

  constructor(experiment: string, missing: number, all: number) {
    super(
      `${missing} of ${all} cells of ${experiment} are not in the store, and FATHOM_PLAN asks to plan them, not to compute ` +
        "them; unset it to compute them here.",
    );
  }
}

/** The file that missing cells are to be written to instead of being computed: `FATHOM_PLAN`; null where it is not set. */
export function planFile(): string | null {
  const asked = process.env.FATHOM_PLAN ?? "";
  return asked === "" ? null : asked;
}

/** Adds cells of an experiment to a plan. @throws Error when the file cannot be written */
export function planCells(
  file: string,
  { name, source, code }: { readonly name: string; readonly source: string; readonly code: string },
  cells: readonly Pick<PlannedCell, "parameters" | "cost" | "key">[],
): void {
  const experiment = { experiment: name, source: portableName(source), code };
  const lines = cells.map((cell) => `${JSON.stringify({ ...experiment, ...cell })}\n`);
  appendFileSync(file, lines.join(""));
}
