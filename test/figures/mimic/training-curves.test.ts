import assert from "node:assert/strict";
import { join } from "node:path";
import { trainingCurvesFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";
import { students } from "./made-up-rows";

describe("the figure of training curves", () => {
  const figure = trainingCurvesFigure([
    { name: "labels", rows: students(8, null) },
    { name: "logits", rows: students(11, 0.5) },
  ]);

  it("shows means over students after each evaluation but the first", () => {
    const points = pointsOf(figure, "measurement", "labels");
    assert.deepEqual(
      points.map(({ x }) => x),
      [5, 10],
    );
    // Students of 8 and 9 right in 20, half of it half-way.
    [21.25, 42.5].forEach((y, i) => assert.ok(Math.abs(points[i].y - y) < 1e-9));
    assert.ok(Math.abs(points[1].standardError! - 2.5) < 1e-9);
  });

  it("ends with the accuracy on all validation images", () => {
    const rows = students(8, null).map((row) => ({ ...row, validationAccuracy: row.validationAccuracy + 0.1 }));
    const points = pointsOf(trainingCurvesFigure([{ name: "labels", rows }]), "measurement", "labels");
    assert.ok(Math.abs(points[0].y - 21.25) < 1e-9);
    assert.ok(Math.abs(points[1].y - 52.5) < 1e-9);
  });

  it("says which students end highest", () => {
    assert.match(figure.title, /those told logits end/);
    const other = trainingCurvesFigure([
      { name: "labels", rows: students(14, null) },
      { name: "logits", rows: students(11, 0.5) },
    ]);
    assert.match(other.title, /those told labels end/);
  });

  it("names all targets that errors do not tell from the highest", () => {
    const close = trainingCurvesFigure([
      { name: "labels", rows: students(11, null) },
      { name: "logits", rows: students(12, 0.5) },
      { name: "noise", rows: students(2, null) },
    ]);
    assert.match(close.title, /those told labels or logits end/);
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without arms", () => assert.throws(() => trainingCurvesFigure([]), /at least one arm/));
});
