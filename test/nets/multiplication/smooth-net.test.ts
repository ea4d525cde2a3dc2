import assert from "node:assert/strict";
import {
  monomialNet,
  neuronsOf,
  type Precision,
  type SmoothNet,
  smoothNetOutputs,
  taylorActivation,
} from "fathom/nets";

describe("the evaluation of a smooth net", () => {
  const net: SmoothNet = {
    activation: taylorActivation("tanh"),
    layers: [
      {
        linear: false,
        fanIn: 2,
        fanOut: 3,
        weights: Float64Array.of(1, 2, 3, 4, 5, 6),
        biases: Float64Array.of(0.1, 0.2, 0.3),
      },
      {
        linear: true,
        fanIn: 3,
        fanOut: 2,
        weights: Float64Array.of(1, -1, 2, 0, 1, 1),
        biases: Float64Array.of(0, 0.5),
      },
    ],
  };

  it("is W tanh(V x + c) + b, example by example", () => {
    const outputs = smoothNetOutputs(net, Float64Array.of(0.1, -0.2, 0, 0));
    const hidden = (x: number, y: number): number[] => [
      Math.tanh(x + 2 * y + 0.1),
      Math.tanh(3 * x + 4 * y + 0.2),
      Math.tanh(5 * x + 6 * y + 0.3),
    ];
    const expected = [hidden(0.1, -0.2), hidden(0, 0)].flatMap(([a, b, c]) => [a - b + 2 * c, b + c + 0.5]);
    expected.forEach((value, i) => assert.ok(Math.abs(outputs[i] - value) < 1e-15));
    assert.equal(neuronsOf(net), 3);
  });

  it("rounds everything in float32, and nothing in float64", () => {
    const product = monomialNet([1, 1], taylorActivation("exp"), 0.01);
    const x = Float64Array.of(0.75, 0.5);
    const [double, single] = (["float64", "float32"] as const).map(
      (precision) => smoothNetOutputs(product, x, precision)[0],
    );
    assert.equal(Math.fround(single), single);
    assert.notEqual(Math.fround(double), double);
    // Rounding of 2^-24 over λ² = 1e-4.
    assert.ok(Math.abs(single - double) > 1e-6 && Math.abs(single - double) < 1e-2);
  });

  it("is refused for inputs that fill no rows, or another precision", () => {
    assert.throws(() => smoothNetOutputs(net, new Float64Array(3)), /takes 2 numbers/);
    assert.throws(() => smoothNetOutputs(net, new Float64Array(0)), RangeError);
    assert.throws(() => smoothNetOutputs(net, new Float64Array(2), "float16" as Precision), /float64 or float32/);
  });
});
