import assert from "node:assert/strict";
import { join } from "node:path";
import type { Design } from "fathom/experiments";
import { otherWeightsFigure } from "fathom/figures";
import { secondMomentRatio } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, drawn, pointsOf } from "../drawn";
import { lengthRows } from "./made-up-rows";

const hiddenWidths = [5, 5, 5];
const laws = (["gaussian", "rademacher"] as const).map((scheme, index) => {
  const design: Design = { inputWidth: 5, hiddenWidths, initialisation: { scheme } };
  return { name: ["Gaussian", "signs"][index], design, rows: lengthRows(hiddenWidths, 1.02 - 0.3 * index) };
});

describe("the figure of other weights", () => {
  const figure = otherWeightsFigure(laws);

  it("draws the predicted second moments from the input on, lighter tails below", () => {
    const theory = pointsOf(figure, "theory", "theory");
    assert.deepEqual(
      theory.map(({ x }) => x),
      [0, 1, 2, 3, 0, 1, 2, 3],
    );
    [0, 1, 2].forEach((layer) => {
      const expected = secondMomentRatio(hiddenWidths.slice(0, layer + 1));
      assert.ok(Math.abs(theory[layer + 1].y - expected) < 1e-12);
      assert.ok(theory[layer + 5].y < theory[layer + 1].y);
    });
    assert.deepEqual(axisLabels(figure), { x: "layer l", y: "E[M²] / E[M]²" });
  });

  it("shows each law's second moment with the sample's standard error", () => {
    const points = pointsOf(figure, "measurement", "signs");
    points.forEach(({ x, y, standardError }) => {
      const { secondMoment, fourthMoment, nets } = laws[1].rows[x];
      assert.equal(y, secondMoment);
      assert.equal(standardError, Math.sqrt((fourthMoment - secondMoment ** 2) / nets));
    });
    assert.equal(points.length, 4);
    assert.equal(drawn(figure).length, 16);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));
});
