import assert from "node:assert/strict";
import { askedScale } from "../../../tools/command-line/asked-scale";

describe("the scale that is asked for", () => {
  it("is quick where nothing is said", () => assert.equal(askedScale(undefined, {}), "quick"));

  it("is that of the environment, and before it that of the command line", () => {
    assert.equal(askedScale(undefined, { FATHOM_SCALE: "paper" }), "paper");
    assert.equal(askedScale("quick", { FATHOM_SCALE: "paper" }), "quick");
  });

  it("is none but quick and paper", () => {
    assert.throws(() => askedScale("huge", {}), /The scale is "huge"; it must be quick or paper/);
    assert.throws(() => askedScale(undefined, { FATHOM_SCALE: "" }), /The scale is ""/);
  });
});
