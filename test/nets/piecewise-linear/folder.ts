import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the tests of a `describe` an empty folder, which is removed after them. */
export function temporaryFolder(): { path: (...parts: string[]) => string } {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fathom-nets-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (...parts) => join(folder, ...parts) };
}
