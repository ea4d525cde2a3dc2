import assert from "node:assert/strict";
import { join } from "node:path";
import { spreadFigure } from "fathom/figures";
import { logLength } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";
import { lengthRows } from "./made-up-rows";

const shape = (name: string, color: number, ...hiddenWidths: number[]) => {
  return { name, color, hiddenWidths, rows: lengthRows(hiddenWidths) };
};
const nets = [shape("20 wide", 0, 20, 20, 20, 20), shape("widening", 1, 10, 20, 40)];
const deepNets = [shape("20 wide", 0, ...Array<number>(30).fill(20))];

describe("the figure of the spread", () => {
  const figure = spreadFigure(nets, deepNets);
  const [left, right] = ["second moment (mean 1)", "variance of the logarithm"];

  it("draws Π (1 + 5/n) of each shape against Σ 1/n, below exp(5 Σ 1/n)", () => {
    const line = pointsOf(figure, "theory", "theory, each shape", left);
    assert.equal(line.length, 7);
    const [, second] = line;
    assert.ok(Math.abs(second.x - 0.1) < 1e-15 && Math.abs(second.y - 1.25 ** 2) < 1e-12);
    for (const { x, y } of line) assert.ok(y < Math.exp(5 * x));
    for (const { x, y } of pointsOf(figure, "bound", "exp(5 Σ 1/n)")) assert.equal(y, Math.exp(5 * x));
  });

  it("draws the variance of ln M on its law", () => {
    const line = pointsOf(figure, "theory", "theory, each shape", right);
    assert.equal(line.length, 30);
    assert.equal(line[29].y, logLength(deepNets[0].hiddenWidths).variance);
  });

  it("shows what was measured on both sides, with standard errors", () => {
    const second = pointsOf(figure, "measurement", "widening", left);
    assert.deepEqual(
      second.map(({ y }) => y),
      nets[1].rows.slice(1).map(({ secondMoment }) => secondMoment),
    );
    const logs = pointsOf(figure, "measurement", "20 wide", right);
    assert.deepEqual(
      logs.map(({ y }) => y),
      [3, 6, 9, 12, 15, 18, 21, 24, 27, 30].map((layer) => deepNets[0].rows[layer].logVariance),
    );
    for (const { standardError } of [...second, ...logs]) assert.ok(standardError! > 0);
  });

  it("names its axes", () => {
    assert.deepEqual(axisLabels(figure, 1), { x: "Σ 1/nl", y: "E[M²] / E[M]²" });
    assert.deepEqual(axisLabels(figure, 2), { x: "Σ 1/nl", y: "Var ln M" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused where too few nets live to have a variance of ln M", () => {
    const rows = deepNets[0].rows.map((row) => ({ ...row, logVariance: null, logFourthMoment: null }));
    assert.throws(() => spreadFigure(nets, [{ ...deepNets[0], rows }]), /Fewer than two of 1000 nets live/);
  });
});
