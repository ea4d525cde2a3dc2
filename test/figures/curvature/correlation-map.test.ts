import assert from "node:assert/strict";
import { join } from "node:path";
import { correlationMapFigure } from "fathom/figures";
import { correlationMap, correlationMapTrajectory } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { fieldOf, points, signals } from "./made-up-regimes";

const starts = [-0.5, 0.9];

describe("the figure of the correlation map", () => {
  const figure = correlationMapFigure(
    points.map((point) => signals(point, [], starts)),
    starts,
  );
  const [, chaotic] = points;
  const name = "σ_w = 4 (strongly chaotic)";

  it("draws the map of each regime from −1 to 1", () => {
    const map = pointsOf(figure, "theory", name, "the correlation map");
    assert.deepEqual([map[0].x, map[39].x, map.length], [-1, 1, 40]);
    for (const { x, y } of map) assert.equal(y, correlationMap(x, fieldOf(chaotic)));
    assert.deepEqual(axisLabels(figure), { x: "c in layer l − 1", y: "c in layer l" });
  });

  it("draws eight iterates from each start, and the nets' means with their standard errors on them", () => {
    const expected = starts.flatMap((c) => correlationMapTrajectory(c, 8, fieldOf(chaotic)));
    assert.deepEqual(
      pointsOf(figure, "theory", name, "from 2 starts").map(({ y }) => y),
      expected,
    );
    const nets = pointsOf(figure, "measurement", "random nets").slice(16);
    assert.equal(nets.length, 16);
    nets.forEach(({ y, standardError }, index) => {
      assert.ok(Math.abs(y - expected[index]) < 1e-12);
      assert.ok(Math.abs(standardError! - Math.abs(y) / 100) < 1e-12);
    });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused where a single net leaves no standard error", () => {
    const alone = signals(chaotic, [], starts).rows.map((row) => ({ ...row, correlation: [[0], [0]] }));
    assert.throws(
      () => correlationMapFigure([{ ...chaotic, rows: alone }], starts),
      /one number a net\) must hold at least 2; it holds 1/,
    );
  });
});
