import assert from "node:assert/strict";
import {
  bestFactorGrouping,
  bestGrouping,
  deepPowerBound,
  depthCurve,
  evenGroups,
  groupingNeurons,
  monomialNeurons,
  productNeurons,
  sumBounds,
} from "fathom/theory";

/** Every way to part `values` into groups, as non-increasing sizes. */
function partitions(values: number, largest = values): number[][] {
  if (values === 0) return [[]];
  return Array.from({ length: Math.min(values, largest) }, (_, i) => i + 1).flatMap((size) =>
    partitions(values - size, size).map((rest) => [size, ...rest]),
  );
}

/** The fewest neurons by trying everything. */
function fewest(values: number, layers: number): number {
  const alone = 2 ** values;
  if (layers === 1) return alone;
  const parted = partitions(values)
    .filter((sizes) => sizes.length > 1)
    .map((sizes) => sizes.reduce((sum, size) => sum + 2 ** size, 0) + fewest(sizes.length, layers - 1));
  return Math.min(alone, ...parted);
}

describe("neurons that multiply", () => {
  it("are 2^n in one layer and Σ (n/(b_1⋯b_i)) 2^{b_i} in groups", () => {
    assert.equal(productNeurons(8), 256);
    assert.equal(groupingNeurons([8]), 256);
    assert.equal(groupingNeurons([2, 2, 2]), 28);
    assert.equal(groupingNeurons([2, 4]), 32);
    assert.equal(groupingNeurons([4, 2]), 36);
    for (let k = 1; k < 8; k++) assert.equal(groupingNeurons(Array<number>(k).fill(2)), 4 * (2 ** k - 1));
  });

  it("are 65536, 80, 64, 60 for 16 numbers in equal groups", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((k) => bestFactorGrouping(16, k)!.neurons),
      [65536, 80, 64, 60],
    );
    assert.deepEqual(bestFactorGrouping(16, 3)!.groupSizes, [2, 2, 4]);
    assert.equal(bestFactorGrouping(7, 2), null);
    assert.equal(bestFactorGrouping(16, 5), null);
  });

  it("are the fewest of all groupings, uneven ones too", () => {
    for (let n = 1; n <= 9; n++) {
      for (let k = 1; k <= 4; k++) assert.equal(bestGrouping(n, k).neurons, fewest(n, k), `${n} in ${k}`);
    }
  });

  it("come with groups that fit and have that many neurons", () => {
    for (let n = 1; n <= 16; n++) {
      for (let k = 1; k <= 5; k++) {
        const { neurons, groups } = bestGrouping(n, k);
        assert.ok(groups.length <= k);
        let values = n;
        for (const sizes of groups) {
          assert.equal(
            sizes.reduce((sum, size) => sum + size, 0),
            values,
          );
          values = sizes.length;
        }
        assert.equal(values, 1);
        assert.equal(
          groups.flat().reduce((sum, size) => sum + 2 ** size, 0),
          neurons,
        );
      }
    }
  });

  it("never get below 4(n − 1), and get there in three layers for n = 16", () => {
    for (let n = 2; n <= 40; n++) assert.ok(bestGrouping(n, 7).neurons >= 4 * (n - 1));
    assert.equal(bestGrouping(16, 3).neurons, 60);
  });

  it("stay within twice n^{(k−1)/k} 2^{n^{1/k}} for n ≤ 16, and are the curve itself for one layer", () => {
    for (let n = 2; n <= 16; n++) {
      assert.ok(Math.abs(depthCurve(n, 1) / 2 ** n - 1) < 1e-12);
      for (let k = 1; k <= Math.log2(n) + 1; k++) assert.ok(bestGrouping(n, k).neurons <= 2 * depthCurve(n, k));
    }
    assert.ok(Math.abs(depthCurve(16, 2) - 64) < 1e-9);
  });

  it("go in even groups", () => {
    assert.deepEqual(evenGroups(7, 3), [3, 2, 2]);
    assert.throws(() => evenGroups(2, 3), RangeError);
  });
});

describe("neurons for polynomials", () => {
  it("are Π (r_i + 1) for a monomial", () => {
    assert.equal(monomialNeurons([1, 2, 3]), 24);
    assert.equal(monomialNeurons([7]), 8);
    assert.equal(monomialNeurons([0, 2]), 3);
  });

  it("are at most 7⌈log2 d⌉ deep", () => {
    assert.deepEqual([1, 2, 3, 4, 5, 8, 9, 64].map(deepPowerBound), [0, 7, 14, 14, 21, 21, 28, 42]);
  });

  it("of a sum lie between a c-th of the dearest term and all terms together", () => {
    assert.deepEqual(sumBounds([[1, 1, 1], [2]]), { lower: 4, upper: 11 });
  });

  it("are refused for counts that are none", () => {
    for (const bad of [0, -1, 1.5, NaN]) {
      assert.throws(() => productNeurons(bad), RangeError);
      assert.throws(() => bestGrouping(bad, 2), RangeError);
      assert.throws(() => bestGrouping(2, bad), RangeError);
      assert.throws(() => bestFactorGrouping(4, bad), RangeError);
      assert.throws(() => deepPowerBound(bad), RangeError);
      assert.throws(() => depthCurve(bad, 1), RangeError);
    }
    assert.throws(() => groupingNeurons([]), RangeError);
    assert.throws(() => groupingNeurons([2, 0]), RangeError);
    assert.throws(() => monomialNeurons([]), RangeError);
    assert.throws(() => monomialNeurons([-1]), RangeError);
    assert.throws(() => sumBounds([]), RangeError);
  });
});
