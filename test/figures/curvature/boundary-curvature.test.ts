import assert from "node:assert/strict";
import { join } from "node:path";
import { boundaryCurvatureFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, drawn, pointsOf } from "../drawn";
import { points } from "./made-up-regimes";

const boundary = (growth: number) =>
  [0, 1, 2, 3].map((layer) => {
    const size = layer === 3 ? 0 : growth ** (3 - layer);
    const ranks = [1, 0.5].map((rank) => [0.9 * rank * size, 1.1 * rank * size]);
    return { layer, largest: ranks, smallest: ranks.map((values) => values.map((value) => -value)) };
  });
const nets = points.map((point, index) => ({ ...point, rows: boundary([0.8, 2][index]) }));

describe("the figure of a boundary's curvature", () => {
  const figure = boundaryCurvatureFigure(nets);

  it("shows each rank's mean over the points against the layers back from the last, which is flat", () => {
    const panel = "σ_w = 4 (strongly chaotic)";
    const largest = pointsOf(figure, "measurement", "2 largest", panel);
    const expected = [
      [3, 8],
      [2, 4],
      [1, 2],
      [3, 4],
      [2, 2],
      [1, 1],
    ];
    assert.deepEqual(
      largest.map(({ x, y }) => [x, Number(y.toFixed(12))]),
      expected,
    );
    const smallest = pointsOf(figure, "measurement", "2 smallest", panel);
    assert.deepEqual(
      smallest.map(({ x, y }) => [x, Number(y.toFixed(12))]),
      expected.map(([x, y]) => [x, -y]),
    );
    assert.equal(drawn(figure).length, 24);
    assert.deepEqual(axisLabels(figure), { x: "layers back from the last", y: "principal curvature" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
