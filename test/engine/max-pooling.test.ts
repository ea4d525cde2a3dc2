import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { byNeighbours, hasOneDnn } from "../../lib/engine/max-pooling";
import { engineReport, maxPooling, openEngine, type Rank, type Scalar, type Tensor4D } from "fathom/engine";
import { foldIn, key, normal, randomIntegers } from "fathom/random";

const drawn = (name: string, shape: number[]): Tensor4D => normal(foldIn(key(1), name), shape) as Tensor4D;

for (const backend of ["the open engine", "the plain backend"]) {
  describe(`max pooling on ${backend}`, () => {
    let opened: string;
    before(async () => {
      await openEngine();
      opened = tf.getBackend();
      if (backend === "the plain backend") await tf.setBackend("cpu");
    });
    after(() => tf.setBackend(opened));

    const shapes: { pool: number; shape: [number, number, number, number] }[] = [
      { pool: 2, shape: [3, 4, 6, 5] },
      { pool: 2, shape: [3, 2, 2, 16] },
      { pool: 3, shape: [2, 6, 3, 4] },
      { pool: 7, shape: [2, 14, 7, 3] },
      { pool: 17, shape: [1, 17, 34, 2] },
    ];
    for (const { pool, shape } of shapes) {
      for (const values of ["distinct numbers", "many that are equal"]) {
        it(`is TensorFlow's, windows of ${pool} × ${pool}, ${values}`, () => {
          const before = tf.memory().numTensors;
          tf.tidy(() => {
            const size = tf.util.sizeFromShape(shape);
            const integers = tf.tensor<Rank.R4>(Float32Array.from(randomIntegers(key(2), size, 3)), shape);
            const maps = values === "distinct numbers" ? drawn("maps", shape) : integers;
            const expected = tf.maxPool(maps, pool, pool, "valid");
            const gradient = drawn("gradient", expected.shape);
            const [byMaps] = tf.grads((x) =>
              tf.sum<Scalar>(tf.mul(tf.maxPool(x as Tensor4D, pool, pool, "valid"), gradient)),
            )([maps]);
            for (const { output, backwards } of [maxPooling(maps, pool), byNeighbours(maps, pool)]) {
              assert.deepEqual(output.shape, expected.shape);
              assert.deepEqual([...output.dataSync()], [...expected.dataSync()]);
              // A window's gradient, all of it, at one place, the same as TensorFlow's; −0 is a 0.
              const found = backwards(gradient);
              assert.deepEqual(found.shape, maps.shape);
              assert.equal(tf.max(tf.abs(tf.sub(found, byMaps))).dataSync()[0], 0);
            }
          });
          assert.equal(tf.memory().numTensors, before);
        });
      }
    }

    it("is oneDNN's on the processor alone", () => {
      assert.equal(hasOneDnn(), backend === "the open engine" && engineReport().name === "cpu");
    });
  });
}
