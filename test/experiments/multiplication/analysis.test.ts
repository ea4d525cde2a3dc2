import assert from "node:assert/strict";
import {
  type ConstructedError,
  decadesFromFloor,
  depthContest,
  errorSlope,
  farthestFrom,
  fewestNeurons,
  summariseTrained,
  type TrainedProduct,
} from "fathom/experiments";

const row = (lambda: number, error: number): ConstructedError => ({
  lambda,
  neurons: 4,
  error,
  predicted: 1,
  worstRatio: 1,
});
const lambdas = [1e-3, 1e-2, 3e-2, 1e-1, 1];

describe("the analysis of constructed nets", () => {
  it("finds the power of λ between two ends", () => {
    const rows = lambdas.map((lambda) => row(lambda, lambda < 5e-3 || lambda > 0.5 ? 7 : 3 * lambda ** 2));
    assert.ok(Math.abs(errorSlope(rows, 0.005, 0.5) - 2) < 1e-12);
    // The planted violation: an error of the first order.
    assert.ok(
      Math.abs(
        errorSlope(
          lambdas.map((lambda) => row(lambda, lambda)),
          0,
          1,
        ) - 1,
      ) < 1e-12,
    );
    assert.throws(() => errorSlope(rows, 0.05, 0.5), /three λ/);
  });

  it("finds how far the best error is from the floor", () => {
    // ε^{2/(n+2)} = 1e-4 for ε = 1e-8 and n = 2.
    assert.ok(Math.abs(decadesFromFloor([row(0.1, 1), row(0.01, 1e-3)], 2, 1e-8) - 1) < 1e-9);
    assert.ok(Math.abs(decadesFromFloor([row(0.1, 1e-6), row(0.01, 0)], 2, 1e-8) + 2) < 1e-9);
    assert.throws(() => decadesFromFloor([], 2, 1e-8), RangeError);
  });

  it("finds the number farthest off", () => {
    assert.equal(farthestFrom(1, [1.01, 0.98, 1]), 0.98);
    assert.throws(() => farthestFrom(1, []), RangeError);
  });
});

/** Nets of one size: errors of each depth, net by net. */
function trained(neurons: number, byDepth: Record<number, (number | null)[]>): TrainedProduct[] {
  return Object.entries(byDepth).flatMap(([layers, errors]) =>
    errors.map((error, net) => ({ seed: 1, layers: Number(layers), neurons, net, error })),
  );
}

describe("the analysis of trained nets", () => {
  const rows = [
    ...trained(12, { 1: [0.5, 0.4, 0.6], 2: [0.3, 0.45, null] }),
    ...trained(24, { 1: [0.4, 0.4], 2: [0.1, 0.2] }),
  ];

  it("gives the best and the median of each kind", () => {
    assert.deepEqual(summariseTrained(rows).slice(0, 2), [
      { layers: 1, neurons: 12, nets: 3, best: 0.4, median: 0.5 },
      { layers: 2, neurons: 12, nets: 3, best: 0.3, median: 0.45 },
    ]);
    assert.ok(Math.abs(summariseTrained(rows)[3].median - 0.15) < 1e-12);
  });

  it("gives the fewest neurons that reach an error, or none", () => {
    const summaries = summariseTrained(rows);
    assert.equal(fewestNeurons(summaries, 1, 0.4), 12);
    assert.equal(fewestNeurons(summaries, 2, 0.2), 24);
    assert.equal(fewestNeurons(summaries, 1, 0.2), null);
  });

  it("pairs nets of equal size and counts the deeper one's wins", () => {
    // Wins: 0.3 < 0.5, 0.1 and 0.2 < 0.4. Losses: 0.45 > 0.4, and the net that diverged.
    const contest = depthContest(rows, { deeper: 2, shallower: 1 });
    assert.deepEqual([contest.wins, contest.pairs, contest.statistic], [3, 5, 0.6]);
    assert.ok(Math.abs(contest.pValue - 0.5) < 1e-12);
    assert.equal(depthContest(rows, { deeper: 2, shallower: 1, from: 24 }).pValue, 0.25);
  });

  it("pairs no nets that saw different examples", () => {
    const apart = rows.map((row) => (row.layers === 2 ? { ...row, seed: 2 } : row));
    assert.throws(() => depthContest(apart, { deeper: 2, shallower: 1 }), /no pairs of 2 and 1 layers/);
  });

  it("is sure where the deeper net always wins, and not where depth is a mere name", () => {
    const errors = Array.from({ length: 20 }, (_, i) => 0.2 + 0.01 * ((7 * i) % 20));
    const better = trained(12, { 1: errors, 2: errors.map((error) => error / 2) });
    assert.ok(depthContest(better, { deeper: 2, shallower: 1 }).pValue < 1e-5);
    const same = trained(12, { 1: errors, 2: [...errors].reverse() });
    assert.ok(depthContest(same, { deeper: 2, shallower: 1 }).pValue > 0.05);
  });

  it("counts ties for neither, and needs pairs", () => {
    const tied = trained(12, { 1: [0.3, null, 0.5], 2: [0.3, null, 0.4] });
    assert.equal(depthContest(tied, { deeper: 2, shallower: 1 }).pairs, 1);
    assert.throws(() => depthContest(rows, { deeper: 3, shallower: 1 }), /no pairs of 3 and 1/);
  });
});
