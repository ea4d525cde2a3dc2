import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Scalar, type Tensor } from "fathom/engine";
import { type Architecture, fullyConnected, heNormal, linearBottleneck } from "fathom/nets";
import { foldIn, key, normal } from "fathom/random";

/** Output and gradients of Σ output · dy by every parameter, from TensorFlow.js's tape. */
function fromTape(net: Architecture, parameters: readonly Tensor[], x: Tensor, dy: Tensor): Tensor[] {
  const gradients = tf.grads((...all: Tensor[]) => tf.sum<Scalar>(tf.mul(net.output(all, x), dy)));
  return [net.output(parameters, x), ...gradients([...parameters])];
}

function largestDifference(found: Tensor, expected: Tensor): number {
  assert.deepEqual(found.shape, expected.shape);
  return tf.tidy(() => tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0]);
}

const widths = { inputWidth: 5, hiddenWidths: [7, 6] };
const architectures: Record<string, Architecture> = {
  "a ReLU net": fullyConnected({ ...widths, outputWidth: 3, initialisation: heNormal, biasStandardDeviation: 0.3 }),
  "a tanh net": fullyConnected({ ...widths, outputWidth: 3, activation: "tanh", initialisation: heNormal }),
  "a linear net": fullyConnected({ ...widths, outputWidth: 3, activation: "linear", initialisation: heNormal }),
  "a net without biases": fullyConnected({ ...widths, outputWidth: 3, initialisation: heNormal, biases: false }),
  "a net without a readout": fullyConnected({ ...widths, activation: "tanh", initialisation: heNormal }),
  "a linear bottleneck": linearBottleneck({ inputWidth: 5, bottleneckWidth: 2, hiddenWidth: 8, outputWidth: 3 }),
};

for (const backend of ["the open engine", "the plain backend"]) {
  describe(`reverse mode written out, on ${backend}`, () => {
    let opened: string;
    before(async () => {
      await openEngine();
      opened = tf.getBackend();
      if (backend === "the plain backend") await tf.setBackend("cpu");
    });
    after(() => tf.setBackend(opened));

    for (const [name, net] of Object.entries(architectures)) {
      for (const nets of [undefined, 1, 3]) {
        it(`of ${name}, ${nets === undefined ? "single" : `${nets} stacked`}, is the tape's`, () => {
          const before = tf.memory().numTensors;
          tf.tidy(() => {
            const parameters = net.parameters(key(1), nets);
            const lead = nets === undefined ? [] : [nets];
            const dy = normal(key(3), [...lead, 4, net.outputWidth]);
            const inputs = [normal(key(2), [4, 5])];
            if (nets !== undefined) inputs.push(normal(foldIn(key(2), "own"), [nets, 4, 5]));
            for (const x of inputs) {
              const { output, pullback } = net.output.reverse!(parameters, x);
              const found = [output, ...pullback(dy)];
              const expected = fromTape(net, parameters, x, dy);
              assert.equal(found.length, expected.length);
              // Sums of at most a few dozen terms of order 1, in another order.
              found.forEach((tensor, i) => assert.ok(largestDifference(tensor, expected[i]) < 1e-5, `tensor ${i}`));
            }
          });
          assert.equal(tf.memory().numTensors, before);
        });
      }
    }

    it("is that of the output alone: a function that wraps it has none", () => {
      const net = architectures["a ReLU net"];
      const wrapped: Architecture = { ...net, output: (p, x) => tf.mul(2, net.output(p, x)) };
      assert.equal(wrapped.output.reverse, undefined);
    });
  });
}
