import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { activationLengths, type GaussianResidualNets, streamedResidualLengths } from "fathom/measure";
import { gaussianWeights, heUniform, residual } from "fathom/nets";
import { key, normalArray } from "fathom/random";

const nets = 37;

const cases: Record<string, GaussianResidualNets> = {
  "linear ends": { nets, inputWidth: 10, width: 10, scales: [0.5, 0.8, 1], input: normalArray(key(1), 10) },
  "ReLU ends without a hidden layer": {
    nets,
    inputWidth: 7,
    width: 7,
    scales: [0.7, -0.4],
    blockHiddenWidths: [],
    blockEnd: "relu",
    input: normalArray(key(2), 7),
  },
  "a lead-in layer, two hidden layers in a block, other schemes, an input for each net": {
    nets,
    inputWidth: 3,
    width: 6,
    scales: [1, 0.3],
    blockHiddenWidths: [4, 9],
    initialisation: gaussianWeights(1.3),
    linearInitialisation: gaussianWeights(0.7),
    input: normalArray(key(3), nets * 3),
  },
  "one net of one unit": { nets: 1, inputWidth: 1, width: 1, scales: [0.6], input: Float32Array.of(-2) },
};

function explicit(options: GaussianResidualNets): Float64Array[] {
  const architecture = residual({ ...options, biases: false });
  const parameters = architecture.parameters(key(6), options.nets);
  const { input, inputWidth } = options;
  const shared = input.length === inputWidth;
  const x = shared ? tf.tensor2d(input, [1, inputWidth]) : tf.tensor3d(input, [options.nets, 1, inputWidth]);
  const lengths = activationLengths(architecture, parameters, x);
  tf.dispose([x, ...parameters]);
  return lengths;
}

describe("residual lengths with weights that are not stored", () => {
  before(async () => {
    await openEngine();
  });

  for (const [name, options] of Object.entries(cases)) {
    it(`are those of explicit parameters: ${name}`, () => {
      const streamed = streamedResidualLengths(key(6), options);
      const plain = explicit(options);
      assert.equal(streamed.length, plain.length);
      streamed.forEach((lengths, layer) => {
        lengths.forEach((length, net) => {
          const expected = plain[layer].length === 1 ? plain[layer][0] : plain[layer][net];
          const difference = Math.abs(Math.sqrt(length) - Math.sqrt(expected));
          assert.ok(difference <= 1e-6 + 1.5e-5 * Math.sqrt(expected), `state ${layer}: ${length} for ${expected}`);
        });
      });
    });
  }

  it("do not depend on how many nets go through together, and keep no tensor", () => {
    const wide: GaussianResidualNets = {
      nets: 300,
      inputWidth: 40,
      width: 40,
      scales: [1],
      input: normalArray(key(1), 40),
    };
    const hidden = { ...wide, blockHiddenWidths: [4000] };
    const before = tf.memory().numTensors;
    const many = streamedResidualLengths(key(1), hidden);
    const few = streamedResidualLengths(key(1), { ...hidden, nets: 150 });
    few.forEach((lengths, layer) => assert.deepEqual(lengths, many[layer].slice(0, 150)));
    assert.equal(tf.memory().numTensors, before);
  });

  it("refuse weights that are not Gaussian and sizes that mean nothing", () => {
    const good = cases["linear ends"];
    const wrongs = [{ nets: 0 }, { scales: [] }, { input: new Float32Array(3) }, { linearInitialisation: heUniform }];
    for (const wrong of wrongs) {
      assert.throws(() => streamedResidualLengths(key(1), { ...good, ...wrong }), RangeError, JSON.stringify(wrong));
    }
  });
});
