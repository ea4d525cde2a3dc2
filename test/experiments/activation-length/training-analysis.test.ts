import assert from "node:assert/strict";
import {
  arrivalContrast,
  epochsAgainst,
  rankedEpochs,
  trainingCorrelation,
  type TrainingByShapeRow,
  withShuffled,
} from "fathom/experiments";
import { foldIn, key, normalArray } from "fathom/random";

/** Runs that take `effect` epochs per unit of Σ 1/n, with noise, and give up at two epochs. */
function runs(effect: number): TrainingByShapeRow[] {
  return Array.from({ length: 60 }, (_, i) => {
    const sum = 0.2 * (1 + (i % 10));
    const epochs = 0.3 + effect * sum + 0.1 * Math.abs(normalArray(foldIn(key(1), i), 1)[0]);
    const reached = epochs < 2;
    return {
      pattern: [20],
      depth: 1 + (i % 10),
      sumOfInverseWidths: sum,
      net: Math.floor(i / 10),
      outcome: reached ? "reached" : "unfinished",
      epochs: reached ? epochs : null,
      accuracy: reached ? 0.2 : 0.1,
    };
  });
}

const test = (rows: readonly TrainingByShapeRow[]) =>
  trainingCorrelation(rows, (run) => run.sumOfInverseWidths, { key: key(2), permutations: 20_000 });

describe("epochs to an accuracy", () => {
  it("rank runs that diverged or never arrived behind all others, tied", () => {
    assert.equal(rankedEpochs({ outcome: "reached", epochs: 0.4, accuracy: 0.2 }), 0.4);
    assert.equal(rankedEpochs({ outcome: "unfinished", epochs: null, accuracy: 0.1 }), Infinity);
    assert.equal(rankedEpochs({ outcome: "diverged", epochs: 0.1, accuracy: 0 }), Infinity);
  });

  it("correlate with Σ 1/n where they depend on it, by the smallest p-value the permutations can give", () => {
    const result = test(runs(1));
    assert.ok(result.statistic > 0.9);
    assert.equal(result.pValue, 1 / 20_001);
    assert.equal(result.sampleSize, 60);
    assert.equal(result.unfinished, runs(1).filter(({ outcome }) => outcome !== "reached").length);
    assert.ok(result.unfinished > 0);
  });

  it("do not where they do not, or where shapes are dealt to the wrong runs", () => {
    assert.ok(test(runs(0)).pValue > 0.01);
    const shuffled = withShuffled(runs(1), ["sumOfInverseWidths", "depth"], key(3));
    assert.ok(test(shuffled).pValue > 0.01);
    // The violation moves labels only: every run keeps its epochs, and depth stays with its Σ 1/n.
    assert.deepEqual(shuffled.map(rankedEpochs), runs(1).map(rankedEpochs));
    for (const { depth, sumOfInverseWidths } of shuffled) assert.equal(sumOfInverseWidths, 0.2 * depth);
    assert.notDeepEqual(
      shuffled.map(({ depth }) => depth),
      runs(1).map(({ depth }) => depth),
    );
  });

  it("are averaged per point of a figure, with unfinished runs at the cap", () => {
    const outcomes = [
      { outcome: "reached", epochs: 1, accuracy: 0.2, x: 2 },
      { outcome: "unfinished", epochs: null, accuracy: 0.1, x: 2 },
      { outcome: "reached", epochs: 0.5, accuracy: 0.2, x: 1 },
    ] as const;
    const [first, second] = epochsAgainst(outcomes, (run) => run.x, 3);
    assert.deepEqual([first.x, first.runs, first.reached, first.mean], [1, 1, 1, 0.5]);
    assert.deepEqual([second.x, second.runs, second.reached, second.mean, second.standardError], [2, 2, 1, 2, 1]);
    assert.throws(() => epochsAgainst([], () => 0, 1), /runs must hold at least 1; it holds 0/);
  });

  it("give way to counting arrivals where one side never arrives", () => {
    const some = (reached: number, of: number) =>
      Array.from({ length: of }, (_, i) => ({
        outcome: i < reached ? ("reached" as const) : ("diverged" as const),
        epochs: 1,
        accuracy: 0,
      }));
    const { statistic, pValue, sampleSize } = arrivalContrast(some(10, 10), some(0, 10));
    assert.deepEqual([statistic, sampleSize], [1, 20]);
    assert.ok(Math.abs(pValue * 184756 - 1) < 1e-9);
    assert.ok(arrivalContrast(some(0, 10), some(10, 10)).pValue > 0.99);
    assert.throws(() => arrivalContrast([], some(1, 2)), RangeError);
  });
});
