import assert from "node:assert/strict";
import {
  activationPatternBound,
  arrangementRegions,
  binomial,
  binomialSum,
  boundedArrangementRegions,
  centralArrangementRegions,
  foldingLowerBound,
  layerwiseUpperBound,
  rankedUpperBound,
} from "fathom/theory";

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, index) => index);

describe("binomial coefficients", () => {
  it("are those of Pascal's triangle", () => {
    for (const n of upTo(40).slice(1)) {
      for (const k of upTo(n).slice(1)) assert.equal(binomial(n, k), binomial(n - 1, k - 1) + binomial(n - 1, k));
    }
    assert.equal(binomial(0, 0), 1n);
    assert.equal(binomial(3, 5), 0n);
  });

  it("stay exact beyond 2^53", () => {
    assert.equal(binomial(100, 50), 100891344545564193334812497256n);
    assert.equal(binomialSum(200, 200), 2n ** 200n);
    assert.equal(binomialSum(7, 2), 1n + 7n + 21n);
  });

  it("refuse what is no whole number", () => {
    for (const bad of [-1, 1.5, NaN, Infinity]) {
      assert.throws(() => binomial(bad, 1), RangeError);
      assert.throws(() => binomialSum(3, bad), RangeError);
    }
  });
});

describe("regions of hyperplane arrangements", () => {
  it("are n + 1 on a line and 1 + n + C(n, 2) in a plane", () => {
    for (const n of upTo(30)) {
      assert.equal(arrangementRegions(n, 1), BigInt(n + 1));
      assert.equal(arrangementRegions(n, 2), BigInt(1 + n + (n * (n - 1)) / 2));
    }
  });

  it("obey deletion and restriction, r(n, d) = r(n − 1, d) + r(n − 1, d − 1)", () => {
    for (const n of upTo(12).slice(1)) {
      for (const d of [2, 3, 4, 5]) {
        assert.equal(arrangementRegions(n, d), arrangementRegions(n - 1, d) + arrangementRegions(n - 1, d - 1));
      }
    }
  });

  it("of which C(n − 1, d) are bounded: all but those that meet a far sphere", () => {
    for (const n of upTo(12)) {
      for (const d of [1, 2, 3, 4]) {
        // The unbounded ones are the regions of the hyperplanes' directions, moved to the origin.
        const unbounded = arrangementRegions(n, d) - boundedArrangementRegions(n, d);
        assert.equal(unbounded, centralArrangementRegions(n, d));
      }
    }
  });

  it("are 2n through the origin of a plane", () => {
    assert.equal(centralArrangementRegions(7, 2), 14n);
    assert.equal(centralArrangementRegions(5, 1), 2n);
    assert.equal(centralArrangementRegions(0, 3), 1n);
  });

  it("refuse a space of no dimension", () => {
    assert.throws(() => arrangementRegions(3, 0), /dimension must be a whole number/);
    assert.throws(() => boundedArrangementRegions(-1, 2), RangeError);
    assert.throws(() => centralArrangementRegions(2.5, 2), RangeError);
  });
});

describe("bounds on the regions of a net", () => {
  it("give the sizes of the folding construction", () => {
    assert.equal(foldingLowerBound(1, [3, 3, 4]), 45n);
    assert.equal(foldingLowerBound(1, [4, 4, 4, 5]), 384n);
    assert.equal(foldingLowerBound(2, [6, 4]), 99n);
    assert.equal(foldingLowerBound(2, [7, 4]), 99n);
    assert.equal(foldingLowerBound(3, [2, 4]), 0n);
  });

  it("are all Zaslavsky's number for one hidden layer", () => {
    for (const inputWidth of [1, 2, 3]) {
      for (const width of [1, 4, 9]) {
        const exact = arrangementRegions(width, inputWidth);
        assert.equal(foldingLowerBound(inputWidth, [width]), exact);
        assert.equal(layerwiseUpperBound(inputWidth, [width]), exact);
        assert.equal(rankedUpperBound(inputWidth, [width]), exact);
      }
    }
  });

  it("equal the sum over all index tuples that the paper writes", () => {
    const bySum = (inputWidth: number, widths: readonly number[]): bigint => {
      const over = (layer: number, least: number): bigint => {
        if (layer === widths.length) return 1n;
        return upTo(Math.min(least, widths[layer])).reduce(
          (sum, j) => sum + binomial(widths[layer], j) * over(layer + 1, Math.min(least, widths[layer] - j)),
          0n,
        );
      };
      return over(0, inputWidth);
    };
    for (const widths of [[3], [4, 4], [6, 2, 5], [5, 1, 3], [3, 4, 5, 2]]) {
      for (const inputWidth of [1, 2, 3, 7]) {
        assert.equal(rankedUpperBound(inputWidth, widths), bySum(inputWidth, widths));
      }
    }
  });

  it("are ordered: fold ≤ ranked ≤ layer by layer, and ranked ≤ 2^N", () => {
    for (const widths of [
      [4, 4],
      [8, 4, 6],
      [6, 6, 6, 6],
      [10, 3],
    ]) {
      for (const inputWidth of [1, 2, 3]) {
        const ranked = rankedUpperBound(inputWidth, widths);
        assert.ok(foldingLowerBound(inputWidth, widths) <= ranked);
        assert.ok(ranked <= layerwiseUpperBound(inputWidth, widths));
        assert.ok(ranked <= activationPatternBound(widths));
      }
    }
  });

  it("are Π (n_l + 1) on a line, which is attained", () => {
    assert.equal(rankedUpperBound(1, [3, 4, 2]), 4n * 5n * 3n);
  });

  it("count patterns by the neuron", () => {
    assert.equal(activationPatternBound([40, 40]), 2n ** 80n);
  });

  it("refuse widths that are none", () => {
    for (const bound of [foldingLowerBound, layerwiseUpperBound, rankedUpperBound]) {
      assert.throws(() => bound(0, [3]), /inputWidth must be a whole number/);
      assert.throws(() => bound(2, []), /hiddenWidths is empty/);
      assert.throws(() => bound(2, [3, -1]), /hiddenWidths\[1\]/);
    }
    assert.throws(() => activationPatternBound([2, NaN]), RangeError);
  });
});
