import assert from "node:assert/strict";
import { join } from "node:path";
import { phaseDiagramFigure } from "fathom/figures";
import { orderChaosSigmaW } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, drawn, pointsOf } from "../drawn";

const plane = { sigmaW: [1, 2, 3, 4, 5], sigmaB: [0, 2, 4] };
const rows = plane.sigmaB.flatMap((sigmaB) =>
  plane.sigmaW.map((sigmaW) => {
    const chi1 = sigmaW / (1 + sigmaB / 2);
    return { sigmaW, sigmaB, chi1, measuredGrowth: 1.05 * chi1 };
  }),
);

describe("the figure of the phase diagram", () => {
  const figure = phaseDiagramFigure(plane, rows);

  it("draws the line χ1 = 1 in both panels", () => {
    const line = pointsOf(figure, "theory", "χ1 = 1, theory").map(({ x, y }) => [x, y]);
    const expected = plane.sigmaB.map((sigmaB) => [orderChaosSigmaW(sigmaB), sigmaB]);
    assert.deepEqual(line, [...expected, ...expected]);
    for (const panel of [1, 2]) assert.deepEqual(axisLabels(figure, panel), { x: "σw", y: "σb" });
  });

  it("puts each row's theory and measurement at its own scales", () => {
    const cells = drawn(figure).filter(({ kind }) => kind === "heatmap");
    const of = (value: (row: (typeof rows)[number]) => number) =>
      rows.map((row) => [row.sigmaW, row.sigmaB, value(row)]);
    assert.deepEqual(
      cells.map(({ x, y, z }) => [x, y, z]),
      [...of((row) => row.chi1), ...of((row) => row.measuredGrowth)],
    );
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused where the rows do not fill the plane", () => {
    assert.throws(() => phaseDiagramFigure(plane, rows.slice(1)), /5 × 3 points has as many rows; given 14/);
  });
});
