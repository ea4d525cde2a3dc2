import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Scalar, type Tensor } from "fathom/engine";
import { convolutional, type ConvolutionalOptions } from "fathom/nets";
import { foldIn, key, normal } from "fathom/random";

const architectures: Record<string, ConvolutionalOptions> = {
  "convolutions and hidden layers": {
    inputShape: [8, 8, 1],
    convolutions: [
      { channels: 3, size: 5 },
      { channels: 4, size: 5 },
    ],
    hiddenWidths: [6, 5],
    outputWidth: 3,
  },
  "one convolution without pooling": {
    inputShape: [4, 3, 2],
    convolutions: [{ channels: 3, pool: 1 }],
    outputWidth: 2,
  },
  "every second place, then windows of 3 × 3": {
    inputShape: [12, 6, 3],
    convolutions: [
      { channels: 4, size: 5, stride: 2, pool: 1 },
      { channels: 17, pool: 3 },
    ],
    outputWidth: 4,
  },
};

for (const backend of ["the open engine", "the plain backend"]) {
  describe(`reverse mode of a convolutional net on ${backend}`, () => {
    let opened: string;
    before(async () => {
      await openEngine();
      opened = tf.getBackend();
      if (backend === "the plain backend") await tf.setBackend("cpu");
    });
    after(() => tf.setBackend(opened));

    for (const [name, options] of Object.entries(architectures)) {
      const net = convolutional(options);
      for (const nets of [undefined, 1, 3]) {
        it(`is the tape's: ${name}, ${nets === undefined ? "single" : `${nets} stacked`}`, () => {
          const before = tf.memory().numTensors;
          tf.tidy(() => {
            const lead = nets === undefined ? [] : [nets];
            // Biases of every sign, so that ReLU cuts some of each map off.
            const parameters = net
              .parameters(key(1), nets)
              .map((p, i) => tf.add(p, normal(foldIn(key(4), i), p.shape, 0, 0.1)));
            const dy = normal(key(3), [...lead, 4, net.outputWidth]);
            const images = normal(key(2), [4, net.inputWidth]);
            // Dark images with few bright places: windows of equal numbers, as in scanned digits.
            const inputs = [images, tf.relu(tf.sub(images, 1))];
            if (nets !== undefined) inputs.push(normal(foldIn(key(2), "own"), [nets, 4, net.inputWidth]));
            for (const x of inputs) {
              const { output, pullback } = net.output.reverse!(parameters, x);
              const found = [output, ...pullback(dy)];
              const byTape = tf.grads((...all: Tensor[]) => tf.sum<Scalar>(tf.mul(net.output(all, x), dy)))(parameters);
              const expected = [net.output(parameters, x), ...byTape];
              assert.equal(found.length, expected.length);
              found.forEach((tensor, i) => {
                assert.deepEqual(tensor.shape, expected[i].shape);
                const [difference, scale] = [tf.abs(tf.sub(tensor, expected[i])), tf.abs(expected[i])].map(
                  (t) => tf.max(t).dataSync()[0],
                );
                assert.ok(difference <= 1e-5 * scale, `tensor ${i}: ${difference} of ${scale}`);
              });
            }
          });
          assert.equal(tf.memory().numTensors, before);
        });
      }
    }
  });
}
