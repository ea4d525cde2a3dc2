import assert from "node:assert/strict";
import { join } from "node:path";
import { trainingFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { drawn, pointsOf } from "../drawn";
import { trainingRows } from "./made-up-rows";

describe("the figure of training", () => {
  const shapes = [[16], [8, 8]].map((hiddenWidths) => ({ hiddenWidths, rows: trainingRows(9) }));
  const figure = trainingFigure(shapes);

  it("draws what was counted against epochs, per neuron, on what untrained nets should have", () => {
    const counted = drawn(figure).filter(({ panel, series }) => {
      return panel === "segments between two images" && series === "2 layers of 8";
    });
    assert.deepEqual(
      counted.map(({ y }) => y),
      [(9.5 - 1) / 16, (6.5 - 1) / 16],
    );
    const level = pointsOf(figure, "theory", "infinite width, untrained", "segments between two images");
    assert.deepEqual(
      level.map(({ y }) => y),
      [0.5, 0.5],
    );
    assert.ok(counted.every(({ standardError }) => standardError! > 0));
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
  it("is refused without shapes", () => assert.throws(() => trainingFigure([]), /at least one shape/));
});
