import assert from "node:assert/strict";
import type { NotebookJson } from "../../../tools/refresh/notebook-json";
import { sliceForClaims } from "../../../tools/claims/slice";

const notebook = (...sources: string[]): NotebookJson => ({
  cells: sources.map((source) => ({ cell_type: "code", source, metadata: {}, outputs: [] })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const sliced = (...sources: string[]): string[] =>
  sliceForClaims(notebook(...sources)).cells.map(({ source }) => String(source));
const nothing = "// No claim depends on what this cell does.";

describe("the slice of a notebook on which its claims depend", () => {
  it("has no figures and tables, nor what they alone need, however far before", () => {
    const cells = [
      "const counts = [1, 2];\nconst widths = [3, 4];",
      "const drawn = await sweep(experiment, counts);",
      "await show(picture(drawn));\ntable(drawn);",
      'showClaims("00", [claim(widths)]);',
    ];
    assert.deepEqual(sliced(...cells), ["const widths = [3, 4];", nothing, nothing, cells[3]]);
  });

  it("keeps the cell's text as it is where all of it stays, and text between cells", () => {
    const whole = "// Why.\nconst widths = [3];\n\nbreakIt(claim(widths));";
    const { cells } = sliceForClaims({
      ...notebook(whole),
      cells: [{ cell_type: "markdown", source: "show(nothing)", metadata: {} }, ...notebook(whole).cells],
    });
    assert.deepEqual(
      cells.map(({ source }) => source),
      ["show(nothing)", whole],
    );
  });

  for (const [what, declaration] of [
    ["a constant of several", "const [other, used] = pair();"],
    ["a part of an object", "const { other: { used } } = parts;"],
    ["a function", "function used() { return 1; }"],
    ["a class", "class used {}"],
    ["a type", "type used = number;"],
    ["an interface", "interface used { a: number }"],
    ["an enumeration", "enum used { A }"],
    ["an import", 'import { other, thing as used } from "fathom/theory";'],
    ["an import of a module", 'import * as used from "fathom/theory";'],
    ["a default import", 'import used from "mathjs";'],
  ]) {
    it(`keeps ${what} that something else mentions, and only then`, () => {
      assert.deepEqual(sliced(declaration, "breakIt(used);"), [declaration, "breakIt(used);"]);
      assert.deepEqual(sliced(declaration, "breakIt(unused);"), [nothing, "breakIt(unused);"]);
    });
  }

  it("keeps what is needed by what is needed, also where it is mentioned inside a function or shorthand", () => {
    const cells = ["const seed = 3;", "const of = (nets) => run({ nets, seed });", "breakIt(of(2));"];
    assert.deepEqual(sliced(...cells), cells);
  });

  it("tells a name from a member's: `drawn.length` needs no `length`", () => {
    const last = "breakIt(drawn.length, { length: 2 });";
    assert.deepEqual(sliced("const length = 2;", last), [nothing, last]);
  });

  it("keeps every statement that does anything else: loops, calls, assignments, imports without names", () => {
    const cells = [
      "for (const row of rows) total += row;",
      "await openEngine();",
      "total = 3;",
      'import "fathom/engine";',
    ];
    assert.deepEqual(sliced(...cells), cells);
  });

  it("keeps both declarations of a name that a later cell declares again", () => {
    const cells = ["const net = 1;", "const net = 2;", "breakIt(net);"];
    assert.deepEqual(sliced(...cells), cells);
  });
});
