import assert from "node:assert/strict";
import { join } from "node:path";
import { mimicByTeacherFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";
import { students } from "./made-up-rows";

describe("the figure of students against teachers", () => {
  const checkpoint = (epoch: number, first: number, second: number, right: number) => ({
    epoch,
    teacher: new Map([
      [0, first],
      [1, second],
    ]),
    rows: students(right, 0.5),
  });
  const figure = mimicByTeacherFigure([checkpoint(1, 40, 44, 7), checkpoint(4, 60, 62, 9)], students(8, null));

  it("puts mean accuracies over their teachers', beside the level of labels", () => {
    assert.deepEqual(
      pointsOf(figure, "measurement", "student of one teacher").map(({ x, y }) => [x, y]),
      [
        [42, 37.5],
        [61, 47.5],
      ],
    );
    assert.deepEqual(
      pointsOf(figure, "guide", "student of labels").map(({ x, y }) => [x, y]),
      [
        [42, 42.5],
        [61, 42.5],
      ],
    );
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without checkpoints", () =>
    assert.throws(() => mimicByTeacherFigure([], []), /at least one checkpoint/));
});
