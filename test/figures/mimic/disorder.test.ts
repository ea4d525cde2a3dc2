import assert from "node:assert/strict";
import { join } from "node:path";
import { disorderFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { students } from "./made-up-rows";

describe("the figure of spoilt answers", () => {
  const figure = disorderFigure(
    [
      { name: "logits", rows: students(11, 0.5) },
      { name: "another image's logits", rows: students(2, 1.2) },
    ],
    10,
  );

  it("draws a bar an arm and the level of chance", () => {
    const bars = figure.csv.split("\r\n").filter((line) => line.includes("students"));
    assert.ok(bars[0].includes("logits") && bars[0].includes("57.5"));
    assert.ok(bars[1].includes("another image's logits") && bars[1].includes("12.5"));
    const guide = figure.csv.split("\r\n").filter((line) => line.includes("chance"));
    assert.ok(guide.length === 2 && guide.every((line) => line.includes(",10,")));
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without arms", () => assert.throws(() => disorderFigure([], 10), /at least one arm/));
});
