import assert from "node:assert/strict";
import { defaultJobs, readOptions } from "../../../tools/run/options";
import { UsageError } from "../../../tools/command-line/usage-error";

describe("options of npm start", () => {
  it("run everything at quick scale with the reader's store unless told otherwise", () => {
    const options = readOptions([], {});
    assert.deepEqual(options.names, []);
    assert.equal(options.scale, "quick");
    assert.equal(options.fresh, false);
    assert.equal(options.notebooks, "notebooks");
    assert.equal(options.site, "site");
    assert.ok(options.timeout >= 180);
  });

  it("take names and options in any order", () => {
    const options = readOptions(["02", "--timeout", "7", "01", "--jobs=3", "--fresh"], {});
    assert.deepEqual(options.names, ["02", "01"]);
    assert.equal(options.timeout, 7);
    assert.equal(options.jobs, 3);
    assert.equal(options.fresh, true);
  });

  it("take the scale from FATHOM_SCALE, which --scale overrides", () => {
    assert.equal(readOptions([], { FATHOM_SCALE: "paper" }).scale, "paper");
    assert.equal(readOptions(["--scale", "quick"], { FATHOM_SCALE: "paper" }).scale, "quick");
  });

  it("run two notebooks side by side from two cores on, and one at a time at paper scale", () => {
    assert.deepEqual(
      [1, 2, 4, 8, 16].map((cores) => defaultJobs("quick", cores)),
      [1, 2, 2, 2, 4],
    );
    assert.equal(defaultJobs("paper", 16), 1);
  });

  it("start CI with an empty store", () => {
    assert.equal(readOptions([], { CI: "true" }).fresh, true);
    assert.equal(readOptions([], { CI: "1" }).fresh, true);
    assert.equal(readOptions([], { CI: "false" }).fresh, false);
    assert.equal(readOptions([], { CI: "" }).fresh, false);
  });

  it("refuse what they do not know and numbers that are none, naming them", () => {
    const refusals: [string[], RegExp][] = [
      [["--frsh"], /--frsh/],
      [["--scale", "huge"], /"huge"/],
      [["--timeout", "soon"], /--timeout is "soon"/],
      [["--timeout", "-1"], /--timeout/],
      [["--jobs", "0"], /--jobs is "0"/],
      [["--jobs", "1.5"], /--jobs is "1.5"/],
    ];
    for (const [given, message] of refusals) {
      assert.throws(
        () => readOptions(given, {}),
        (error: Error) => error instanceof UsageError && message.test(error.message),
        given.join(" "),
      );
    }
    assert.throws(() => readOptions([], { FATHOM_SCALE: "tiny" }), UsageError);
  });
});
