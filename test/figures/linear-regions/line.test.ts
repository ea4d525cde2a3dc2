import assert from "node:assert/strict";
import { join } from "node:path";
import { predictedBreakpoints } from "fathom/experiments";
import { breakpointDensityFigure, regionsOnLineFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { segmentDesign, segmentRows } from "./made-up-rows";

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9 * (1 + Math.abs(expected)), `${actual} is not ${expected}`);

describe("the figure of regions on a segment", () => {
  const designs = [[8], [16], [8, 8]].map((widths) => segmentDesign(widths));
  const figure = regionsOnLineFigure(designs.map((design) => ({ design, rows: segmentRows(design) })));

  it("draws counts on predictions against neurons, a depth a family", () => {
    const deep = pointsOf(figure, "measurement", "2 layers", "regions on a segment");
    const predicted = 1 + predictedBreakpoints(designs[2], designs[2].place).reduce((a, b) => a + b, 0);
    assert.deepEqual(
      deep.map(({ x }) => x),
      [16],
    );
    close(deep[0].y, predicted);
    assert.ok(deep[0].standardError! > 0);
    const lines = pointsOf(figure, "theory", "Kac–Rice, each depth");
    assert.equal(lines.length, 3);
    assert.ok(lines.some(({ y }) => Math.abs(y - predicted) < 1e-9));
  });

  it("draws their ratio against depth over width", () => {
    const ratios = pointsOf(figure, "measurement", "1 layer", "breakpoints, measured / predicted");
    assert.deepEqual(
      ratios.map(({ x }) => x),
      [1 / 8, 1 / 16],
    );
    for (const { y } of ratios) close(y, 1);
    assert.deepEqual(axisLabels(figure, 2), { x: "depth / width", y: "ratio" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
  it("is refused without nets", () => assert.throws(() => regionsOnLineFigure([]), /at least one shape/));
});

describe("the figure of breakpoints along a segment", () => {
  const design = segmentDesign([10, 10], 6);
  const figure = breakpointDensityFigure({ design, rows: segmentRows(design) });

  it("draws each layer's density on the Kac–Rice curve", () => {
    const measured = pointsOf(figure, "measurement", "3 nets, layer 2");
    assert.deepEqual(
      measured.map(({ x }) => x),
      [-0.75, -0.25, 0.25, 0.75, 1.25, 1.75],
    );
    const mean = predictedBreakpoints(design, design.place)[1] / 10 / 3;
    for (const { y } of measured) close(y, mean);
    const curve = pointsOf(figure, "theory", "theory, layer 2");
    assert.equal(curve.length, 101);
    // The curve's mean over the segment is the arctan law.
    const trapezoid = curve.slice(1).reduce((sum, { y }, index) => sum + (y + curve[index].y) / 2 / 100, 0);
    assert.ok(Math.abs(trapezoid - mean) < 1e-4);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
