import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { freshKeys } from "../random/fresh-keys";
import { repositoryRoot, sha256 } from "./code-digest";
import { canonicalJson, type Json } from "./json";
import { writeWhole } from "./whole-file";

/** Everything that a cell's result depends on. */
export interface CellIdentity {
  readonly experiment: string;
  readonly code: string;
  readonly parameters: Json;
  readonly engine: { readonly name: string; readonly tensorflow: string | null; readonly tfjs: string };
  readonly data: readonly string[];
}

/** Why a cell has no rows: what its experiment threw. */
export interface CellFailure {
  readonly name: string;
  readonly message: string;
}

const format = 2;

/**
 * The store's folder: `FATHOM_STORE`, or `store/` in the repository. Under fresh keys (`FATHOM_FRESH_KEYS`) it is a folder in
 * there, since the same seeds then give other rows.
 * @throws RangeError when `FATHOM_FRESH_KEYS` is no whole number from 1
 */
export function storeFolder(): string {
  const asked = process.env.FATHOM_STORE ?? "";
  const folder = asked === "" ? join(repositoryRoot, "store") : resolve(asked);
  const family = freshKeys();
  return family === null ? folder : join(folder, `fresh-${family}`);
}

/** The folder that holds an experiment's cells, as one version of its code computes them. */
export function experimentFolder({ experiment, code }: Pick<CellIdentity, "experiment" | "code">): string {
  return join(storeFolder(), experiment, code.slice(0, 12));
}

/** The name under which a cell is stored: a sha256 (hex) of its identity. */
export function cellKey(identity: CellIdentity): string {
  const { experiment, code, parameters, engine, data } = identity;
  return sha256(canonicalJson({ format, experiment, code, parameters, engine: { ...engine }, data: [...data] }));
}

/** The file that holds a cell's rows. */
export function cellFile(identity: CellIdentity): string {
  return join(experimentFolder(identity), `${cellKey(identity)}.json`);
}

/** The file that says why a cell has no rows. */
export function failureFile(identity: CellIdentity): string {
  return join(experimentFolder(identity), `${cellKey(identity)}.failed.json`);
}

/**
 * A cell's rows from the store, or undefined when it must be computed. A file that is cut short or altered counts as
 * absent, and `warn` is told so in one line.
 */
export function readCell(identity: CellIdentity, warn: (line: string) => void): Json[] | undefined {
  const file = cellFile(identity);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      warn(`${file} cannot be read (${reason(error)}): computing it again.`);
    return undefined;
  }
  try {
    const stored = parseStored(text);
    if (cellKey(stored) !== cellKey(identity)) throw new Error("it holds another cell");
    if (!Array.isArray(stored.rows)) throw new Error("it has no rows");
    return stored.rows;
  } catch (error) {
    warn(`${file} is damaged (${reason(error)}): computing it again.`);
    return undefined;
  }
}

/** What a file of the store says. @throws Error when it is cut short or altered */
export function parseStored(text: string): CellIdentity & { rows?: Json[]; failure?: CellFailure } {
  const { checksum, cell } = JSON.parse(text) as { checksum: string; cell: CellIdentity };
  if (checksum !== sha256(JSON.stringify(cell))) throw new Error("its checksum does not match");
  return cell;
}

/**
 * Stores a cell's rows. A reader or a second writer sees the whole file or none; the same cell is the same bytes, whoever
 * wrote it and when. What was recorded of a failure is removed.
 * @throws Error when the folder cannot be written
 */
export async function writeCell(identity: CellIdentity, rows: readonly Json[]): Promise<void> {
  await writeWhole(cellFile(identity), storedText(identity, { rows }));
  rmSync(failureFile(identity), { force: true });
}

/** Records that a cell failed, and why. @throws Error when the folder cannot be written */
export async function writeFailure(identity: CellIdentity, failure: CellFailure): Promise<void> {
  await writeWhole(failureFile(identity), storedText(identity, { failure }));
}

function storedText(identity: CellIdentity, outcome: { rows: readonly Json[] } | { failure: CellFailure }): string {
  const { experiment, code, engine, data } = identity;
  const { name, tensorflow, tfjs } = engine;
  // Parameters in one order, whoever gave them; rows as the experiment made them.
  const parameters = JSON.parse(canonicalJson(identity.parameters)) as Json;
  const cell = JSON.stringify({ experiment, code, parameters, engine: { name, tensorflow, tfjs }, data, ...outcome });
  return `{"checksum":"${sha256(cell)}","cell":${cell}}\n`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
