import assert from "node:assert/strict";
import { join } from "node:path";
import { matrixProductsFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";

const rows = (mean: number) => Array.from({ length: 80 }, (_, draw) => ({ ratio: mean * (1 + (draw % 5) / 10 - 0.2) }));
const laws = [
  { name: "entries N(0, 1)", predicted: 1e6, rows: rows(1e6) },
  { name: "entries in ±0.05", predicted: 6e-4, rows: rows(6e-4) },
];

describe("the figure of matrix products", () => {
  const figure = matrixProductsFigure(laws);

  it("draws the predicted mean of each law from the first draw to the last", () => {
    for (const { name, predicted } of laws) {
      const line = pointsOf(figure, "theory", `mean, ${name}`).map(({ x, y }) => [x, y]);
      assert.deepEqual(line, [
        [1, predicted],
        [60, predicted],
      ]);
    }
    assert.deepEqual(axisLabels(figure), { x: "draw", y: "‖K₃K₂K₁y‖² / ‖y‖²" });
  });

  it("shows sixty draws of each law, in order", () => {
    const shown = pointsOf(figure, "measurement", laws[0].name);
    assert.deepEqual(
      shown.map(({ y }) => y),
      laws[0].rows.slice(0, 60).map(({ ratio }) => ratio),
    );
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
