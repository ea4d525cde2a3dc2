import assert from "node:assert/strict";
import { join } from "node:path";
import { gainByWidthFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";
import { students } from "./made-up-rows";

describe("the figure of the gain by width", () => {
  const figure = gainByWidthFigure([
    { width: 16, labels: students(8, null), mimic: students(6, 0.8) },
    { width: 512, labels: students(9, null), mimic: students(12, 0.5) },
  ]);

  it("shows the gain in points, with a line where there is none", () => {
    const gains = pointsOf(figure, "measurement", "logits less labels", "gain over labels");
    assert.deepEqual(
      gains.map(({ x, y }) => [x, y]),
      [
        [16, -10],
        [512, 15],
      ],
    );
    assert.deepEqual(
      pointsOf(figure, "guide", "no gain").map(({ x, y }) => [x, y]),
      [
        [16, 0],
        [512, 0],
      ],
    );
  });

  it("shows the squared error of a logit", () => {
    const errors = pointsOf(figure, "measurement", "standardised logits", "distance to the teacher");
    [0.8, 0.5].forEach((error, i) => assert.ok(Math.abs(errors[i].y - error) < 1e-6));
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without widths", () => assert.throws(() => gainByWidthFigure([]), /at least one width/));
});
