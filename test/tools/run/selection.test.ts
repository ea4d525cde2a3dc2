import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listNotebooks, selectNotebooks } from "../../../tools/run/selection";
import { UsageError } from "../../../tools/command-line/usage-error";

const named = (...names: string[]): { name: string; path: string }[] =>
  names.map((name) => ({ name, path: `${name}.ipynb` }));
const known = named("01-curvature", "02-activation-length", "10-ensembles", "10-ensembles-large");

describe("choosing notebooks", () => {
  it("takes all when no name is given", () => {
    assert.deepEqual(selectNotebooks(known, []), known);
  });

  it("takes a name, its beginning, a path or a file name, each notebook once and in reading order", () => {
    const names = (given: string[]): string[] => selectNotebooks(known, given).map((notebook) => notebook.name);
    assert.deepEqual(names(["02"]), ["02-activation-length"]);
    assert.deepEqual(names(["notebooks/01-curvature.ipynb"]), ["01-curvature"]);
    assert.deepEqual(names(["02-activation-length", "01", "0"]), ["01-curvature", "02-activation-length"]);
  });

  it("prefers the whole name to a beginning", () => {
    const chosen = selectNotebooks(known, ["10-ensembles"]).map((notebook) => notebook.name);
    assert.deepEqual(chosen, ["10-ensembles"]);
  });

  it("lists the known names when one is unknown", () => {
    for (const name of ["07", "", "curvature"]) {
      assert.throws(
        () => selectNotebooks(known, [name]),
        (error: Error) =>
          error instanceof UsageError && known.every((notebook) => error.message.includes(notebook.name)),
      );
    }
  });

  it("finds notebooks by their ending, without hidden files and folders of checkpoints", () => {
    const folder = mkdtempSync(join(tmpdir(), "fathom-test-"));
    try {
      for (const file of ["02-b.ipynb", "01-a.ipynb", ".01-a.ipynb.12.partial", ".hidden.ipynb", "claims.json"]) {
        writeFileSync(join(folder, file), "");
      }
      assert.deepEqual(listNotebooks(folder), [
        { name: "01-a", path: join(folder, "01-a.ipynb") },
        { name: "02-b", path: join(folder, "02-b.ipynb") },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.throws(() => listNotebooks(folder), UsageError);
  });
});
