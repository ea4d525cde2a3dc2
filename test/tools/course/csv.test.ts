import assert from "node:assert/strict";
import { formatCsv, parseCsv } from "../../../tools/course/csv";

describe("course/csv", () => {
  it("reads quotes, commas in them, empty fields and both ends of line", () => {
    assert.deepEqual(parseCsv('id,name\r\n1,"Lovelace, Ada ""A."""\n2,\n\n'), [
      ["id", "name"],
      ["1", 'Lovelace, Ada "A."'],
      ["2", ""],
    ]);
  });

  it("reads semicolons and a byte-order mark, as spreadsheets write them", () => {
    assert.deepEqual(parseCsv("\uFEFFid;name\nada;Lovelace"), [
      ["id", "name"],
      ["ada", "Lovelace"],
    ]);
  });

  it("reads back what it writes", () => {
    const rows = [
      ["id", "name"],
      ["1", 'a "b", c\nd'],
    ];
    assert.deepEqual(parseCsv(formatCsv(rows)), rows);
  });

  it("keeps a spreadsheet from taking a name for a formula", () => {
    assert.equal(formatCsv([["=1+1", "-x", -2.5, null]]), `"'=1+1","'-x",-2.5,\r\n`);
  });
});
