import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Scalar, type Tensor } from "fathom/engine";
import { convolutional, type ConvolutionalOptions, linearBottleneck, linearBottleneckParameters } from "fathom/nets";
import { key, normal } from "fathom/random";

/** The same convolution in loops: borders filled up with zeros as TensorFlow's "same" does, then ReLU and max pooling. */
function plainConvolution(
  image: readonly number[],
  [rows, columns, channels]: readonly [number, number, number],
  weights: readonly number[],
  { size, stride, pool, out }: { size: number; stride: number; pool: number; out: number },
): number[] {
  const [height, width] = [rows / stride, columns / stride];
  const before = (length: number, places: number): number =>
    Math.floor(Math.max(0, (places - 1) * stride + size - length) / 2);
  const maps: number[][][] = [];
  for (let y = 0; y < height; y++) {
    maps.push([]);
    for (let x = 0; x < width; x++) {
      const sums = new Array<number>(out).fill(0);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const [row, column] = [y * stride + i - before(rows, height), x * stride + j - before(columns, width)];
          if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
          for (let c = 0; c < channels; c++) {
            const pixel = image[(row * columns + column) * channels + c];
            for (let o = 0; o < out; o++) sums[o] += pixel * weights[((i * size + j) * channels + c) * out + o];
          }
        }
      }
      maps[y].push(sums.map((sum) => Math.max(0, sum)));
    }
  }
  const found: number[] = [];
  for (let y = 0; y < height / pool; y++) {
    for (let x = 0; x < width / pool; x++) {
      for (let o = 0; o < out; o++) {
        let largest = -Infinity;
        for (let i = 0; i < pool; i++) {
          for (let j = 0; j < pool; j++) largest = Math.max(largest, maps[y * pool + i][x * pool + j][o]);
        }
        found.push(largest);
      }
    }
  }
  return found;
}

const options: ConvolutionalOptions = {
  inputShape: [8, 4, 3],
  convolutions: [
    { channels: 4, size: 3, stride: 2, pool: 1 },
    { channels: 5, size: 3, pool: 2 },
  ],
  hiddenWidths: [6],
  outputWidth: 7,
};

describe("a convolutional net", () => {
  before(() => openEngine());

  it("convolves, cuts off, pools and reads out as loops do", async () => {
    const net = convolutional(options);
    const parameters = net.parameters(key(1));
    const x = normal(key(2), [2, 96]);
    const [, first, second, hidden] = net.activations(parameters, x);
    const values = await Promise.all([x, parameters[0], parameters[2], first, second].map((t) => t.array()));
    const [images, filter1, filter2, maps1, maps2] = values as number[][][];
    for (const image of [0, 1]) {
      const one = plainConvolution(images[image], [8, 4, 3], filter1.flat(), { size: 3, stride: 2, pool: 1, out: 4 });
      const two = plainConvolution(one, [4, 2, 4], filter2.flat(), { size: 3, stride: 1, pool: 2, out: 5 });
      one.forEach((value, i) => assert.ok(Math.abs(value - maps1[image][i]) < 1e-5));
      two.forEach((value, i) => assert.ok(Math.abs(value - maps2[image][i]) < 1e-4));
    }
    const output = net.output(parameters, x);
    const expected = tf.add(tf.matMul(hidden, parameters[6]), parameters[7]);
    assert.ok(tf.max(tf.abs(tf.sub(expected, output))).dataSync()[0] < 1e-5);
    assert.deepEqual(output.shape, [2, 7]);
  });

  it("has gradients that agree with differences, for filters and biases", () => {
    const net = convolutional(options);
    const parameters = net.parameters(key(3), 2);
    const x = normal(key(4), [5, 96]);
    const loss = (...list: Tensor[]): Scalar => tf.sum<Scalar>(tf.square(net.output(list, x)));
    const gradients = tf.grads(loss)(parameters);
    for (const index of [0, 1, 2, 4, 6]) {
      const direction = normal(key(10 + index), parameters[index].shape);
      const along = tf.sum(tf.mul(direction, gradients[index])).dataSync()[0];
      const at = (step: number): number => {
        const moved = parameters.map((p, i) => (i === index ? tf.add(p, tf.mul(direction, step)) : p));
        return loss(...moved).dataSync()[0];
      };
      const slope = (at(3e-5) - at(-3e-5)) / 6e-5;
      assert.ok(
        Math.abs(slope - along) < 0.01 * Math.abs(along) + 0.3,
        `parameter ${index}: ${slope} against ${along}`,
      );
    }
  });

  it("gives each net of an ensemble what it gives alone", () => {
    const net = convolutional(options);
    const parameters = net.parameters(key(5), 3);
    const x = normal(key(6), [4, 96]);
    const together = net.output(parameters, x);
    assert.deepEqual(together.shape, [3, 4, 7]);
    for (const index of [0, 1, 2]) {
      const alone = net.output(
        parameters.map((p) =>
          tf.squeeze(tf.slice(p, [index, ...p.shape.slice(1).map(() => 0)], [1, ...p.shape.slice(1)]), [0]),
        ),
        x,
      );
      assert.ok(
        tf.max(tf.abs(tf.sub(tf.squeeze(tf.slice(together, [index, 0, 0], [1, 4, 7]), [0]), alone))).dataSync()[0] <
          1e-5,
      );
    }
  });

  it("leaves no tensor behind", () => {
    const net = convolutional(options);
    const before = tf.memory().numTensors;
    const parameters = net.parameters(key(5), 2);
    const x = normal(key(6), [4, 96]);
    tf.dispose([net.output(parameters, x), parameters, x]);
    assert.equal(tf.memory().numTensors, before);
  });

  it("refuses parameters and images of other shapes, forwards and in reverse", () => {
    tf.tidy(() => {
      const net = convolutional(options);
      const [alone, stack] = [net.parameters(key(1)), net.parameters(key(1), 2)];
      const swapped = [alone[2], ...alone.slice(1)];
      const images = (...shape: number[]): Tensor => normal(key(2), [...shape, 96]);
      const activations = (p: Tensor[], x: Tensor): Tensor[] => net.activations(p, x);
      for (const run of [net.output, net.output.reverse!, activations]) {
        assert.throws(() => run(alone.slice(1), images(5)), /The net has 8 parameters; given 7/);
        assert.throws(() => run(swapped, images(5)), /Parameter 0 has the shape \[27, 4\]; given \[36, 5\]/);
        assert.throws(() => run(alone, images(2, 5)), /Images for this net have the shape \[images, 96\]; given/);
        assert.throws(() => run(stack, images(3, 5)), /Images for this net have the shape \[2, images, 96\]; given/);
        assert.throws(() => run(stack, images()), /given \[96\]/);
        assert.throws(() => run(alone, normal(key(2), [5, 95])), /given \[5, 95\]/);
      }
    });
  });

  it("refuses shapes that it cannot have", () => {
    const refused = (change: Partial<ConvolutionalOptions>, message: RegExp): void => {
      assert.throws(() => convolutional({ ...options, ...change }), message);
    };
    refused({ convolutions: [] }, /at least one convolution/);
    refused({ convolutions: [{ channels: 4, size: 2 }] }, /odd size/);
    refused({ convolutions: [{ channels: 4, pool: 3 }] }, /maps of 8 × 4; 3 must divide both/);
    refused({ convolutions: [{ channels: NaN }] }, /convolutions\[0\]\.channels/);
    refused({ hiddenWidths: [2.5] }, /hiddenWidths\[0\]/);
    assert.throws(() => convolutional(options).pushforward([], tf.scalar(0), tf.scalar(0)), /no forward mode/);
  });
});

describe("a net with a linear bottleneck", () => {
  before(() => openEngine());
  const shape = { inputWidth: 6, bottleneckWidth: 2, hiddenWidth: 9, outputWidth: 3 };

  it("is the net whose first matrix is the product, and has as many parameters as the formula says", () => {
    const net = linearBottleneck(shape);
    const parameters = net.parameters(key(1));
    const x = normal(key(2), [5, 6]);
    const [thin, wide, hiddenBias, readout, bias] = parameters;
    const full = tf.matMul(thin, wide);
    const expected = tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, full), hiddenBias)), readout), bias);
    assert.ok(tf.max(tf.abs(tf.sub(expected, net.output(parameters, x)))).dataSync()[0] < 1e-5);
    const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
    assert.equal(size, 6 * 2 + 2 * 9 + 9 + 9 * 3 + 3);
    assert.equal(linearBottleneckParameters(shape), size);
  });

  it("stacks nets on a leading axis and refuses widths that are none", () => {
    const net = linearBottleneck(shape);
    const parameters = net.parameters(key(1), 4);
    assert.deepEqual(net.output(parameters, normal(key(2), [5, 6])).shape, [4, 5, 3]);
    assert.throws(() => linearBottleneck({ ...shape, bottleneckWidth: 0 }), /bottleneckWidth/);
  });
});
