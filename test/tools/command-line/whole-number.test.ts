import assert from "node:assert/strict";
import { UsageError } from "../../../tools/command-line/usage-error";
import { wholeNumber } from "../../../tools/command-line/whole-number";

describe("a whole number of a command line", () => {
  it("is read within its range, ends included, and may be left out", () => {
    assert.equal(wholeNumber("--port", "1", 1, 65535), 1);
    assert.equal(wholeNumber("--port", "65535", 1, 65535), 65535);
    assert.equal(wholeNumber("--jobs", undefined, 1), undefined);
  });

  for (const text of ["", " ", "0", "-1", "1.5", "two", "NaN", "Infinity", "65536"]) {
    it(`is not "${text}" where a port is asked for`, () => {
      const expected = new UsageError(`--port is "${text}"; it must be a whole number from 1 to 65535.`);
      assert.throws(() => wholeNumber("--port", text, 1, 65535), expected);
    });
  }

  it("says the least where there is no most", () => {
    const expected = new UsageError('--jobs is "0"; it must be a whole number, at least 1.');
    assert.throws(() => wholeNumber("--jobs", "0", 1), expected);
  });
});
