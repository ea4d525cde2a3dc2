import assert from "node:assert/strict";
import { join } from "node:path";
import { foldingFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { cornersOf, pointsOf } from "../drawn";

describe("the figure of the folding construction", () => {
  const interval = { inputWidth: 1, folds: 3, layers: 3, lastWidth: 4 };
  const figure = foldingFigure(interval, { inputWidth: 2, folds: 3, layers: 2, lastWidth: 4 });

  it("draws the folded interval, the pieces of the output and the regions of the square", () => {
    const twice = pointsOf(figure, "theory", "after 2 layers");
    for (const { x, y } of twice) {
      // Nine sheets: the distance of 9 x from the nearest even number.
      assert.ok(Math.abs(y - Math.abs(((9 * x + 1) % 2) - 1)) < 1e-9);
    }
    assert.equal(pointsOf(figure, "theory", "output").length, 46);
    const polygons = new Set(cornersOf(figure, "two inputs: 99 regions").map(({ z }) => z));
    assert.equal(polygons.size, 99);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
