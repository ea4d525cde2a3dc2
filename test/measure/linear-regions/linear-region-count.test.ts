import assert from "node:assert/strict";
import { inputPlane, linearRegionCount, regionsInWindow } from "fathom/measure";
import { randomReluNet } from "fathom/nets";
import { key } from "fathom/random";
import { netOfRows } from "./example-nets";

const window = [-1, 1, -1, 1] as const;
const counts = (layers: Parameters<typeof netOfRows>[0]): [activation: number, linear: number] => {
  const slice = regionsInWindow(netOfRows(layers), inputPlane, window);
  return [slice.count, linearRegionCount(slice)];
};

describe("linear regions", () => {
  it("are the activation regions of a random shallow net", () => {
    const slice = regionsInWindow(
      randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [15], sigmaB: 0.5 }),
      inputPlane,
      window,
    );
    assert.equal(linearRegionCount(slice), slice.count);
  });

  it("merge across a neuron that the readout does not see", () => {
    const first = [
      [1, 0, 0.1],
      [0, 1, 0.2],
    ];
    assert.deepEqual(counts([first, [[1, 2, 0]]]), [4, 4]);
    assert.deepEqual(counts([first, [[1, 0, 0]]]), [4, 2]);
    assert.deepEqual(counts([first, [[0, 0, 1]]]), [4, 1]);
  });

  it("merge across two neurons whose bends cancel", () => {
    // max(x, 0) − max(−x, 0) = x.
    assert.deepEqual(
      counts([
        [
          [1, 0, 0],
          [-1, 0, 0],
        ],
        [[1, -1, 0]],
      ]),
      [2, 1],
    );
  });

  it("merge where all later neurons are inactive, into regions that need not be convex", () => {
    // |x| + |y| folded by the first layer; max(|x| + |y| − 0.5, 0) is 0 in a square of four activation regions.
    const fold = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
    ];
    assert.deepEqual(counts([fold, [[1, 1, 1, 1, -0.5]], [[1, 0]]]), [8, 5]);
    // The outside of the square is four maps, and each is one side's; a readout of −max(0.5 − |x| − |y|, 0) merges it to one.
    assert.deepEqual(counts([fold, [[-1, -1, -1, -1, 0.5]], [[-1, 0]]]), [8, 5]);
  });

  it("that are the same map far apart are two", () => {
    // A bump: 0 on both sides.
    assert.deepEqual(
      counts([
        [
          [1, 0, 0.5],
          [1, 0, 0],
          [1, 0, -0.5],
        ],
        [[1, -2, 1, 0]],
      ]),
      [4, 4],
    );
  });
});
