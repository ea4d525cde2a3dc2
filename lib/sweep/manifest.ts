import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unparse } from "papaparse";
import { sha256 } from "./code-digest";
import { canonicalJson } from "./json";
import { parseStored } from "./store";
import { writeWhole } from "./whole-file";

/** One line of a manifest. */
interface Entry {
  readonly file: string;
  readonly status: "stored" | "failed" | "damaged";
  readonly rows: number | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly engine: string | null;
  readonly tensorflow: string | null;
  readonly code: string | null;
  readonly parameters: string | null;
  readonly error: string | null;
}

const columns = [
  "file",
  "status",
  "rows",
  "bytes",
  "sha256",
  "engine",
  "tensorflow",
  "code",
  "parameters",
  "error",
] as const satisfies readonly (keyof Entry)[];

// What is unchanged on the disk is read once a process.
const known = new Map<string, { size: number; modified: number; entry: Entry }>();

/**
 * Writes `manifest.csv` beside the cells in a folder of the store: a line for each file, in the order of their names, with its size and
 * sha256 (as `sha256sum` prints it), its parameters as JSON, and, where the cell failed, the error. Depends on the cells
 * alone: not on the order or the time in which they were computed. `danfojs-node`'s `readCSV` reads it.
 * @throws Error when the folder cannot be written
 */
export async function writeManifest(folder: string): Promise<void> {
  for (;;) {
    const files = cellFiles(folder);
    const entries = files.map((file) => entryOf(folder, file)).filter((entry) => entry !== undefined);
    const lines = entries.map((entry) => columns.map((column) => entry[column]));
    await writeWhole(join(folder, "manifest.csv"), `${unparse([[...columns], ...lines])}\r\n`);
    // A process that stored a cell meanwhile may have written its manifest before this one.
    if (cellFiles(folder).join() === files.join()) return;
  }
}

function cellFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}(\.failed)?\.json$/.test(name))
    .sort();
}

function entryOf(folder: string, name: string): Entry | undefined {
  const file = join(folder, name);
  const status = statSync(file, { throwIfNoEntry: false });
  // Removed since it was listed: a failure whose cell has been computed.
  if (status === undefined) return undefined;
  const before = known.get(file);
  if (before !== undefined && before.size === status.size && before.modified === status.mtimeMs) return before.entry;
  const entry = readEntry(file, name);
  known.set(file, { size: status.size, modified: status.mtimeMs, entry });
  return entry;
}

function readEntry(file: string, name: string): Entry {
  const text = readFileSync(file, "utf8");
  const measured = { file: name, bytes: Buffer.byteLength(text), sha256: sha256(text) };
  try {
    const { engine, code, parameters, rows, failure } = parseStored(text);
    return {
      ...measured,
      status: failure === undefined ? "stored" : "failed",
      rows: rows?.length ?? null,
      engine: engine.name,
      tensorflow: engine.tensorflow,
      code,
      parameters: canonicalJson(parameters),
      error: failure === undefined ? null : `${failure.name}: ${failure.message}`,
    };
  } catch {
    const nothing = { rows: null, engine: null, tensorflow: null, code: null, parameters: null, error: null };
    return { ...measured, ...nothing, status: "damaged" };
  }
}
