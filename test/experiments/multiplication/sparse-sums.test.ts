import assert from "node:assert/strict";
import { sparseSums, type SparseSums } from "fathom/experiments";
import { machineEpsilon, roundingFloor } from "fathom/theory";

const run = (change: Partial<SparseSums> = {}) =>
  sparseSums.run(
    { variables: 3, degree: 3, terms: [1, 3, 6], polynomials: 5, built: "all", examples: 20, seed: 2, ...change },
    () => undefined,
  );

describe("the experiment on sparse sums", () => {
  it("builds nets between the bounds that compute their polynomials as well as rounding lets them", async () => {
    const rows = await run();
    assert.deepEqual(
      rows.map(({ terms }) => terms),
      [1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 6, 6, 6, 6, 6],
    );
    for (const { neurons, lower, upper, error } of rows) {
      assert.ok(lower <= neurons && neurons <= upper);
      assert.ok(error < 10 * roundingFloor(3, machineEpsilon.float64));
    }
    // A single monomial shares nothing; among six of degree three some do.
    assert.ok(rows.slice(0, 5).every(({ neurons, upper }) => neurons === upper));
    assert.ok(rows.slice(10).some(({ neurons, upper }) => neurons < upper));
  });

  it("draws the same polynomials from the same seed, others from another", async () => {
    assert.deepEqual(await run(), await run());
    assert.notDeepEqual(await run(), await run({ seed: 3 }));
  });

  it("leaves the bounds with too many terms, and with too few", async () => {
    const ratio = (rows: Awaited<ReturnType<typeof run>>, side: "lower" | "upper") =>
      Math.max(...rows.map((row) => (side === "upper" ? row.neurons / row.upper : row.lower / row.neurons)));
    assert.ok(ratio(await run({ built: "twice as many" }), "upper") > 1);
    // A single monomial of degree 3 has at most 4/3 times the neurons of the one without a power, whatever is drawn.
    const less = await run({ built: "a power less", terms: [1], polynomials: 19 });
    for (const { lower, neurons, error } of less) {
      if (lower === 2) continue;
      assert.ok(lower / neurons >= 4 / 3);
      assert.ok(error > 0.01);
    }
    assert.ok(less.filter(({ lower }) => lower > 2).length > 5);
  });

  it("refuses sizes that make no polynomial, and more terms than there are monomials", () => {
    assert.throws(() => run({ variables: 0 }), /variables must be a whole number of at least 1/);
    assert.throws(() => run({ terms: [] }), /terms must hold at least 1/);
    assert.throws(() => run({ terms: [1.5] }), /terms must be a whole number/);
    // 3 + 6 + 10 monomials of degree 1, 2, 3 in three variables.
    assert.throws(() => run({ terms: [20] }), /19 monomials to choose 20 terms/);
    assert.throws(() => run({ terms: [10], built: "twice as many" }), /19 monomials to choose 20 terms/);
  });
});
