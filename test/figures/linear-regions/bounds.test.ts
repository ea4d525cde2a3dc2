import assert from "node:assert/strict";
import { join } from "node:path";
import { boundsFigure } from "fathom/figures";
import { foldingLowerBound, rankedUpperBound } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";

describe("the figure of bounds", () => {
  const folding = [{ inputWidth: 2, hiddenWidths: [8, 8], neurons: 16, activationRegions: 592, linearRegions: 592 }];
  const figure = boundsFigure(8, 3, folding, [{ hiddenWidths: [8], regions: [37, 37] }]);

  it("draws counts between a single layer and the bounds", () => {
    const bound = pointsOf(figure, "bound", "Serra et al. 2018", "two inputs");
    assert.deepEqual(
      bound.map(({ x, y }) => [x, y]),
      [1, 2, 3].map((depth) => [8 * depth, Number(rankedUpperBound(2, Array<number>(depth).fill(8)))]),
    );
    const built = pointsOf(figure, "theory", "folding, Montúfar et al. 2014", "two inputs");
    assert.equal(built[1].y, Number(foldingLowerBound(2, [8, 8])));
    assert.equal(pointsOf(figure, "measurement", "folding nets, counted")[0].y, built[1].y);
    assert.equal(pointsOf(figure, "measurement", "random nets, whole plane")[0].y, 37);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
