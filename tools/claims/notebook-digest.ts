import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { codeDigest, importedNames, sha256 } from "../../lib/sweep/code-digest";
import { joined, type NotebookJson } from "../refresh/notebook-json";
import type { Notebook } from "../run/selection";
import { sliceForClaims } from "./slice";

/**
 * A sha256 of all that a run of a notebook depends on but its keys: the code that it executes, the library and local
 * files that this imports, and the settings.
 * @param settings the scale and the variables that change results
 */
export function notebookDigest(notebook: Notebook, settings: Readonly<Record<string, string>>, root: string): string {
  const { cells } = sliceForClaims(JSON.parse(readFileSync(notebook.path, "utf8")) as NotebookJson);
  const code = cells.filter((cell) => cell.cell_type === "code").map((cell) => joined(cell.source));
  const imported = importedNames(code.join("\n"))
    .map((name) => {
      if (name.startsWith("fathom/")) return join(root, "lib", name.slice("fathom/".length), "index.ts");
      return name.startsWith(".") ? resolve(dirname(notebook.path), `${name.replace(/\.ts$/, "")}.ts`) : null;
    })
    .filter((file) => file !== null);
  return sha256(JSON.stringify([code, imported.map((file) => codeDigest(file)), settings]));
}
