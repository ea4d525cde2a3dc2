import assert from "node:assert/strict";
import { join } from "node:path";
import { deepAgainstShallowFigure } from "fathom/figures";
import { chi1, fixedPoint, relu } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { fieldOf, points, regime, threeNets } from "./made-up-regimes";

const field = fieldOf(points[1]);
const deep = { width: 100, rows: regime(points[1]).measured[1].rows };
const shallow = [10, 100, 1000].map((hiddenWidth) => ({ hiddenWidth, lengths: threeNets(Math.sqrt(hiddenWidth)) }));

describe("the figure of deep against shallow nets", () => {
  const figure = deepAgainstShallowFigure(field, deep, shallow);
  const [q, stretch] = [fixedPoint(field), chi1(field)];

  it("draws the bound 4 N", () => {
    const bound = pointsOf(figure, "bound", "bound for every shallow tanh net, 4 N").map(({ x, y }) => [x, y]);
    assert.deepEqual(bound, [
      [10, 40],
      [100, 400],
      [1000, 4000],
    ]);
  });

  it("draws theory: √N for random shallow nets, √χ1 a layer for deep ones", () => {
    const rate = (2 * Math.PI * Math.sqrt(stretch * (q - 0.09))) / 4;
    const random = pointsOf(figure, "theory", `random shallow nets, theory: ${rate.toFixed(2)} √N`);
    random.forEach(({ x, y }) => assert.ok(Math.abs(y / (rate * Math.sqrt(x)) - 1) < 1e-12));
    assert.equal(random.length, 3);
    const line = pointsOf(figure, "theory", "deep nets of width 100, theory");
    line.forEach(({ x, y }, index) => {
      assert.equal(x, 100 * (index + 1));
      const expected = ((2 * Math.PI * Math.sqrt(100 * q)) / 4) * stretch ** ((index + 1) / 2);
      assert.ok(Math.abs(y / expected - 1) < 1e-12);
    });
    assert.equal(line.length, 6);
  });

  it("shows the lengths of both with their standard errors", () => {
    const shown = pointsOf(figure, "measurement", "random shallow nets");
    shown.forEach(({ x, y, standardError }) => {
      assert.ok(Math.abs(y / Math.sqrt(x) - 1) < 1e-12);
      assert.ok(Math.abs(standardError! / y - 0.01) < 1e-12);
    });
    const layers = pointsOf(figure, "measurement", "deep nets of width 100, layer by layer");
    layers.forEach(({ y }, index) => assert.ok(Math.abs(y / (10 * deep.rows[index].activationLength[1]) - 1) < 1e-12));
    assert.deepEqual([shown.length, layers.length], [3, 6]);
    assert.deepEqual(axisLabels(figure), { x: "hidden neurons N", y: "length of the activations' curve" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused for an activation that no bound speaks of", () => {
    assert.throws(
      () => deepAgainstShallowFigure({ ...field, activation: relu, sigmaW: 1.2 }, deep, shallow),
      RangeError,
    );
  });
});
