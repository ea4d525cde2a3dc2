import assert from "node:assert/strict";
import { join } from "node:path";
import { frequencyRegressionFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { threeNets } from "./made-up-regimes";

const fits = (hiddenLayers: number, hiddenWidth: number, edge: number) => {
  const rows = Array.from({ length: 20 }, (_, index) => {
    return { frequency: index + 1, errors: threeNets(0.9 / (1 + Math.exp(edge - index))) };
  });
  return { hiddenLayers, hiddenWidth, rows };
};
const deep = [fits(1, 50, 3), fits(4, 50, 12)];
const shallow = [fits(1, 100, 3), fits(1, 1000, 4)];

describe("the figure of the regression on frequencies", () => {
  const figure = frequencyRegressionFigure(deep, shallow);

  it("shows ten frequencies of each net with their errors' standard errors", () => {
    const points = pointsOf(figure, "measurement", "depth 4", "width 50, by depth");
    assert.deepEqual(
      points.map(({ x }) => x),
      [2, 4, 6, 8, 10, 12, 14, 16, 18, 20],
    );
    for (const { x, y, standardError } of points) {
      assert.ok(Math.abs(y - deep[1].rows[x - 1].errors[1]) < 1e-12);
      assert.ok(Math.abs(standardError! / y - 0.01) < 1e-12);
    }
  });

  it("puts the shallow nets beside them, by width", () => {
    assert.equal(pointsOf(figure, "measurement", "width 1000", "one hidden layer, by width").length, 10);
    assert.deepEqual(axisLabels(figure), { x: "cycles over the half-circle", y: "error" });
    assert.match(figure.alternativeText, /nets of 1 to 4 hidden layers/);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without deep nets", () => {
    assert.throws(() => frequencyRegressionFigure([], shallow), /at least one deep net/);
  });
});
