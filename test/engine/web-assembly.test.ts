import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { key, foldIn, normal } from "fathom/random";
import { startWebAssembly } from "../../lib/engine/web-assembly";

type Loss = (parameters: tf.Tensor[]) => tf.Tensor;

/** Tensors alive, and the backend's own buffers, which could be leaked behind TensorFlow.js's back. */
const held = (): number => tf.memory().numTensors + tf.engine().backend.numDataIds();

/** The gradients of a loss on one backend, as plain numbers, and how many tensors the computation left behind. */
async function gradientsOn(
  backend: string,
  shapes: number[][],
  loss: Loss,
): Promise<{ values: number[][]; leaked: number }> {
  await tf.setBackend(backend);
  const before = held();
  const parameters = shapes.map((shape, index) => normal(foldIn(key(11), index), shape));
  const gradients = tf.grads((...given: tf.Tensor[]) => tf.sum<tf.Scalar>(tf.square(loss(given))))(parameters);
  const values = gradients.map((gradient) => Array.from(gradient.dataSync()));
  tf.dispose([...parameters, ...gradients]);
  return { values, leaked: held() - before };
}

const image = [2, 9, 8, 3];
const cases: Record<string, { shapes: number[][]; loss: Loss }> = {};
for (const pad of ["same", "valid", 1] as const) {
  for (const stride of [1, 2, 3]) {
    cases[`a convolution, stride ${stride}, padding ${pad}`] = {
      shapes: [image, pad === 1 ? [3, 3, 3, 4] : [3, 2, 3, 4]],
      loss: ([x, w]) =>
        tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad, "NHWC", 1, pad === 1 ? "floor" : undefined),
    };
  }
}
Object.assign(cases, {
  "a convolution with uneven strides and explicit padding": {
    shapes: [image, [2, 3, 3, 2]],
    loss: ([x, w]) =>
      tf.conv2d(
        x as tf.Tensor4D,
        w as tf.Tensor4D,
        [2, 1],
        [
          [0, 0],
          [1, 2],
          [2, 0],
          [0, 0],
        ],
        "NHWC",
        1,
        "floor",
      ),
  },
  "a 1×1 convolution": {
    shapes: [image, [1, 1, 3, 5]],
    loss: ([x, w]) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"),
  },
  "a transposed convolution": {
    shapes: [
      [2, 4, 4, 3],
      [3, 3, 2, 3],
    ],
    loss: ([x, w]) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 8, 8, 2], 2, "same"),
  },
  "a depthwise convolution": {
    shapes: [image, [3, 3, 3, 2]],
    loss: ([x, w]) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, "same"),
  },
  "a separable convolution": {
    shapes: [image, [3, 3, 3, 2], [1, 1, 6, 4]],
    loss: ([x, w, v]) => tf.separableConv2d(x as tf.Tensor4D, w as tf.Tensor4D, v as tf.Tensor4D, 1, "valid"),
  },
  "a convolution fused with bias and relu": {
    shapes: [image, [3, 3, 3, 4], [4]],
    loss: ([x, w, b]) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: w as tf.Tensor4D,
        strides: 1,
        pad: "same",
        bias: b,
        activation: "relu",
      }),
  },
  "a dense layer fused with bias and relu": {
    shapes: [[5, 4], [4, 3], [3]],
    loss: ([x, w, b]) => tf.fused.matMul({ a: x, b: w, bias: b, activation: "relu" }),
  },
  "batched matrix products": {
    shapes: [
      [3, 4, 5],
      [3, 5, 2],
    ],
    loss: ([a, b]) => tf.matMul(a, b),
  },
  "max pooling": { shapes: [image], loss: ([x]) => tf.maxPool(x as tf.Tensor4D, 3, 2, "same") },
  "max pooling of windows that touch": {
    shapes: [[2, 4, 6, 5]],
    loss: ([x]) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"),
  },
  "average pooling": { shapes: [image], loss: ([x]) => tf.avgPool(x as tf.Tensor4D, 2, 2, "valid") },
  "gathered rows, some twice": { shapes: [[6, 3, 2]], loss: ([x]) => tf.gather(x, tf.tensor1d([4, 0, 4, 5], "int32")) },
  "gathered columns": { shapes: [[2, 6]], loss: ([x]) => tf.gather(x, tf.tensor1d([1, 1, 3], "int32"), 1) },
  "batch normalisation": {
    shapes: [image, [3], [3]],
    loss: ([x, scale, offset]) =>
      tf.batchNorm(x, tf.zeros([3]), tf.ones([3]), offset as tf.Tensor1D, scale as tf.Tensor1D),
  },
  "softmax cross-entropy": {
    shapes: [[4, 6]],
    loss: ([x]) => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 5, 2, 2], "int32"), 6), x),
  },
  "tanh, sigmoid, softplus, elu, selu, erf": {
    shapes: [[7]],
    loss: ([x]) =>
      tf.addN([tf.tanh(x), tf.sigmoid(x), tf.softplus(x), tf.elu(x), tf.selu(x), tf.erf(x), tf.leakyRelu(x)]),
  },
  "slices, concatenation, tiling, padding, transposition": {
    shapes: [
      [3, 4],
      [2, 4],
    ],
    loss: ([a, b]) =>
      tf.transpose(
        tf.pad(tf.tile(tf.concat([tf.slice(a, [1, 0], [2, 4]), b]), [1, 2]), [
          [1, 0],
          [0, 2],
        ]),
      ),
  },
  "means, maxima, norms and cumulative sums": {
    shapes: [[3, 4]],
    loss: ([x]) => tf.addN([tf.mean(x, 1), tf.max(x, 1), tf.norm(x, 2, 1), tf.sum(tf.cumsum(x, 1), 1)]),
  },
} satisfies typeof cases);

describe("the WebAssembly backend", () => {
  let current: string;
  before(async () => {
    await openEngine();
    current = tf.getBackend();
    await startWebAssembly();
  });
  after(() => tf.setBackend(current));

  it("leaves the current backend and the process's error listeners as they were", async () => {
    await tf.setBackend("cpu");
    const listeners = process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection");
    await startWebAssembly();
    assert.equal(tf.getBackend(), "cpu");
    assert.equal(process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection"), listeners);
  });

  for (const [name, { shapes, loss }] of Object.entries(cases)) {
    it(`gives the plain backend's gradients of ${name}`, async () => {
      const plain = await gradientsOn("cpu", shapes, loss);
      const wasm = await gradientsOn("wasm", shapes, loss);
      assert.equal(wasm.leaked, 0);
      assert.equal(plain.values.length, wasm.values.length);
      plain.values.forEach((expected, index) => {
        const scale = Math.max(...expected.map(Math.abs));
        assert.ok(scale > 1e-3, "a gradient of zeros would show nothing");
        expected.forEach((value, i) =>
          assert.ok(Math.abs(wasm.values[index][i] - value) <= 3e-6 * scale, `${wasm.values[index][i]} for ${value}`),
        );
      });
    });
  }

  it("sums segments in any order, dropping rows of none", async () => {
    await tf.setBackend("wasm");
    const sums = tf.tidy(() => {
      const rows = tf.tensor2d([1, 2, 10, 20, 100, 200, 1000, 2000], [4, 2]);
      return Array.from(tf.unsortedSegmentSum(rows, tf.tensor1d([2, 0, 2, -1], "int32"), 3).dataSync());
    });
    assert.deepEqual(sums, [10, 20, 0, 0, 101, 202]);
  });

  it("contracts indices as tf.einsum does on the plain backend", async () => {
    const contract = async (backend: string): Promise<number[]> => {
      await tf.setBackend(backend);
      return tf.tidy(() =>
        Array.from(tf.einsum("nij,njk->nik", normal(key(1), [2, 3, 4]), normal(key(2), [2, 4, 2])).dataSync()),
      );
    };
    const expected = await contract("cpu");
    (await contract("wasm")).forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-6));
  });

  it("refuses a filter gradient in channels-first order instead of giving a wrong one", async () => {
    await tf.setBackend("wasm");
    const gradient = (): unknown =>
      tf
        .engine()
        .runKernel(
          "Conv2DBackpropFilter",
          { x: tf.zeros([1, 3, 5, 5]), dy: tf.zeros([1, 2, 3, 3]) },
          { strides: 1, pad: "valid", dataFormat: "NCHW", filterShape: [3, 3, 3, 2] },
        );
    tf.tidy(() => assert.throws(gradient, /NHWC/));
  });

  it("refuses a filter that is not square with one number for its padding, where it would write past its output", async () => {
    await tf.setBackend("wasm");
    tf.tidy(() => {
      const convolve = (): unknown =>
        tf.conv2d(tf.zeros<tf.Rank.R4>([1, 9, 8, 3]), tf.zeros<tf.Rank.R4>([3, 2, 3, 4]), 1, 1, "NHWC", 1, "floor");
      assert.throws(convolve, /3×2 filter with padding 1: .*each side/);
    });
  });

  it("casts any number but 0 to true, which counts once, and leaves other casts alone", async () => {
    await tf.setBackend("wasm");
    const before = tf.memory().numTensors;
    for (const dtype of ["float32", "int32"] as const) {
      const [bools, count, same] = tf.tidy(() => {
        const x = tf.tensor1d([3, 0, -2, 1], dtype);
        const cast = tf.cast(x, "bool");
        return [cast.dataSync(), tf.sum(cast).dataSync()[0], tf.cast(x, "int32").dataSync()] as const;
      }) as unknown as [Uint8Array, number, Int32Array];
      assert.deepEqual(Array.from(bools), [1, 0, 1, 1]);
      assert.equal(count, 3);
      assert.deepEqual(Array.from(same), [3, 0, -2, 1]);
    }
    assert.equal(tf.memory().numTensors, before);
  });

  it("clips to limits and lets NaN through", async () => {
    await tf.setBackend("wasm");
    const before = tf.memory().numTensors;
    const clipped = tf.tidy(() => Array.from(tf.clipByValue(tf.tensor1d([-3, 0.5, NaN, 7]), -1, 2).dataSync()));
    assert.deepEqual(clipped, [-1, 0.5, NaN, 2]);
    assert.equal(tf.memory().numTensors, before);
  });
});
