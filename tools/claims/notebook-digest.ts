import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { codeDigest, importedNames, sha256 } from "../../lib/sweep/code-digest";
import type { NotebookJson } from "../refresh/notebook-json";
import type { Notebook } from "../run/selection";

/**
 * A sha256 of all that a run of a notebook depends on but its keys: the cells' code, the library and local files that
 * they import, and the settings.
 * @param settings the scale and the variables that change results
 */
export function notebookDigest(notebook: Notebook, settings: Readonly<Record<string, string>>, root: string): string {
  const { cells } = JSON.parse(readFileSync(notebook.path, "utf8")) as NotebookJson;
  const code = cells.filter((cell) => cell.cell_type === "code").map((cell) => [cell.source].flat().join(""));
  const imported = importedNames(code.join("\n"))
    .map((name) => {
      if (name.startsWith("fathom/")) return join(root, "lib", name.slice("fathom/".length), "index.ts");
      return name.startsWith(".") ? resolve(dirname(notebook.path), `${name.replace(/\.ts$/, "")}.ts`) : null;
    })
    .filter((file) => file !== null);
  return sha256(JSON.stringify([code, imported.map((file) => codeDigest(file)), settings]));
}
