import assert from "node:assert/strict";
import { join } from "node:path";
import { circlePictureFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";

const turns = Array.from({ length: 24 }, (_, point) => (2 * Math.PI * point) / 24);
const row = (layer: number, wobble: number, shares: number[]) => {
  const first = turns.map((angle) => Math.cos(angle) + wobble * Math.cos(3 * angle));
  const second = turns.map((angle) => Math.sin(angle) - wobble * Math.sin(2 * angle));
  return { layer, coordinates: [first, second, turns], varianceShares: shares };
};
const pictures = [
  { sigmaW: 1.3, rows: [row(1, 0, [0.5, 0.5, 0]), row(5, 0.1, [0.6, 0.38, 0.02])] },
  { sigmaW: 4, rows: [row(1, 0, [0.5, 0.5, 0]), row(5, 0.6, [0.2, 0.154, 0.1])] },
];

describe("the figure of the circle's picture", () => {
  const figure = circlePictureFigure(pictures);

  it("titles each panel with the share of variance that the page shows of each layer", () => {
    assert.ok(pointsOf(figure, "measurement", "layer 5", "σ_w = 1.3: 100, 98 %").length > 0);
    assert.ok(pointsOf(figure, "measurement", "layer 5", "σ_w = 4: 100, 35 %").length > 0);
  });

  it("draws the two strongest components as a closed curve", () => {
    const loop = pointsOf(figure, "measurement", "layer 5", "σ_w = 4: 100, 35 %").map(({ x, y }) => [x, y]);
    const [first, second] = pictures[1].rows[1].coordinates;
    assert.deepEqual(
      loop.slice(0, -1),
      first.map((x, index) => [x, second[index]]),
    );
    assert.deepEqual(loop[24], loop[0]);
    assert.deepEqual(axisLabels(figure), { x: "component 1 / √n", y: "component 2 / √n" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
