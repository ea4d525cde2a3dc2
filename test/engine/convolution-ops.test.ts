import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { convolve, filterGradient, mapsGradient, openEngine, type Scalar, type Tensor4D } from "fathom/engine";
import { foldIn, key, normal } from "fathom/random";

const drawn = (name: string, shape: number[]): Tensor4D => normal(foldIn(key(1), name), shape) as Tensor4D;

function agree(found: Tensor4D, expected: Tensor4D): void {
  assert.deepEqual(found.shape, expected.shape);
  const [difference, scale] = [tf.abs(tf.sub(found, expected)), tf.abs(expected)].map((t) => tf.max(t).dataSync()[0]);
  // Sums of at most a few hundred terms, in another order.
  assert.ok(difference < 3e-6 * scale, `${difference} of ${scale}`);
}

const cases: Record<string, { maps: number[]; size: number; out: number; stride: number }> = {
  "filters of 3 × 3": { maps: [2, 5, 4, 3], size: 3, out: 2, stride: 1 },
  "filters of 5 × 5, few channels": { maps: [2, 4, 6, 3], size: 5, out: 2, stride: 1 },
  "filters of 7 × 7, few channels": { maps: [2, 3, 8, 1], size: 7, out: 4, stride: 1 },
  "filters wider than the maps": { maps: [2, 3, 2, 2], size: 9, out: 3, stride: 1 },
  "filters without a middle": { maps: [2, 4, 6, 3], size: 6, out: 2, stride: 1 },
  "an odd number of columns": { maps: [2, 4, 5, 2], size: 5, out: 2, stride: 1 },
  "many channels from few": { maps: [2, 4, 4, 2], size: 5, out: 12, stride: 1 },
  "few channels from many": { maps: [2, 4, 4, 12], size: 5, out: 2, stride: 1 },
  "every second place": { maps: [2, 6, 6, 2], size: 5, out: 3, stride: 2 },
};

for (const backend of ["the open engine", "the plain backend"]) {
  describe(`convolutions and their gradients on ${backend}`, () => {
    let opened: string;
    before(async () => {
      await openEngine();
      opened = tf.getBackend();
      if (backend === "the plain backend") await tf.setBackend("cpu");
    });
    after(() => tf.setBackend(opened));

    for (const [name, { maps: shape, size, out, stride }] of Object.entries(cases)) {
      it(`are the tape's: ${name}`, () => {
        const before = tf.memory().numTensors;
        tf.tidy(() => {
          const maps = drawn("maps", shape);
          const filter = drawn("filter", [size, size, shape[3], out]);
          const plain = tf.conv2d(maps, filter, stride, "same");
          const outputGradient = drawn("gradient", plain.shape);
          const [byMaps, byFilter] = tf.grads((x, f) =>
            tf.sum<Scalar>(tf.mul(tf.conv2d(x as Tensor4D, f as Tensor4D, stride, "same"), outputGradient)),
          )([maps, filter]);
          agree(convolve(maps, filter, stride), plain);
          agree(filterGradient(maps, filter, outputGradient, stride), byFilter as Tensor4D);
          agree(mapsGradient(maps, filter, outputGradient, stride), byMaps as Tensor4D);
        });
        assert.equal(tf.memory().numTensors, before);
      });
    }
  });
}
