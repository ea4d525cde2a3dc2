import assert from "node:assert/strict";
import { join } from "node:path";
import { naiveEstimatorFigure } from "fathom/figures";
import { secondMomentRatio } from "fathom/theory";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";

const studies = [5, 20].map((depth) => {
  const hiddenWidths = Array<number>(depth).fill(50);
  const truth = secondMomentRatio(hiddenWidths);
  // Eleven repetitions out of order, from half the truth to one and a half; the plain mean of M² far below.
  const rows = [7, 2, 9, 0, 5, 3, 10, 1, 8, 4, 6].map((rank, repetition) => {
    return { repetition, naive: truth * 0.01 * (1 + rank), layerByLayer: truth * (0.5 + rank / 10) };
  });
  return { hiddenWidths, nets: 300, rows };
});

describe("the figure of the naive estimator", () => {
  const figure = naiveEstimatorFigure(studies);

  it("shows the median over the truth, with 10 % and 90 % of the repetitions", () => {
    const points = pointsOf(figure, "measurement", "product of the layers' means");
    assert.deepEqual(
      points.map(({ x }) => Number(x.toFixed(12))),
      [0.1, 0.4],
    );
    for (const { y, low, high } of points) {
      assert.deepEqual(
        [y, low, high].map((value) => Number(value!.toFixed(12))),
        [1, 0.6, 1.4],
      );
    }
    for (const { y } of pointsOf(figure, "measurement", "mean of M² over 300 nets"))
      assert.ok(Math.abs(y - 0.06) < 1e-12);
  });

  it("draws the truth as 1, and says which nets were studied", () => {
    assert.deepEqual(
      pointsOf(figure, "theory", "true").map(({ y }) => y),
      [1, 1],
    );
    const x = "Σ 1/nl (50 wide, 5 to 20 layers)";
    assert.deepEqual(axisLabels(figure), { x, y: "estimate of E[M²] / true value" });
    assert.match(figure.title, /over 300 nets/);
    assert.match(figure.alternativeText, /of 11 studies/);
  });

  it("leaves the rows in their order", () => {
    assert.deepEqual(
      studies[0].rows.map(({ repetition }) => repetition),
      Array.from({ length: 11 }, (_, repetition) => repetition),
    );
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without studies", () => {
    assert.throws(() => naiveEstimatorFigure([]), RangeError);
  });
});
