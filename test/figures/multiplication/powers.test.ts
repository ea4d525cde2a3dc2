import assert from "node:assert/strict";
import { join } from "node:path";
import { powersFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { pointsOf } from "../drawn";

const rows = [2, 5, 16, 64].map((power) => ({
  power,
  shallowNeurons: power + 1,
  deepNeurons: 3 * Math.ceil(Math.log2(power)),
  deepLayers: Math.ceil(Math.log2(power)),
  shallowError: 1e-8 * power ** 4,
  deepError: 1e-8 * power,
}));

describe("the figure of powers", () => {
  const figure = powersFigure(rows);

  it("draws neurons beside their counts, and errors", () => {
    const values = (kind: "theory" | "measurement" | "bound", name: string, panel: string): number[] =>
      pointsOf(figure, kind, name, panel).map(({ y }) => y);
    assert.deepEqual(values("theory", "one layer: d + 1", "neurons"), [3, 6, 17, 65]);
    assert.deepEqual(values("measurement", "repeated squaring", "neurons"), [3, 9, 12, 18]);
    assert.deepEqual(values("bound", "bound: 7 a doubling of d", "neurons"), [7, 21, 28, 42]);
    const errors = values("measurement", "one layer", "error on [−1, 1], best λ, float64");
    errors.forEach((error, i) => assert.ok(Math.abs(error / rows[i].shallowError - 1) < 1e-9));
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without powers", () => assert.throws(() => powersFigure([]), /at least one power/));
});
