import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notebookDigest } from "../../../tools/claims/notebook-digest";

const root = join(__dirname, "../../..");

describe("the digest under which runs of a notebook are kept", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "digest-"))));
  after(() => rmSync(folder, { recursive: true }));

  const digest = (code: string[], text = "Prose.", settings = {}): string => {
    const path = join(folder, "00.ipynb");
    const cell = { cell_type: "markdown", source: text, metadata: {} };
    const cells = code.map((source) => ({ cell_type: "code", source, metadata: {}, outputs: [] }));
    writeFileSync(path, JSON.stringify({ cells: [cell, ...cells], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    return notebookDigest({ name: "00", path }, settings, root);
  };
  const figure = 'import { lengthMapFigure } from "fathom/figures";\nawait show(lengthMapFigure([]));';
  const claims = "breakIt(claim(3));";
  const usual = (): string => digest([figure, claims]);

  it("changes with the code on which claims depend and with the settings", () => {
    assert.notEqual(digest([figure, "breakIt(claim(4));"]), usual());
    assert.notEqual(digest([figure, claims], "Prose.", { FATHOM_IMAGES: "mnist" }), usual());
  });

  it("does not change with prose or figures", () => {
    assert.equal(digest([figure, claims], "Other prose."), usual());
    assert.equal(digest(["await show(another());", claims]), usual());
  });
});
