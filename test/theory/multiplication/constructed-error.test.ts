import assert from "node:assert/strict";
import { groupedProductNet, monomialNet, smoothNetOutputs, taylorActivation } from "fathom/nets";
import { balancedLambda, exactExponentialProduct, leadingError, machineEpsilon, roundingFloor } from "fathom/theory";

describe("the error of constructed products", () => {
  for (const activation of [
    taylorActivation("exp"),
    taylorActivation("tanh", 0.5),
    taylorActivation("softplus", 0.8),
  ]) {
    it(`is led by λ² (σ_{n+2}/σ_n)((n+1)(n+2)/6) Σx² Πx for ${activation.name}`, () => {
      for (const [x, exponents] of [
        [
          [0.8, -0.6],
          [1, 1],
        ],
        [
          [0.8, -0.6, 0.9],
          [1, 1, 1],
        ],
        [
          [0.8, -0.6],
          [2, 1],
        ],
      ]) {
        const product = x.reduce((value, factor, i) => value * factor ** exponents[i], 1);
        const ratio = (lambda: number): number => {
          const [output] = smoothNetOutputs(monomialNet(exponents, activation, lambda), Float64Array.from(x));
          return (output - product) / leadingError(activation, lambda, x, exponents);
        };
        assert.ok(Math.abs(ratio(0.02) - 1) < 0.005, String(ratio(0.02)));
        // What is left falls as λ².
        assert.ok(Math.abs((ratio(0.2) - 1) / (ratio(0.1) - 1) - 4) < 0.5);
      }
    });
  }

  it("is λ² Σx²/6 of the product for exp", () => {
    const x = [0.5, 0.7, -0.9];
    const expected = ((0.1 ** 2 * (0.25 + 0.49 + 0.81)) / 6) * (0.5 * 0.7 * -0.9);
    assert.ok(Math.abs(leadingError(taylorActivation("exp"), 0.1, x) / expected - 1) < 1e-12);
  });

  it("is known exactly for exp, layer by layer", () => {
    const groups = [[3, 2], [2]];
    const lambda = (size: number): number => size / 10;
    const x = Float64Array.of(0.9, -0.8, 0.7, 0.6, 0.95);
    const exact = exactExponentialProduct(x, groups, lambda);
    const [output] = smoothNetOutputs(groupedProductNet(groups, taylorActivation("exp"), lambda), x);
    assert.ok(Math.abs(output - exact) < 1e-12);
    assert.ok(Math.abs(exact - x.reduce((a, b) => a * b, 1)) > 1e-3);
    assert.throws(() => exactExponentialProduct(x, [[3, 2]], lambda), /one group/);
  });

  it("ends at ε^{2/(n+2)}", () => {
    assert.equal(machineEpsilon.float64, Number.EPSILON);
    assert.equal(Math.fround(1 + machineEpsilon.float32) > 1, true);
    assert.equal(Math.fround(1 + machineEpsilon.float32 / 2), 1);
    assert.ok(Math.abs(roundingFloor(2, Number.EPSILON) / 1.49e-8 - 1) < 0.01);
    // Near the least of λ² and 2^{−n/2} ε/λ^n.
    const lambda = balancedLambda(4, Number.EPSILON);
    assert.ok(Math.abs(lambda ** 2 / (Number.EPSILON / 4 / lambda ** 4) - 1) < 1e-9);
  });

  it("is refused for scales and numbers that are none", () => {
    assert.throws(() => leadingError(taylorActivation("exp"), 0, [1]), RangeError);
    assert.throws(() => leadingError(taylorActivation("exp"), 0.1, [NaN]), RangeError);
    assert.throws(() => roundingFloor(0, 1e-16), RangeError);
    assert.throws(() => roundingFloor(2, 0), RangeError);
    assert.throws(() => balancedLambda(1.5, 1e-16), RangeError);
  });
});
