import assert from "node:assert/strict";
import { key, normalArray, uniformArray } from "fathom/random";
import {
  binomialTail,
  lowerConfidenceLimit,
  meanOfScores,
  normalLaw,
  notTooSmall,
  smirnovTail,
  spreadOfScores,
} from "../../../tools/claims/law-tests";

const close = (actual: number, expected: number, relative = 1e-9): void =>
  assert.ok(Math.abs(actual / expected - 1) < relative, `${actual} is not ${expected}`);
const normals = (seed: number, count: number): number[] => Array.from(normalArray(key(seed), count));
const uniforms = (seed: number, count: number): number[] => Array.from(uniformArray(key(seed), count));

describe("tests of the laws that claims state", () => {
  it("sum the binomial law", () => {
    close(binomialTail(3, 3, 0.5), 1 / 8);
    close(binomialTail(1, 10, 0.1), 1 - 0.9 ** 10);
    close(binomialTail(2, 4, 0.25), 1 - 0.75 ** 4 - 4 * 0.25 * 0.75 ** 3);
    close(binomialTail(1, 200, 5e-5), 1 - (1 - 5e-5) ** 200, 1e-9);
    assert.equal(binomialTail(0, 10, 0.1), 1);
    assert.equal(binomialTail(1, 10, 0), 0);
  });

  it("bound a chance by a count as Clopper and Pearson do", () => {
    close(lowerConfidenceLimit(20, 20), 0.05 ** (1 / 20));
    // The 5 % quantile of Beta(9, 2): x with 10 x⁹ − 9 x¹⁰ = 0.05.
    const limit = lowerConfidenceLimit(9, 10);
    close(10 * limit ** 9 - 9 * limit ** 10, 0.05);
    assert.equal(lowerConfidenceLimit(0, 10), 0);
  });

  it("take the spread by χ², at quantiles of its tables", () => {
    // Ten scores whose squared deviations add up to the quantile: ±a, with 10 a² = χ²_9 of the table.
    const ofSquares = (squares: number): number[] =>
      Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 1 : -1) * Math.sqrt(squares / 10));
    close(spreadOfScores(ofSquares(19.022768)), 0.05, 1e-6);
    close(spreadOfScores(ofSquares(2.7003895)), 0.05, 1e-6);
    close(spreadOfScores(ofSquares(27.877165)), 0.002, 1e-6);
  });

  it("take the mean by the normal law", () => {
    close(meanOfScores([1.959963984540054 / 2, 1.959963984540054 / 2, 0, 1.959963984540054]), 0.05);
  });

  it("have Birnbaum and Tingey's tail: exact for one and two numbers", () => {
    close(smirnovTail(0.3, 1), 0.7);
    // Of two: (1 − d)² + 2 d (½ − d) below d = ½, (1 − d)² beyond.
    close(smirnovTail(0.7, 2), 0.09);
    close(smirnovTail(0.25, 2), 1 - 0.25 - 0.25 ** 2);
    // The limit exp(−2 n d²), from n = 1000 on within its known correction of order 1/√n.
    close(smirnovTail(0.03, 1000), Math.exp(-2 * 1000 * 0.03 ** 2 - (2 * 0.03) / 3), 0.01);
    assert.equal(smirnovTail(0, 5), 1);
    assert.equal(smirnovTail(1, 5), 0);
  });

  it("let what follows its law pass, as often as their level says", () => {
    // 400 repetitions at 5 %: 20 ± 4.4; 5 standard errors on either side.
    for (const [law, draw] of [
      [normalLaw, normals],
      [meanOfScores, normals],
      [spreadOfScores, normals],
      [notTooSmall, uniforms],
    ] as const) {
      const rejected = Array.from({ length: 400 }, (_, i) => law(draw(1000 + i, 20))).filter((p) => p <= 0.05).length;
      assert.ok(Math.abs(rejected - 20) < 22, `${law.name}: ${rejected} of 400`);
      if (law !== normalLaw) assert.ok(rejected > 0, law.name);
    }
  });

  it("reject scores from a standard error that is wrong by a factor of 2 either way, and biased ones", () => {
    const scores = normals(1, 200);
    assert.ok(spreadOfScores(scores) > 0.01);
    for (const factor of [2, 0.5]) {
      assert.ok(spreadOfScores(scores.map((score) => factor * score)) < 1e-9);
      assert.ok(normalLaw(scores.map((score) => factor * score)) < 1e-3);
    }
    assert.ok(meanOfScores(scores.map((score) => score + 0.5)) < 1e-9);
  });

  it("reject p-values that are too small, not those that are too large", () => {
    const pValues = uniforms(2, 200);
    assert.ok(notTooSmall(pValues) > 0.01);
    assert.ok(notTooSmall(pValues.map((p) => p ** 2)) < 1e-9);
    assert.ok(notTooSmall(pValues.map((p) => Math.sqrt(p))) > 0.5);
  });
});
