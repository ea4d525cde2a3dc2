import assert from "node:assert/strict";
import { join } from "node:path";
import { meanLengthFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { lengthRows } from "./made-up-rows";

const widths = [30, 30, 30, 30];
const nets = [
  { name: "He normal", rows: lengthRows(widths), drawn: [2, 4] },
  { name: "He uniform", rows: lengthRows(widths, 0.9), drawn: [1, 3] },
];

describe("the figure of the mean length", () => {
  const figure = meanLengthFigure(nets, [1, 0.5]);

  it("draws κ^l through all layers", () => {
    const line = pointsOf(figure, "theory", "κ = 0.50").map(({ x, y }) => [x, y]);
    assert.deepEqual(line, [
      [0, 1],
      [1, 0.5],
      [2, 0.25],
      [3, 0.125],
      [4, 0.0625],
    ]);
    assert.deepEqual(axisLabels(figure), { x: "layer l", y: "mean of Ml over nets, M₀ = 1" });
  });

  it("shows the chosen layers of each initialisation, with the sample's standard error", () => {
    for (const { name, rows, drawn } of nets) {
      const points = pointsOf(figure, "measurement", name);
      assert.deepEqual(
        points.map(({ x, y }) => [x, y]),
        drawn.map((layer) => [layer, rows[layer].mean]),
      );
      points.forEach(({ standardError }, index) => {
        const { mean, secondMoment, nets: count } = rows[drawn[index]];
        assert.equal(standardError, Math.sqrt((secondMoment - mean ** 2) / count));
      });
    }
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without nets", () => {
    assert.throws(() => meanLengthFigure([], [1]), /at least one initialisation/);
  });
});
