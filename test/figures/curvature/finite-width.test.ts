import assert from "node:assert/strict";
import { join } from "node:path";
import { finiteWidthFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { points, regime } from "./made-up-regimes";

const regimes = points.map(regime);

describe("the figure of finite widths", () => {
  const figure = finiteWidthFigure(regimes, 5);

  it("shows measurement over theory at each width with standard errors", () => {
    const nets = pointsOf(figure, "measurement", "nets, σ_w = 4");
    assert.deepEqual(
      nets.map(({ x }) => x),
      [1 / 200, 1 / 100],
    );
    nets.forEach(({ y, standardError }, index) => {
      // Reciprocals of three numbers whose relative standard error is 0.01: 1 and 1 ± √3/100, over 1.05 and 1.1.
      const mean = (1 + 2 / (1 - 3e-4)) / 3;
      assert.ok(Math.abs(y - mean / [1.05, 1.1][index]) < 1e-12);
      assert.ok(Math.abs(standardError! / y - 0.01) < 1e-4);
    });
  });

  it("draws the regression through the nets' means, and its intercept left of 0", () => {
    const [start, end] = pointsOf(figure, "guide", "regression on 1/width");
    const mean = (1 + 2 / (1 - 3e-4)) / 3;
    // The line through mean/1.05 at 1/200 and mean/1.1 at 1/100.
    assert.ok(Math.abs(start.y - mean * (2 / 1.05 - 1 / 1.1)) < 1e-12 && start.x === 0);
    assert.ok(Math.abs(end.y - mean / 1.1) < 1e-12 && end.x === 1 / 100);
    const [intercept] = pointsOf(figure, "measurement", "intercept, σ_w = 4");
    assert.ok(intercept.x < 0 && Math.abs(intercept.y - start.y) < 1e-12 && intercept.standardError! > 0);
    assert.deepEqual(
      pointsOf(figure, "theory", "theory").map(({ y }) => y),
      [1, 1],
    );
    assert.deepEqual(axisLabels(figure), { x: "1 / width", y: "1/κ̄² in layer 5, measured / theory" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused where one width leaves nothing to regress on", () => {
    const [first] = regimes;
    assert.throws(() => finiteWidthFigure([{ ...first, measured: first.measured.slice(1) }], 5), RangeError);
  });
});
