import assert from "node:assert/strict";
import { distanceToBoundary } from "fathom/measure";
import { outputOf, piecewiseLinearNet, randomReluNet } from "fathom/nets";
import { key, normalArray } from "fathom/random";
import { inRowSpace } from "../../../lib/experiments/linear-regions/row-space";

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-10 * (1 + Math.abs(expected)), `${actual} is not ${expected}`);

describe("a net in its row space", () => {
  const net = randomReluNet(key(1), { inputWidth: 20, hiddenWidths: [6, 5], outputWidth: 3, sigmaB: 0.4 });
  const points = Array.from({ length: 8 }, (_, index) => Float64Array.from(normalArray(key(10 + index), 20)));

  it("has the same outputs and the same distances to its boundaries", () => {
    const seen = inRowSpace(net);
    assert.equal(seen.net.inputWidth, 6);
    for (const point of points) {
      const there = seen.coordinates(point);
      outputOf(net, point).forEach((output, index) => close(outputOf(seen.net, there)[index], output));
      const [mine, theirs] = [distanceToBoundary(seen.net, there), distanceToBoundary(net, point)];
      close(mine.distance, theirs.distance);
      assert.deepEqual([mine.layer, mine.neuron], [theirs.layer, theirs.neuron]);
    }
  });

  it("loses directions that only repeat, and keeps nets that see all", () => {
    const [first, ...rest] = net.steps;
    assert.ok(first.kind === "affine");
    const weights = first.weights.slice();
    weights.copyWithin(20, 0, 20);
    assert.equal(inRowSpace(piecewiseLinearNet(20, [{ ...first, weights }, ...rest])).net.inputWidth, 5);
    assert.equal(
      inRowSpace(piecewiseLinearNet(20, [{ ...first, weights: weights.fill(0) }, ...rest])).net.inputWidth,
      1,
    );
    const wide = randomReluNet(key(2), { inputWidth: 4, hiddenWidths: [6] });
    assert.equal(inRowSpace(wide).net, wide);
  });

  it("is refused for a net that begins otherwise", () => {
    const bare = piecewiseLinearNet(2, [{ kind: "rectifier", width: 2, negativeSlope: 0 }]);
    assert.throws(() => inRowSpace(bare), /begins with an affine step/);
  });
});
