import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Scalar, type Tensor, type Tensor1D, type Variable } from "fathom/engine";
import { type Architecture, convolutional, fullyConnected, heNormal } from "fathom/nets";
import { key, normal } from "fathom/random";
import { adam, type BatchLoss, labelLoss, regressionLoss, sgd, squaredErrorLoss, trainingStep } from "fathom/train";

const count = 20;
const net = fullyConnected({ inputWidth: 6, hiddenWidths: [9], outputWidth: 4, initialisation: heNormal });
const nets: Record<string, Architecture> = {
  "a fully connected net": net,
  "a convolutional net": convolutional({
    inputShape: [2, 3, 1],
    convolutions: [{ channels: 5, size: 5, pool: 1 }],
    outputWidth: 4,
  }),
};

describe("a training step", () => {
  let inputs: Tensor;
  let losses: Record<string, BatchLoss>;
  let ofOneNet: Record<string, BatchLoss>;
  let held: Tensor[];
  before(async () => {
    await openEngine();
    inputs = normal(key(1), [count, 6]);
    const labels = tf.tensor1d(
      Array.from({ length: count }, (_, i) => i % 4),
      "int32",
    );
    const [shared, own] = [normal(key(2), [count, 4]), normal(key(3), [3, count, 4])];
    const ofFirst = tf.slice(own, 0, 1);
    held = [inputs, labels, shared, own, ofFirst];
    losses = {
      "cross-entropy": labelLoss({ labels, classes: 4 }),
      "squared error, targets shared": squaredErrorLoss(shared),
      "squared error, targets of each net": squaredErrorLoss(own),
    };
    ofOneNet = { ...losses, "squared error, targets of each net": squaredErrorLoss(ofFirst) };
  });
  after(() => tf.dispose(held));

  const names = ["cross-entropy", "squared error, targets shared", "squared error, targets of each net"];
  for (const name of names) {
    it(`has the gradient of the ${name} by the outputs`, () => {
      tf.tidy(() => {
        const loss = losses[name];
        const chosen: Tensor1D = tf.tensor1d([3, 7, 8, 1, 19], "int32");
        const outputs = normal(key(4), [3, 5, 4]);
        const expected = tf.grad((z: Tensor) => tf.sum<Scalar>(loss(z, chosen)))(outputs);
        const found = loss.gradient!(outputs, chosen);
        assert.deepEqual(found.shape, expected.shape);
        assert.ok(tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0] < 1e-7);
      });
    });

    it(`has that of the ${name} for a net that is not stacked`, () => {
      tf.tidy(() => {
        const loss = ofOneNet[name];
        const chosen: Tensor1D = tf.tensor1d([3, 7, 8, 1, 19], "int32");
        const outputs = normal(key(4), [5, 4]);
        const expected = loss.gradient!(tf.expandDims(outputs, 0), chosen);
        const found = loss.gradient!(outputs, chosen);
        assert.deepEqual(found.shape, [5, 4]);
        assert.ok(tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0] < 1e-7);
      });
    });

    for (const [kind, architecture] of Object.entries(nets))
      for (const stacked of [3, 1, undefined]) {
        it(`of ${kind}, ${stacked === undefined ? "single" : `${stacked} stacked`}, goes down the ${name} as the tape does`, () => {
          const loss = stacked === 3 ? losses[name] : ofOneNet[name];
          const before = tf.memory().numTensors;
          // The same net, known to the tape alone.
          const plain: Pick<Architecture, "output"> = { output: (parameters, x) => architecture.output(parameters, x) };
          const runs = [architecture, plain].map((stepped) => {
            const parameters = architecture.parameters(key(5), stacked);
            const variables = parameters.map((initial) => tf.variable(initial));
            const state = adam(0.01).attach(variables);
            for (let step = 0; step < 5; step++) {
              const indices = Int32Array.from({ length: 6 }, (_, i) => (step * 7 + 3 * i) % count);
              trainingStep(stepped, variables, state, inputs, loss, indices);
            }
            state.dispose();
            const values = variables.map((variable) => variable.dataSync<"float32">().slice());
            tf.dispose([...parameters, ...variables]);
            return values;
          });
          runs[0].forEach((values, i) =>
            values.forEach((value, j) =>
              assert.ok(Math.abs(value - runs[1][i][j]) < 2e-5, `${value}, ${runs[1][i][j]}`),
            ),
          );
          assert.equal(tf.memory().numTensors, before);
        });
      }
  }

  for (const kind of ["absolute", "squared"] as const) {
    it(`has the gradient of the ${kind} error by one output`, () => {
      tf.tidy(() => {
        const loss = regressionLoss(normal(key(2), [count, 1]), kind);
        const chosen: Tensor1D = tf.tensor1d([3, 7, 8, 1, 19], "int32");
        const outputs = normal(key(4), [3, 5, 1]);
        const expected = tf.grad((z: Tensor) => tf.sum<Scalar>(loss(z, chosen)))(outputs);
        for (const z of [outputs, ...tf.unstack(outputs)]) {
          const found = loss.gradient!(z, chosen);
          assert.deepEqual(found.shape, z.shape);
          const wanted =
            z === outputs ? expected : tf.grad((y: Tensor) => tf.sum<Scalar>(loss(y, chosen)))(tf.expandDims(z, 0));
          assert.ok(tf.max(tf.abs(tf.sub(found, wanted))).dataSync()[0] < 1e-7);
        }
      });
    });
  }

  it("takes the tape for a loss without a gradient of its own", () => {
    const variables = net.parameters(key(5), 1).map((initial): Variable => tf.variable(initial));
    const state = sgd(1).attach(variables);
    // Only the outputs' mean goes down: the readout's biases by 1/4 each.
    trainingStep(net, variables, state, inputs, (outputs) => tf.mean(outputs, [1, 2]), Int32Array.of(0, 1, 2));
    variables[3].dataSync().forEach((bias) => assert.ok(Math.abs(bias + 0.25) < 1e-6));
    tf.dispose(variables);
  });
});
