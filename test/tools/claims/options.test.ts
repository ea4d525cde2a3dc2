import assert from "node:assert/strict";
import { readOptions, runsByDefault } from "../../../tools/claims/options";

describe("the command line of npm run claims", () => {
  it("names notebooks and limits", () => {
    const usual = { jobs: 1, report: false, json: false, notebooks: "notebooks", records: ".cache/claims" };
    assert.deepEqual(readOptions(["02", "--seeds", "30", "--first", "201", "--minutes", "2.5"]), {
      ...{ names: ["02"], seeds: 30, first: 201, minutes: 2.5 },
      ...usual,
    });
    assert.deepEqual(readOptions([]), { ...{ names: [], seeds: null, first: 1, minutes: null }, ...usual });
  });

  it("runs cheap notebooks 200 times and 04, which trains, 20 times unless it is told otherwise", () => {
    assert.equal(readOptions([]).seeds, null);
    assert.deepEqual(["02-activation-length", "04-mimic"].map(runsByDefault), [200, 20]);
  });

  for (const [wrong, message] of [
    [["--seeds", "0"], /--seeds is "0"; it must be a whole number/],
    [["--seeds", "1.5"], /--seeds is "1.5"/],
    [["--first", "0"], /--first is "0"; it must be a whole number/],
    [["--minutes", "0"], /--minutes is "0"; it must be a number above zero/],
    [["--minutes", "soon"], /--minutes is "soon"/],
    [["--minutes", "Infinity"], /--minutes is "Infinity"/],
    [["--jobs", "0"], /--jobs is "0"/],
    [["--fresh"], /--fresh/],
    [["--report", "--minutes", "1"], /--report runs nothing/],
  ] as const) {
    it(`refuses ${wrong.join(" ")}`, () => {
      assert.throws(
        () => readOptions(wrong),
        (error: Error) => error.name === "UsageError" && message.test(error.message),
      );
    });
  }
});
