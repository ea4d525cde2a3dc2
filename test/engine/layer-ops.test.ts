import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  addBiases,
  biasGradient,
  crossEntropies,
  matrixProduct,
  meanCrossEntropyGradient,
  openEngine,
  relu,
  reluGradient,
  rowNorms,
  rowsAt,
  type Scalar,
  tanhBend,
  tanhGradient,
  type Tensor,
} from "fathom/engine";
import { foldIn, key, normal } from "fathom/random";

const drawn = (name: string, shape: number[]): Tensor => normal(foldIn(key(1), name), shape);

function agree(found: Tensor, expected: Tensor): void {
  assert.deepEqual(found.shape, expected.shape);
  const difference = tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0];
  assert.ok(difference < 2e-6, `${difference}`);
}

for (const backend of ["the open engine", "the plain backend"]) {
  describe(`ops of layers on ${backend}`, () => {
    let opened: string;
    before(async () => {
      await openEngine();
      opened = tf.getBackend();
      if (backend === "the plain backend") await tf.setBackend("cpu");
    });
    after(() => tf.setBackend(opened));

    for (const [transposeA, transposeB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      it(`multiply matrices and stacks of them, transposed ${transposeA}, ${transposeB}`, () => {
        tf.tidy(() => {
          const left = (lead: number[]): Tensor => drawn("left", [...lead, ...(transposeA ? [4, 3] : [3, 4])]);
          const right = (lead: number[]): Tensor => drawn("right", [...lead, ...(transposeB ? [5, 4] : [4, 5])]);
          for (const [a, b] of [
            [left([]), right([])],
            [left([2]), right([2])],
            [left([1]), right([2])],
          ]) {
            agree(matrixProduct(a, b, { transposeA, transposeB }), tf.matMul(a, b, transposeA, transposeB));
          }
          const [shared, stack] = [left([]), right([2])];
          const expected = tf.matMul(tf.expandDims(shared, 0), stack, transposeA, transposeB);
          agree(matrixProduct(shared, stack, { transposeA, transposeB }), expected);
        });
      });
    }

    it("add biases to every row, of one net or of each, and sum them up again", () => {
      tf.tidy(() => {
        const [row, rows] = [drawn("row", [3]), drawn("rows", [2, 3])];
        const [alone, stack] = [drawn("alone", [4, 3]), drawn("stack", [2, 4, 3])];
        agree(addBiases(alone, row), tf.add(alone, row));
        agree(addBiases(stack, rows), tf.add(stack, tf.reshape(rows, [2, 1, 3])));
        agree(biasGradient(alone, false), tf.sum(alone, 0));
        agree(biasGradient(stack, true), tf.sum(stack, 1));
        const maps = drawn("maps", [2, 4, 5, 3]);
        agree(biasGradient(maps, false), tf.sum(maps, [0, 1, 2]));
      });
    });

    it("take the rows at given places, of numbers and of labels", () => {
      tf.tidy(() => {
        const [rows, labels] = [drawn("rows", [5, 3]), tf.tensor1d([7, 8, 9, 10, 11], "int32")];
        const places = tf.tensor1d([4, 0, 0, 2], "int32");
        agree(rowsAt(rows, places), tf.stack([4, 0, 0, 2].map((place) => tf.reshape(tf.slice(rows, place, 1), [3]))));
        const found = rowsAt(labels, places);
        assert.equal(found.dtype, "int32");
        assert.deepEqual([...found.dataSync()], [11, 7, 7, 9]);
      });
    });

    it("cut off what is below 0", () => {
      tf.tidy(() => assert.deepEqual([...relu(tf.tensor1d([-2, 0, 3])).dataSync()], [0, 0, 3]));
    });

    it("know the slopes of ReLU, 0 at 0, and of tanh from their values", () => {
      tf.tidy(() => {
        const [h, dy] = [drawn("h", [40]), drawn("dy", [40])];
        const outputs = tf.tensor1d([0, 1e-30, 2]);
        assert.deepEqual([...reluGradient(tf.tensor1d([5, 6, 7]), outputs).dataSync()], [0, 6, 7]);
        agree(reluGradient(dy, tf.relu(h)), tf.mul(dy, tf.step(h)));
        const expected = Array.from(h.dataSync(), (x, i) => dy.dataSync()[i] / Math.cosh(x) ** 2);
        agree(tanhGradient(dy, tf.tanh(h)), tf.tensor1d(expected));
      });
    });

    it("know how tanh bends a curve, and the norms of rows", () => {
      tf.tidy(() => {
        const [a, v, t] = ["a", "v", "t"].map((name) => drawn(name, [2, 3, 5]));
        const before = tf.memory().numTensors;
        const [bent, norms] = [tanhBend(a, v, t), rowNorms(v)];
        assert.equal(tf.memory().numTensors, before + 2);
        agree(bent, tf.sub(a, tf.mul(2, tf.mul(t, tf.square(v)))));
        agree(norms, tf.norm(v, 2, -1, true));
        agree(rowNorms(tf.zeros([2, 3])), tf.zeros([2, 1]));
      });
    });

    it("know the cross-entropy of each row, or of each row at several points", () => {
      tf.tidy(() => {
        const labels = tf.tensor1d([2, 0, 1], "int32");
        const [alone, stack] = [drawn("logits", [3, 4]), drawn("stack", [2, 3, 4])];
        const expected = (logits: Tensor): Tensor =>
          tf.neg(tf.sum(tf.mul(tf.log(tf.softmax(logits)), tf.oneHot(labels, 4).toFloat()), -1));
        const before = tf.memory().numTensors;
        const found = [alone, stack].map((logits) => crossEntropies(logits, labels));
        assert.equal(tf.memory().numTensors, before + 2);
        agree(found[0], expected(alone));
        agree(found[1], tf.reshape(expected(stack), [6]));
        // Logits that overflow where they are not shifted first.
        agree(crossEntropies(tf.tensor2d([[1000, 0]]), tf.tensor1d([1], "int32")), tf.tensor1d([1000]));
      });
    });

    it("know the gradient of the mean cross-entropy, of one net or of the sum over several", () => {
      tf.tidy(() => {
        const labels = tf.tensor1d([2, 0, 1], "int32");
        const loss = (logits: Tensor): Scalar =>
          tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), tf.oneHot(labels, 4).toFloat()))).div(3);
        for (const logits of [drawn("logits", [3, 4]), drawn("one", [1, 3, 4]), drawn("stack", [2, 3, 4])]) {
          const before = tf.memory().numTensors;
          const found = meanCrossEntropyGradient(logits, labels);
          assert.equal(tf.memory().numTensors, before + 1);
          agree(found, tf.grad(loss)(logits));
        }
        const overflowing = meanCrossEntropyGradient(tf.tensor2d([[1000, 0]]), tf.tensor1d([1], "int32"));
        agree(overflowing, tf.tensor2d([[1, -1]]));
      });
    });
  });
}
