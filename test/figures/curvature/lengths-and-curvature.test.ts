import assert from "node:assert/strict";
import { join } from "node:path";
import { lengthsAndCurvatureFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { points, regime } from "./made-up-regimes";

const regimes = points.map(regime);
const panels = [
  ["length", "euclideanLength"],
  ["curvature", "squaredCurvature"],
  ["turning of the tangent", "grassmannianLength"],
] as const;

describe("the figure of lengths and curvature", () => {
  const figure = lengthsAndCurvatureFigure(regimes);

  it("draws the recursion of each quantity and regime through all layers", () => {
    for (const [panel, quantity] of panels) {
      const line = pointsOf(figure, "theory", "σ_w = 4 (strongly chaotic)", panel).map(({ x, y }) => [x, y]);
      assert.deepEqual(
        line,
        regimes[1].theory[quantity].map((value, index) => [index + 1, value]),
      );
    }
  });

  it("shows the widest nets with their standard errors, whatever the order of the widths", () => {
    for (const [panel, quantity] of panels) {
      const nets = pointsOf(figure, "measurement", "random nets", panel);
      assert.equal(nets.length, 12);
      nets.slice(6).forEach(({ y, standardError }, index) => {
        assert.ok(Math.abs(y / (regimes[1].theory[quantity][index] * 1.05) - 1) < 1e-12);
        assert.ok(Math.abs(standardError! / y - 0.01) < 1e-12);
      });
    }
  });

  it("names its axes", () => {
    assert.deepEqual(axisLabels(figure, 1), { x: "layer l", y: "LE / √n" });
    assert.deepEqual(axisLabels(figure, 2), { x: "layer l", y: "κ̄² = n κ²" });
    assert.deepEqual(axisLabels(figure, 3), { x: "layer l", y: "LG" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
