import assert from "node:assert/strict";
import { join } from "node:path";
import { gradientSpreadFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { lengthRows } from "./made-up-rows";

const shapes = [
  { name: "20 wide", hiddenWidths: [20, 20, 20] },
  { name: "60, 15, 60", hiddenWidths: [60, 15, 60] },
].map((shape) => {
  const vector = lengthRows(shape.hiddenWidths);
  // An entry's fourth moment is three times the second moment of ‖Jv‖²/n; its row follows the layers'.
  const entries = [1, 2, 3].map((depth) => {
    const rows = lengthRows(shape.hiddenWidths.slice(0, depth), 0.97);
    const last = rows[depth];
    return [...rows, { ...last, layer: depth + 1, secondMoment: 3 * last.secondMoment }];
  });
  return { ...shape, vector, entries };
});

describe("the figure of the gradients' spread", () => {
  const figure = gradientSpreadFigure(shapes);

  it("draws Π (1 + 5/n) of the first shape", () => {
    const line = pointsOf(figure, "theory", "Π (1 + 5/n), n = 20");
    line.forEach(({ x, y }, index) => {
      assert.ok(Math.abs(x - (index + 1) / 20) < 1e-12);
      assert.ok(Math.abs(y - 1.25 ** (index + 1)) < 1e-12);
    });
    assert.equal(line.length, 3);
    assert.deepEqual(axisLabels(figure), { x: "Σ 1/nl", y: "E[(‖Jv‖²/n)²], kurtosis of J / 3" });
  });

  it("shows ‖Jv‖² and a third of an entry's kurtosis with standard errors", () => {
    const vector = pointsOf(figure, "measurement", "‖Jv‖², 60, 15, 60");
    assert.deepEqual(
      vector.map(({ y }) => y),
      shapes[1].vector.slice(1).map(({ secondMoment }) => secondMoment),
    );
    const entry = pointsOf(figure, "measurement", "entry of J, 20 wide");
    entry.forEach(({ y }, index) => assert.ok(Math.abs(y - 0.97 * 1.25 ** (index + 1)) < 1e-12));
    assert.equal(entry.length, 3);
    for (const { standardError } of [...vector, ...entry]) assert.ok(standardError! > 0);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without shapes", () => {
    assert.throws(() => gradientSpreadFigure([]), /at least one shape/);
  });
});
