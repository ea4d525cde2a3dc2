import assert from "node:assert/strict";
import { join } from "node:path";
import { varianceAcrossLayersFigure } from "fathom/figures";
import { expectedVarianceAcrossLayers } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";

const rule = (name: string, width: (depth: number) => number) => {
  const shapes = [2, 5, 8].map((depth) => Array<number>(depth).fill(width(depth)));
  const rows = shapes.map((widths) => {
    return { nets: 500, mean: 1.1 * expectedVarianceAcrossLayers(widths), variance: 0.5 };
  });
  return { name, shapes, rows };
};
const rules = [rule("width 50", () => 50), rule("width 5 × depth", (depth) => 5 * depth)];

describe("the figure of the variance across layers", () => {
  const figure = varianceAcrossLayersFigure(rules);

  it("draws the closed form of each rule against depth", () => {
    for (const { name, shapes } of rules) {
      const line = pointsOf(figure, "theory", `theory, ${name}`).map(({ x, y }) => [x, y]);
      assert.deepEqual(
        line,
        shapes.map((widths) => [widths.length, expectedVarianceAcrossLayers(widths)]),
      );
    }
    assert.deepEqual(axisLabels(figure), { x: "depth d", y: "variance of M₁ … Md across layers" });
  });

  it("shows what was measured with standard errors", () => {
    const points = pointsOf(figure, "measurement", "width 50");
    assert.deepEqual(
      points.map(({ y }) => y),
      rules[0].rows.map(({ mean }) => mean),
    );
    for (const { standardError } of points) assert.ok(standardError! > 0);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused where rows and shapes do not match", () => {
    const [first] = rules;
    assert.throws(() => varianceAcrossLayersFigure([{ ...first, rows: first.rows.slice(1) }]), /2 rows and 3 shapes/);
  });
});
