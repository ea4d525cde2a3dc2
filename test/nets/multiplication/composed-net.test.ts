import assert from "node:assert/strict";
import { composedNet, monomialBlock, neuronsOf, smoothNetOutputs, taylorActivation } from "fathom/nets";

const exp = taylorActivation("exp");

describe("a net composed of blocks", () => {
  const pair = (a: number, b: number) => monomialBlock([a, b], [1, 1], exp, 1e-3);

  it("multiplies block by block, merging readouts with the next layer's inputs", () => {
    const net = composedNet(4, [[pair(0, 1), pair(2, 3)], [pair(0, 1)]], exp);
    assert.deepEqual(
      net.layers.map(({ fanIn, fanOut }) => [fanIn, fanOut]),
      [
        [4, 8],
        [8, 4],
        [4, 1],
      ],
    );
    assert.equal(neuronsOf(net), 12);
    const [output] = smoothNetOutputs(net, Float64Array.of(0.5, 0.8, -0.9, 0.7));
    assert.ok(Math.abs(output - 0.5 * 0.8 * -0.9 * 0.7) < 1e-6);
  });

  it("wires each block to its own inputs", () => {
    const net = composedNet(3, [[pair(0, 2), monomialBlock([1], [1], exp, 1e-3)]], exp, [2, -1]);
    const [output] = smoothNetOutputs(net, Float64Array.of(0.5, 0.8, 0.9));
    assert.ok(Math.abs(output - (2 * 0.45 - 0.8)) < 1e-6);
    // The pair's neurons do not see the second input.
    for (let neuron = 0; neuron < 4; neuron++) assert.equal(Math.abs(net.layers[0].weights[3 * neuron + 1]), 0);
  });

  it("gives all neurons the activation's shift as bias, and the readout none", () => {
    const shifted = taylorActivation("tanh", 0.4);
    const net = composedNet(2, [[monomialBlock([0, 1], [1, 1], shifted, 0.1)]], shifted);
    assert.deepEqual([...net.layers[0].biases], [0.4, 0.4, 0.4, 0.4]);
    assert.deepEqual([...net.layers[1].biases], [0]);
  });

  it("is refused where layers do not fit", () => {
    assert.throws(() => composedNet(2, [], exp), /at least one hidden layer/);
    assert.throws(() => composedNet(2, [[]], exp), /at least one block/);
    assert.throws(() => composedNet(2, [[pair(0, 2)]], exp), /reads value 2; there are 2/);
    assert.throws(() => composedNet(2, [[pair(0, 1)]], exp, [1, 2]), /as many weights/);
    assert.throws(() => composedNet(2, [[{ ...pair(0, 1), inputs: [0] }]], exp), /one number an input/);
  });
});
