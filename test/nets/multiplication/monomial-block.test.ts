import assert from "node:assert/strict";
import { monomialBlock, signVectors, taylorActivation } from "fathom/nets";

const exp = taylorActivation("exp");

describe("sign vectors", () => {
  it("are all of them, once each", () => {
    assert.deepEqual(signVectors(2), [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ]);
    assert.equal(new Set(signVectors(6).map((s) => s.join())).size, 64);
  });

  it("are refused in numbers that fill the memory", () => {
    for (const count of [0, 1.5, 21, NaN]) assert.throws(() => signVectors(count), RangeError);
  });
});

describe("a block of neurons for a monomial", () => {
  it("has the signs' product over 2^n n! σ_n λ^n as outgoing weights", () => {
    const block = monomialBlock([3, 5], [1, 1], exp, 0.1);
    assert.deepEqual(block.inputs, [3, 5]);
    assert.deepEqual(block.directions, signVectors(2));
    // 2² · 2! · ½ · 0.01
    [1, -1, -1, 1].forEach((sign, j) => assert.ok(Math.abs(block.readout[j] - sign / 0.04) < 1e-12));
  });

  it("counts neurons that coincide once, with their binomials", () => {
    const { directions, readout } = monomialBlock([0], [3], exp, 1);
    assert.deepEqual(directions, [[3], [1], [-1], [-3]]);
    // 2³ · 3! · 1/6 = 8
    [1, -3, 3, -1].forEach((weight, j) => assert.ok(Math.abs(readout[j] - weight / 8) < 1e-12));
    assert.equal(monomialBlock([0, 1, 2], [1, 2, 3], exp, 1).directions.length, 24);
  });

  it("kills every monomial of lower degree and leaves its own", () => {
    // Σ_j w_j (a_j·x)^k λ^k σ_k is the block's term of degree k.
    const exponents = [2, 1];
    const { directions, readout, lambda } = monomialBlock([0, 1], exponents, exp, 0.5);
    const x = [0.7, -1.3];
    const sigma = exp.coefficients(3);
    const term = (k: number): number =>
      directions.reduce((sum, a, j) => sum + readout[j] * sigma[k] * (lambda * (a[0] * x[0] + a[1] * x[1])) ** k, 0);
    for (const k of [0, 1, 2]) assert.ok(Math.abs(term(k)) < 1e-12, `degree ${k}: ${term(k)}`);
    assert.ok(Math.abs(term(3) - x[0] ** 2 * x[1]) < 1e-12);
  });

  it("is refused where parity takes σ_d, saying so", () => {
    const tanh = taylorActivation("tanh");
    assert.throws(() => monomialBlock([0, 1], [1, 1], tanh, 0.1), /tanh without a shift has σ_2 = 0/);
    assert.throws(() => monomialBlock([0], [4], taylorActivation("sigmoid"), 0.1), /σ_4 = 0/);
    assert.throws(() => monomialBlock([0, 1, 2], [1, 1, 1], taylorActivation("softplus"), 0.1), /σ_3 = 0/);
    assert.equal(monomialBlock([0, 1], [1, 1], taylorActivation("tanh", 0.5), 0.1).readout.length, 4);
  });

  it("is refused for exponents, scales and sizes that cannot be meant", () => {
    assert.throws(() => monomialBlock([0], [1, 1], exp, 0.1), /one exponent an input/);
    assert.throws(() => monomialBlock([], [], exp, 0.1), RangeError);
    for (const r of [0, -1, 1.5, NaN]) assert.throws(() => monomialBlock([0], [r], exp, 0.1), /at least 1/);
    for (const lambda of [0, -1, NaN, Infinity]) assert.throws(() => monomialBlock([0], [1], exp, lambda), /λ/);
    assert.throws(
      () =>
        monomialBlock(
          signVectors(5)
            .slice(0, 21)
            .map((_, i) => i),
          Array<number>(21).fill(1),
          exp,
          0.1,
        ),
      /2\^20/,
    );
  });
});
