import assert from "node:assert/strict";
import { join } from "node:path";
import { autocorrelationFigure } from "fathom/figures";
import { correlationMapTrajectory } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { fieldOf, points, regime } from "./made-up-regimes";

const regimes = points.map(regime);

describe("the figure of the autocorrelation", () => {
  const figure = autocorrelationFigure(regimes, [1, 4]);
  const panel = "σ_w = 4 (strongly chaotic)";
  const angles = [0, 2, 5, 10].map((lag) => (2 * Math.PI * lag) / 20);

  it("draws iterates of the correlation map against the angle", () => {
    const line = pointsOf(figure, "theory", "layer 4", panel);
    assert.deepEqual(
      line.map(({ x, y }) => [x, y]),
      angles.map((angle) => [angle, correlationMapTrajectory(Math.cos(angle), 4, fieldOf(points[1]))[3]]),
    );
    const first = pointsOf(figure, "theory", "layer 1", panel);
    first.forEach(({ x, y }) => assert.ok(Math.abs(y - Math.cos(x)) < 1e-12));
    assert.deepEqual(axisLabels(figure), { x: "angle Δθ (radians)", y: "correlation" });
  });

  it("shows the measured products over q*, with standard errors", () => {
    const nets = pointsOf(figure, "measurement", "random nets", panel).slice(4);
    const theory = pointsOf(figure, "theory", "layer 4", panel);
    nets.forEach(({ x, y, standardError }, index) => {
      assert.equal(x, angles[index]);
      assert.ok(Math.abs(y - theory[index].y) < 1e-12);
      assert.ok(Math.abs(standardError! - Math.abs(y) / 100) < 1e-12);
    });
    assert.equal(nets.length, 4);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused where nothing was measured", () => {
    assert.throws(() => autocorrelationFigure([{ ...regimes[0], measured: [] }], [1]), /at least one width/);
  });
});
