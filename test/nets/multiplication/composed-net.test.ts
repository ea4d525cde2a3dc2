import assert from "node:assert/strict";
import {
  composedNet,
  groupedProductNet,
  monomialBlock,
  neuronsOf,
  type SmoothNet,
  smoothNetOutputs,
  taylorActivation,
} from "fathom/nets";
import { key, uniformArray } from "fathom/random";
import { balancedLambda, machineEpsilon, roundingFloor } from "fathom/theory";

const exp = taylorActivation("exp");

describe("a net composed of blocks", () => {
  const pair = (a: number, b: number) => monomialBlock([a, b], [1, 1], exp, 1e-3);

  it("multiplies block by block, spending no neurons between", () => {
    const net = composedNet(4, [[pair(0, 1), pair(2, 3)], [pair(0, 1)]], exp);
    assert.deepEqual(
      net.layers.map(({ fanIn, fanOut }) => [fanIn, fanOut]),
      [
        [4, 8],
        [8, 2],
        [2, 4],
        [4, 1],
      ],
    );
    assert.equal(neuronsOf(net), 12);
    const [output] = smoothNetOutputs(net, Float64Array.of(0.5, 0.8, -0.9, 0.7));
    assert.ok(Math.abs(output - 0.5 * 0.8 * -0.9 * 0.7) < 1e-6);
  });

  it("errs no more than its largest block where groups differ in size, as it would with readouts and inputs multiplied out", () => {
    const groups = [[4, 3, 3, 3], [4]];
    const net = groupedProductNet(groups, exp, (size) => balancedLambda(size, machineEpsilon.float64));
    const floor = roundingFloor(4, machineEpsilon.float64);
    const examples = 100;
    const x = Float64Array.from(
      uniformArray(key(1), 13 * examples),
      (size, i) => (0.5 + size / 2) * ((i * 7919) % 13 < 6 ? -1 : 1),
    );
    const worst = (outputs: Float64Array): number =>
      Math.max(...outputs.map((y, i) => Math.abs(y - x.subarray(13 * i, 13 * (i + 1)).reduce((a, b) => a * b))));
    assert.ok(worst(smoothNetOutputs(net, x)) < 2 * floor);
    assert.ok(worst(smoothNetOutputs(multipliedOut(net), x)) > 10 * floor);
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

/** The net of two layers with its inner readout and the directions after it as one matrix. */
function multipliedOut({ activation, layers: [first, readout, second, last] }: SmoothNet): SmoothNet {
  const weights = new Float64Array(second.fanOut * first.fanOut);
  for (let row = 0; row < second.fanOut; row++) {
    for (let value = 0; value < readout.fanOut; value++) {
      for (let neuron = 0; neuron < first.fanOut; neuron++) {
        weights[row * first.fanOut + neuron] +=
          second.weights[row * second.fanIn + value] * readout.weights[value * readout.fanIn + neuron];
      }
    }
  }
  return { activation, layers: [first, { ...second, fanIn: first.fanOut, weights }, last] };
}
