import assert from "node:assert/strict";
import { join } from "node:path";
import { densityAt } from "fathom/experiments";
import { distanceFigure } from "fathom/figures";
import { meanBoundaryDistance } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9 * (1 + Math.abs(expected)), `${actual} is not ${expected}`);

describe("the figure of distances", () => {
  const design = { seed: 1, nets: 50, inputWidth: 3, hiddenWidths: [8], sigmaB: 0.5, norm: 1 };
  const mean = meanBoundaryDistance(densityAt(design, 1));
  const rows = Array.from({ length: 50 }, (_, i) => ({ distance: -mean * Math.log(1 - (i + 0.5) / 50) }));
  const figure = distanceFigure([{ design, rows }], { design, rows });

  it("draws means on 1/(2A) and the law on the exponential", () => {
    close(pointsOf(figure, "theory", "1/(2A), each depth")[0].y, mean);
    assert.ok(Math.abs(pointsOf(figure, "measurement", "1 layer")[0].y / mean - 1) < 0.03);
    for (const { x, y } of pointsOf(figure, "measurement", "50 nets, one point each")) {
      close(y, 1 - Math.exp(-x / mean));
    }
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
