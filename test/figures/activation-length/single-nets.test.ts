import assert from "node:assert/strict";
import { join } from "node:path";
import { singleNetsFigure } from "fathom/figures";
import { looksAsStored } from "../../report/looks-as-stored";
import { axisLabels, pointsOf } from "../drawn";

// Three nets: one grows, one stays, one shrinks.
const walk = (step: number) =>
  Array.from({ length: 6 }, (_, layer) => [1, 1, 1].map((one, net) => one * step ** (layer * (net - 1))));
const walks = [
  { width: 20, lengths: walk(0.3) },
  { width: 400, lengths: walk(0.97) },
];

describe("the figure of single nets", () => {
  const figure = singleNetsFigure(walks);

  it("follows each net through its layers, a panel a width", () => {
    for (const { width, lengths } of walks) {
      const drawn = pointsOf(figure, "measurement", "single nets", `width ${width}`);
      const expected = [0, 1, 2].flatMap((net) => lengths.map((layer, index) => [index, layer[net]]));
      assert.deepEqual(
        drawn.map(({ x, y }) => [x, y]),
        expected,
      );
    }
  });

  it("draws the mean over all nets, 1 in every layer", () => {
    const mean = pointsOf(figure, "theory", "mean over all nets", "width 20").map(({ x, y }) => [x, y]);
    assert.deepEqual(mean, [
      [0, 1],
      [5, 1],
    ]);
    assert.deepEqual(axisLabels(figure), { x: "layer l", y: "Ml of one net" });
  });

  it("looks as it did", () => looksAsStored(figure, join(__dirname, "pictures")));

  it("is refused without layers", () => {
    assert.throws(() => singleNetsFigure([{ width: 20, lengths: [] }]), /at least one layer/);
  });
});
