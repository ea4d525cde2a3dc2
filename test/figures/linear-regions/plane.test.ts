import assert from "node:assert/strict";
import { join } from "node:path";
import { wholePlaneRegions } from "fathom/experiments";
import { planeFigure } from "fathom/figures";
import { expectedBoundaryLength } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";
import { planeDesign, planeRows } from "./made-up-rows";

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9 * (1 + Math.abs(expected)), `${actual} is not ${expected}`);

describe("the figure of regions in planes", () => {
  const squares = [0.5, 2].map((halfSide) => ({ design: { ...planeDesign, halfSide }, rows: planeRows(20, 8) }));
  const whole = { design: planeDesign, rows: planeRows(wholePlaneRegions(planeDesign), null) };
  const figure = planeFigure([whole], squares);

  it("draws whole planes on 1 + N + C(N, 2) and lengths on their prediction", () => {
    close(pointsOf(figure, "measurement", "2 layers", "whole plane")[0].y, 79);
    close(pointsOf(figure, "theory", "1 + N + C(N, 2)")[0].y, 79);
    const lengths = pointsOf(figure, "theory", "density A, integrated");
    lengths.forEach(({ x, y }) => close(y, expectedBoundaryLength(planeDesign, x)));
    assert.equal(pointsOf(figure, "bound", "whole plane").length, 2);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
  it("is refused without squares", () => assert.throws(() => planeFigure([whole], []), /at least one square/));
});
