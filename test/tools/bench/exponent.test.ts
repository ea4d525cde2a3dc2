import assert from "node:assert/strict";
import { key, normalArray } from "fathom/random";
import { fitPowerLaw } from "../../../tools/bench/exponent";

const sizes = [10, 30, 100, 300, 1000, 3000];

describe("bench/exponent", () => {
  it("finds the exponent of an exact law, with and without overhead", () => {
    for (const overhead of [0, 0.4]) {
      for (const exponent of [0.5, 1, 2.37]) {
        const law = fitPowerLaw(
          sizes,
          sizes.map((size) => overhead + 0.01 * size ** exponent),
        );
        assert.ok(Math.abs(law.exponent - exponent) < 1e-6, `${law.exponent} for ${exponent} above ${overhead}`);
        assert.ok(Math.abs(law.overhead - overhead) < 1e-6);
        assert.ok((law.standardError ?? 1) < 1e-6);
      }
    }
  });

  it("would take an overhead for a small exponent, had it none of its own", () => {
    const costs = sizes.map((size) => 5 + 0.01 * size);
    const slope = Math.log(costs[5] / costs[0]) / Math.log(sizes[5] / sizes[0]);
    assert.ok(slope < 0.4);
    assert.ok(Math.abs(fitPowerLaw(sizes, costs).exponent - 1) < 1e-6);
  });

  it("finds the exponent above an overhead that is known to be there", () => {
    const costs = sizes.map((size) => 450 + 0.03 * size);
    assert.ok(Math.abs(fitPowerLaw(sizes, costs, true).exponent - 1) < 1e-6);
    assert.equal(fitPowerLaw(sizes, costs).overhead, 0);
  });

  it("says 0 where nothing grows", () => {
    const law = fitPowerLaw(sizes, [1.02, 0.99, 1.01, 1, 0.98, 1]);
    assert.ok(Math.abs(law.exponent) < 0.02);
    assert.equal(law.overhead, 0);
  });

  it("states an uncertainty that covers the truth", () => {
    // 200 sets of times with 5 % of scatter: the standardised errors have about unit variance, that of t with 3 degrees of freedom.
    const draws = normalArray(key(5), 200 * sizes.length);
    const standardised = Array.from({ length: 200 }, (_, set) => {
      const costs = sizes.map(
        (size, index) => (2 + 0.01 * size ** 1.5) * Math.exp(0.05 * draws[set * sizes.length + index]),
      );
      const law = fitPowerLaw(sizes, costs);
      return Math.abs((law.exponent - 1.5) / law.standardError!);
    }).sort((a, b) => a - b);
    // Median of |t| with 3 degrees of freedom: 0.765; the sample median has a standard error of 0.07.
    assert.ok(Math.abs(standardised[100] - 0.765) < 0.28, `median ${standardised[100]}`);
  });

  it("has none of three costs, and refuses fewer or what is no cost", () => {
    assert.equal(fitPowerLaw([1, 10, 100], [1 + 1, 1 + 10, 1 + 100]).standardError, null);
    assert.throws(() => fitPowerLaw([1, 10], [1, 10]), /three sizes or more/);
    assert.throws(() => fitPowerLaw([1, 1, 1], [1, 1, 1]), /three sizes or more/);
    assert.throws(() => fitPowerLaw([1, 2, 3], [1, 2, 0]), /one is 0/);
    assert.throws(() => fitPowerLaw([1, 2, NaN], [1, 2, 3]), /one is NaN/);
  });
});
