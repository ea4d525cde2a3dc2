import assert from "node:assert/strict";
import { join } from "node:path";
import { residualFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, drawn, pointsOf } from "../drawn";
import { lengthRows } from "./made-up-rows";

const scales = [0.1, 0.2, 0.3];
const rows = (departure: number) => lengthRows([100, 100, 100], departure);
const kinds = [
  { name: "linear end", nets: { width: 10, scales, blockEnd: "linear" }, rows: rows(1.1) },
  { name: "ReLU end", nets: { width: 10, scales, blockEnd: "relu" }, rows: rows(2) },
] as const;

describe("the figure of residual nets", () => {
  const figure = residualFigure(kinds);

  it("draws Π (1 + η²) where blocks end linearly, and only there", () => {
    const line = pointsOf(figure, "theory", "Π (1 + η²)", "mean");
    const expected = [1, 1.01, 1.01 * 1.04, 1.01 * 1.04 * 1.09];
    line.forEach(({ x, y }, index) => {
      assert.equal(x, index);
      assert.ok(Math.abs(y - expected[index]) < 1e-12);
    });
    assert.equal(line.length, 4);
  });

  it("draws a fully connected net's spread beside theirs", () => {
    const line = pointsOf(figure, "theory", "fully connected, (1 + 5/10)^l", "spread, width 10");
    assert.deepEqual(
      line.map(({ y }) => y),
      [1, 1.5, 1.5 ** 2, 1.5 ** 3],
    );
  });

  it("shows the means with standard errors, and the second moment over the squared mean", () => {
    for (const kind of kinds) {
      const means = pointsOf(figure, "measurement", kind.name, "mean");
      assert.deepEqual(
        means.map(({ y }) => y),
        kind.rows.map(({ mean }) => mean),
      );
      for (const { standardError } of means) assert.ok(standardError! >= 0);
      const spreads = pointsOf(figure, "measurement", kind.name, "spread, width 10");
      assert.deepEqual(
        spreads.map(({ y }) => y),
        kind.rows.map(({ mean, secondMoment }) => secondMoment / mean ** 2),
      );
    }
    assert.equal(drawn(figure).length, 24);
    assert.deepEqual(axisLabels(figure, 1), { x: "block (or layer) l", y: "mean of Ml" });
    assert.deepEqual(axisLabels(figure, 2), { x: "block (or layer) l", y: "E[M²] / E[M]²" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without nets", () => {
    assert.throws(() => residualFigure([]), /at least one kind of net/);
  });
});
