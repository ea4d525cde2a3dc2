import assert from "node:assert/strict";
import { key, normalArray } from "fathom/random";
import { holm, sameLawTests } from "fathom/theory";

describe("tests that two samples have one law", () => {
  const sample = (seed: number): Float32Array => normalArray(key(seed), 5000);

  function smallest(first: ArrayLike<number>, second: ArrayLike<number>): number {
    return Math.min(...holm(sameLawTests(first, second).map(({ pValue }) => pValue)));
  }

  it("accept samples of one law, on any scale and about any centre", () => {
    assert.ok(smallest(sample(1), sample(2)) > 0.01);
    const moved = (seed: number): Float64Array => Float64Array.from(sample(seed), (z) => 1e6 + 1e-3 * z);
    assert.ok(smallest(moved(1), moved(2)) > 0.01);
  });

  it("have p-values that are uniform where the law is one", () => {
    const below = { count: 0, tests: 0 };
    for (let trial = 0; trial < 200; trial++) {
      const first = normalArray(key(100 + trial), 300);
      const second = normalArray(key(900 + trial), 200);
      for (const { pValue } of sameLawTests(first, second)) {
        below.tests++;
        if (pValue < 0.1) below.count++;
      }
    }
    // Of 1000 p-values, dependent in fives, 100 are expected below 0.1, give or take at most 21.
    assert.ok(Math.abs(below.count - 100) < 4 * 21, `${below.count} of ${below.tests}`);
  });

  it("tell a shift, a scale, a skew and heavy tails, by the moment that changes", () => {
    const pValueOf = (of: string, second: ArrayLike<number>): number =>
      sameLawTests(sample(1), second).find((test) => test.of === of)?.pValue ?? NaN;
    const uniform = sample(4).map((z) => Math.sign(z) * Math.sqrt(Math.abs(z)));
    assert.ok(
      pValueOf(
        "mean",
        sample(2).map((z) => z + 0.15),
      ) < 1e-8,
    );
    assert.ok(
      pValueOf(
        "second moment",
        sample(2).map((z) => 1.15 * z),
      ) < 1e-8,
    );
    assert.ok(
      pValueOf(
        "third moment",
        sample(3).map((z) => (z * z - 1) / Math.SQRT2),
      ) < 1e-8,
    );
    assert.ok(pValueOf("fourth moment", uniform) < 1e-8);
    assert.ok(pValueOf("distribution", uniform) < 1e-8);
  });

  it("say 1 of equal constants and 0 of different ones", () => {
    assert.equal(smallest([2, 2, 2, 2, 2], [2, 2, 2]), 1);
    assert.equal(sameLawTests([1, 1, 1, 1], [2, 2, 2, 2]).find(({ of }) => of === "mean")?.pValue, 0);
  });

  it("refuse what is no sample", () => {
    assert.throws(() => sameLawTests([1], [1, 2]), RangeError);
    assert.throws(() => sameLawTests([1, NaN], [1, 2]));
  });
});
