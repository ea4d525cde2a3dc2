import assert from "node:assert/strict";
import { median, pairedRatio } from "../../../tools/bench/times";

describe("bench/times", () => {
  it("takes the middle, or the mean of the two in the middle", () => {
    assert.equal(median([5, 1, 3]), 3);
    assert.equal(median([4, 1, 3, 100]), 3.5);
    assert.throws(() => median([]), RangeError);
  });

  it("compares each round with itself", () => {
    // A machine that was three times slower in the second round says nothing about either side.
    assert.deepEqual(pairedRatio([1, 3, 1.5], [2, 6, 2]), { median: 0.5, low: 0.5, high: 0.75 });
    assert.throws(() => pairedRatio([1, 2], [1]), /2 times of ours and 1 of theirs/);
  });
});
