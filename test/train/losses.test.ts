import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor, type Tensor1D } from "fathom/engine";
import { fullyConnected, heNormal } from "fathom/nets";
import { key, normal } from "fathom/random";
import { adam, decayingAdam, descend, labelLoss, squaredErrorLoss } from "fathom/train";

const chosen = (...places: number[]): Tensor1D => tf.tensor1d(places, "int32");

describe("losses", () => {
  before(() => openEngine());

  it("of squares are half the squared distance to each example's own target, averaged over the batch", () => {
    const targets = tf.tensor2d([
      [0, 0],
      [1, 2],
      [5, 5],
    ]);
    const outputs = tf.tensor3d([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ]);
    // The batch holds examples 1 and 0: net 0 is off by (0, 0) and (3, 4), net 1 by (0, −1) and (0, 0).
    assert.deepEqual([...squaredErrorLoss(targets)(outputs, chosen(1, 0)).dataSync()], [25 / 4, 1 / 4]);
  });

  it("of squares take targets of their own for each net", () => {
    const targets = tf.tensor3d([
      [[1], [2]],
      [[3], [4]],
    ]);
    const outputs = tf.tensor3d([[[2]], [[2]]]);
    assert.deepEqual([...squaredErrorLoss(targets)(outputs, chosen(1)).dataSync()], [0, 2]);
  });

  it("of labels are the cross-entropy with the labels of the batch", () => {
    const labels = tf.tensor1d([2, 0, 1], "int32");
    const outputs = tf.tensor3d([
      [
        [0, 0, Math.log(2)],
        [0, 0, 0],
      ],
    ]);
    const [loss] = labelLoss({ labels, classes: 3 })(outputs, chosen(0, 2)).dataSync();
    assert.ok(Math.abs(loss - (Math.log(2) + Math.log(3)) / 2) < 1e-6);
  });
});

describe("descent on squared errors", () => {
  const architecture = fullyConnected({ inputWidth: 3, hiddenWidths: [16], outputWidth: 2, initialisation: heNormal });
  let inputs: Tensor;
  let targets: Tensor;
  let parameters: Tensor[];
  before(async () => {
    await openEngine();
    inputs = normal(key(1), [200, 3]);
    targets = tf.tidy(() => tf.matMul(inputs, normal(key(2), [3, 2])));
    parameters = architecture.parameters(key(3), 2);
  });
  after(() => tf.dispose([inputs, targets, ...parameters]));

  const fit = (seed: number, optimiser = decayingAdam(0.02, 200)) =>
    descend({
      architecture,
      parameters,
      optimiser,
      inputs,
      loss: squaredErrorLoss(targets),
      batchSize: 20,
      epochs: 20,
      key: key(seed),
      evaluate: async (current) => {
        const loss = tf.tidy(() =>
          tf.mean(tf.squaredDifference(architecture.output(current, inputs), targets), [1, 2]),
        );
        const values = Array.from(await loss.data());
        loss.dispose();
        return { loss: values, accuracy: [] };
      },
    });

  it("fits a linear map, the same bit for bit with one key, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const [one, again, other] = [await fit(7), await fit(7), await fit(8)];
    assert.ok(one.history.at(-1)!.loss.every((loss) => loss! < 0.01));
    assert.deepEqual(one.history, again.history);
    assert.notDeepEqual(one.history, other.history);
    for (const result of [one, again, other]) tf.dispose(result.parameters);
    assert.equal(tf.memory().numTensors, before);
  });

  it("stands still once the rate has fallen to 0", async () => {
    const short = await fit(7, decayingAdam(0.02, 50));
    const at = short.history.map(({ loss }) => loss);
    assert.deepEqual(at[5], at[20]);
    assert.notDeepEqual(at[4], at[5]);
    tf.dispose(short.parameters);
  });

  it("begins as Adam does", () => {
    const gradients = [tf.tensor1d([0.5, -2])];
    const stepped = [decayingAdam(0.1, 10), adam(0.1)].map((optimiser) => {
      const variables = [tf.variable(tf.tensor1d([1, 1]))];
      const state = optimiser.attach(variables);
      state.apply(gradients);
      state.dispose();
      return [...variables[0].dataSync()];
    });
    assert.deepEqual(stepped[0], stepped[1]);
  });

  it("refuses rates and step counts that are none", () => {
    for (const rate of [0, -1, NaN]) assert.throws(() => decayingAdam(rate, 10), /learning rate/);
    for (const steps of [0, 1.5, NaN]) assert.throws(() => decayingAdam(0.1, steps), /whole number of steps/);
  });
});
