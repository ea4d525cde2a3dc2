import assert from "node:assert/strict";
import {
  biasedProductOfTwo,
  deepPowerNet,
  groupedProductNet,
  hiddenLayersOf,
  monomialNet,
  neuronsOf,
  oddProductNet,
  polynomialNet,
  smoothNetOutputs,
  taylorActivation,
} from "fathom/nets";

const exp = taylorActivation("exp");
const close = (value: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value}, not ${expected}`);

describe("a net of one layer for a monomial", () => {
  it("computes Π sinh(λ x_i)/λ for exp, to rounding", () => {
    const x = Float64Array.of(0.9, -0.6, 0.7);
    const exact = x.reduce((product, value) => (product * Math.sinh(0.3 * value)) / 0.3, 1);
    close(smoothNetOutputs(monomialNet([1, 1, 1], exp, 0.3), x)[0], exact, 1e-14);
  });

  for (const activation of [
    taylorActivation("tanh", 0.7),
    taylorActivation("sigmoid", 0.7),
    taylorActivation("softplus", 0.7),
  ]) {
    it(`multiplies with ${activation.name} after a shift, any number of inputs`, () => {
      close(smoothNetOutputs(monomialNet([1, 1], activation, 1e-3), Float64Array.of(0.5, -0.8))[0], -0.4, 1e-5);
      close(
        smoothNetOutputs(monomialNet([1, 1, 1], activation, 1e-2), Float64Array.of(0.5, -0.8, 0.9))[0],
        -0.36,
        1e-3,
      );
    });
  }

  it("takes powers", () => {
    const net = monomialNet([2, 1], exp, 1e-2);
    assert.equal(neuronsOf(net), 6);
    close(smoothNetOutputs(net, Float64Array.of(0.5, 0.8))[0], 0.2, 1e-4);
  });
});

describe("a net that multiplies in groups", () => {
  it("has the neurons of its groups, uneven ones too", () => {
    const net = groupedProductNet([[3, 1], [2]], exp, () => 0.01);
    assert.equal(neuronsOf(net), 8 + 2 + 4);
    close(smoothNetOutputs(net, Float64Array.of(0.5, 0.6, 0.7, 0.8))[0], 0.5 * 0.6 * 0.7 * 0.8, 1e-4);
  });

  it("asks for λ by the largest group of each layer", () => {
    const asked: number[] = [];
    groupedProductNet([[3, 1], [2]], exp, (size) => (asked.push(size), 0.01));
    assert.deepEqual([...new Set(asked)], [3, 2]);
  });

  it("is refused where layers do not fit", () => {
    assert.throws(() => groupedProductNet([[2, 2]], exp, () => 0.1), /layer 1 has 2 groups; what follows takes 1/);
    assert.throws(() => groupedProductNet([[2, 2], [3]], exp, () => 0.1), /takes 3 values/);
  });
});

describe("a deep net for a power", () => {
  it("takes ⌈log2 d⌉ layers of at most seven neurons, and gives x^d", () => {
    for (let power = 2; power <= 40; power++) {
      const net = deepPowerNet(power, exp, () => 1e-4);
      const widths = hiddenLayersOf(net).map(({ fanOut }) => fanOut);
      assert.equal(widths.length, Math.ceil(Math.log2(power)));
      assert.ok(widths.every((width) => width <= 7));
      const x = Float64Array.of(0.95, -0.9, 0.3);
      smoothNetOutputs(net, x).forEach((output, i) => close(output, x[i] ** power, 1e-6));
    }
  });

  it("is refused below the square", () => {
    for (const power of [1, 0, -2, 2.5, NaN]) assert.throws(() => deepPowerNet(power, exp, () => 1e-4), RangeError);
  });
});

describe("a net of one layer for a polynomial", () => {
  it("adds up its terms, and merges neurons with equal incoming weights", () => {
    const net = polynomialNet(
      [
        { coefficient: 2, exponents: [2, 0] },
        { coefficient: -1, exponents: [0, 2] },
        { coefficient: 3, exponents: [1, 1] },
      ],
      exp,
      1e-3,
    );
    // 3 + 3 + 4, less the neuron of weights 0 that both squares have.
    assert.equal(neuronsOf(net), 9);
    close(smoothNetOutputs(net, Float64Array.of(0.5, 0.8))[0], 2 * 0.25 - 0.64 + 3 * 0.4, 1e-5);
  });

  it("is refused without terms, with a constant one, or with other variables", () => {
    assert.throws(() => polynomialNet([], exp, 0.1), /at least one term/);
    assert.throws(() => polynomialNet([{ coefficient: 1, exponents: [0, 0] }], exp, 0.1), RangeError);
    const terms = [
      { coefficient: 1, exponents: [1, 1] },
      { coefficient: 1, exponents: [1] },
    ];
    assert.throws(() => polynomialNet(terms, exp, 0.1), /same variables/);
  });
});

describe("nets with fewer than 2^n neurons", () => {
  const errorOf = (lambda: number): number =>
    smoothNetOutputs(biasedProductOfTwo(0.5, lambda), Float64Array.of(0.7, -0.9))[0] + 0.63;

  it("multiply two numbers with three biased tanh neurons, with error O(λ)", () => {
    assert.equal(neuronsOf(biasedProductOfTwo(0.5, 0.1)), 3);
    close(errorOf(1e-3), 0, 2e-3);
    close(errorOf(1e-2) / errorOf(1e-3), 10, 0.3);
  });

  it("multiply three numbers with four bias-free tanh neurons, with error O(λ²)", () => {
    const error = (lambda: number): number =>
      smoothNetOutputs(oddProductNet(3, lambda), Float64Array.of(0.7, -0.9, 0.6))[0] + 0.378;
    assert.equal(neuronsOf(oddProductNet(3, 0.1)), 4);
    close(error(2e-2) / error(2e-3), 100, 1);
    // The same function as the net of eight.
    const eight = monomialNet([1, 1, 1], taylorActivation("tanh"), 0.1);
    const x = Float64Array.of(0.7, -0.9, 0.6);
    close(smoothNetOutputs(oddProductNet(3, 0.1), x)[0], smoothNetOutputs(eight, x)[0], 1e-12);
  });

  it("are refused where they cannot be", () => {
    assert.throws(() => biasedProductOfTwo(0, 0.1), /bias is not 0/);
    assert.throws(() => biasedProductOfTwo(0.5, 0), /λ/);
    assert.throws(() => oddProductNet(2, 0.1), /σ_2 = 0/);
  });
});
