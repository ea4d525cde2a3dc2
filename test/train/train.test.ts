import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { LabelledTensors } from "fathom/datasets";
import { openEngine, type Tensor } from "fathom/engine";
import { type Architecture, fullyConnected, heNormal } from "fathom/nets";
import { key, normalArray } from "fathom/random";
import { adam, crossEntropy, evaluate, momentum, sgd, train, type TrainingOptions } from "fathom/train";

/** Three well separated clouds in the plane, 60 points each. */
function clouds(seed: number): LabelledTensors {
  const count = 180;
  const noise = normalArray(key(seed), 2 * count);
  const centres = [
    [2, 0],
    [-2, 1],
    [0, -2],
  ];
  const values = noise.map((z, i) => centres[Math.floor(i / 2) % 3][i % 2] + 0.4 * z);
  return {
    images: tf.tensor2d(values, [count, 2]),
    labels: tf.tensor1d(
      Int32Array.from({ length: count }, (_, i) => i % 3),
      "int32",
    ),
    classes: 3,
  };
}

const nets = 3;

describe("training an ensemble", () => {
  let architecture: Architecture;
  let training: LabelledTensors;
  let test: LabelledTensors;
  let parameters: Tensor[];
  const options = (changes: Partial<TrainingOptions> = {}): TrainingOptions => ({
    architecture,
    parameters,
    optimiser: sgd(0.1),
    training,
    test,
    batchSize: 30,
    epochs: 4,
    key: key(7),
    ...changes,
  });
  const run = async (changes: Partial<TrainingOptions> = {}) => {
    const result = await train(options(changes));
    tf.dispose(result.parameters);
    return result;
  };

  before(async () => {
    await openEngine();
    architecture = fullyConnected({ inputWidth: 2, hiddenWidths: [8, 8], outputWidth: 3, initialisation: heNormal });
    parameters = architecture.parameters(key(1), nets);
    training = clouds(1);
    test = clouds(2);
  });
  after(() => tf.dispose([parameters, training.images, training.labels, test.images, test.labels]));

  for (const optimiser of [sgd(0.1), momentum(0.02), adam(0.01)]) {
    it(`learns separable clouds with ${optimiser.name}`, async () => {
      const { history, nets: outcomes, steps } = await run({ optimiser, epochs: 12 });
      assert.equal(steps, 12 * 6);
      assert.equal(history.length, 13);
      assert.deepEqual(
        history.map(({ epoch }) => epoch),
        Array.from({ length: 13 }, (_, i) => i),
      );
      for (const accuracy of history[12].accuracy) assert.ok(accuracy > 0.97, String(accuracy));
      for (const { outcome } of outcomes) assert.equal(outcome, "unfinished");
    });
  }

  it("stops when every net has arrived, and tells when each did, in fractions of an epoch", async () => {
    const { history, nets: outcomes, steps } = await run({ stopAtAccuracy: 0.9, evaluationsPerEpoch: 6, epochs: 50 });
    assert.ok(steps < 50 * 6);
    outcomes.forEach(({ outcome, epochs }, net) => {
      assert.equal(outcome, "reached");
      const first = history.find(({ accuracy, epoch }) => epoch > 0 && accuracy[net] >= 0.9);
      assert.equal(epochs, first?.epoch);
    });
    assert.equal(Math.max(...outcomes.map(({ epochs }) => epochs!)), history[history.length - 1].epoch);
  });

  it("repeats bit for bit with one key, and not with another", async () => {
    const [a, b, c] = [await run(), await run(), await run({ key: key(8) })];
    assert.deepEqual(a.history, b.history);
    assert.notDeepEqual(a.history, c.history);
  });

  it("trains each net as if it were alone", async () => {
    const together = await run();
    for (let net = 0; net < nets; net++) {
      const own = parameters.map((parameter) => tf.slice(parameter, net, 1));
      const alone = await run({ parameters: own });
      tf.dispose(own);
      together.history.forEach(({ loss }, i) => {
        assert.ok(Math.abs(loss[net]! / alone.history[i].loss[0]! - 1) < 1e-4);
      });
    }
  });

  it("calls a net diverged once its loss is not finite, and the others go on", async () => {
    const spoiled = parameters.map((parameter, i) =>
      i === 0 ? tf.mul(parameter, tf.tensor3d([1, 1e38, 1], [3, 1, 1])) : tf.clone(parameter),
    );
    const { nets: outcomes, history } = await run({ parameters: spoiled, epochs: 12, stopAtAccuracy: 0.9 });
    tf.dispose(spoiled);
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ["reached", "diverged", "reached"],
    );
    assert.equal(history[history.length - 1].loss[1], null);
    assert.equal(history[history.length - 1].accuracy[1], 0);
  });

  it("stops as soon as no net is left to train", async () => {
    const { nets: outcomes, steps } = await run({ optimiser: sgd(1e30), epochs: 12 });
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ["diverged", "diverged", "diverged"],
    );
    assert.equal(steps, 6);
  });

  it("leaves the initial parameters as they were, and no tensor behind", async () => {
    const before = parameters.map((parameter) => [...parameter.dataSync()]);
    const count = tf.memory().numTensors;
    for (const optimiser of [sgd(0.1), momentum(0.1), adam(0.1)]) await run({ optimiser });
    assert.equal(tf.memory().numTensors, count);
    parameters.forEach((parameter, i) => assert.deepEqual([...parameter.dataSync()], before[i]));
  });

  it("reports after every evaluation and lets other work through between batches", async () => {
    const fractions: number[] = [];
    const left: (number | null)[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await run({ report: (state) => (fractions.push(state.fraction), left.push(state.secondsLeft)), epochs: 20 });
    clearInterval(timer);
    assert.equal(fractions.length, 21);
    assert.equal(fractions[0], 0);
    assert.equal(fractions[20], 1);
    assert.equal(left[0], null);
    assert.ok(left[1]! > 0);
    assert.equal(left[20], 0);
    assert.ok(turns > 0);
  });

  it("stops between batches when aborted, leaving no tensor behind", async () => {
    const abort = new AbortController();
    const count = tf.memory().numTensors;
    const stopping = train(options({ signal: abort.signal, report: ({ epoch }) => epoch === 2 && abort.abort() }));
    await assert.rejects(stopping, { name: "AbortError" });
    assert.equal(tf.memory().numTensors, count);
  });

  it("refuses options that cannot be meant", async () => {
    await assert.rejects(run({ batchSize: 0 }), /batchSize/);
    await assert.rejects(run({ batchSize: 181 }), /there are 180/);
    await assert.rejects(run({ epochs: 1.5 }), /epochs/);
    await assert.rejects(run({ evaluationsPerEpoch: 0 }), /evaluationsPerEpoch/);
    await assert.rejects(run({ stopAtAccuracy: 20 }), /fraction in \(0, 1\]/);
    await assert.rejects(run({ parameters: [] }), /leading axis/);
    const other = fullyConnected({ inputWidth: 3, hiddenWidths: [4], outputWidth: 3, initialisation: heNormal });
    await assert.rejects(run({ architecture: other }), /takes 3 inputs; training has 2/);
    const classes = fullyConnected({ inputWidth: 2, hiddenWidths: [4], outputWidth: 5, initialisation: heNormal });
    await assert.rejects(run({ architecture: classes }), /5 outputs for 3 classes/);
  });

  it("refuses labels that are no classes", async () => {
    for (const [label, dtype] of [
      [3, "int32"],
      [-1, "int32"],
      [0.5, "float32"],
    ] as const) {
      const labels = tf.tensor1d([...new Array<number>(179).fill(0), label], dtype);
      const refusal = new RegExp(`labels are whole numbers from 0 to 2; number 179 is ${label}`);
      await assert.rejects(run({ training: { ...training, labels } }), refusal);
      labels.dispose();
    }
  });
});

describe("evaluation", () => {
  before(() => openEngine());

  it("is the mean cross-entropy and the share of largest logits, whatever the chunks", async () => {
    const architecture = fullyConnected({ inputWidth: 2, hiddenWidths: [5], outputWidth: 3, initialisation: heNormal });
    const parameters = architecture.parameters(key(3), 2);
    const set = clouds(5);
    const logits = architecture.output(parameters, set.images);
    const values = (await logits.array()) as number[][][];
    const labels = await set.labels.data();
    const whole = await evaluate(architecture, parameters, set);
    values.forEach((rows, net) => {
      let loss = 0;
      let right = 0;
      rows.forEach((row, i) => {
        const top = Math.max(...row);
        loss += Math.log(row.reduce((sum, z) => sum + Math.exp(z - top), 0)) + top - row[labels[i]];
        if (row.indexOf(top) === labels[i]) right++;
      });
      assert.ok(Math.abs(whole.loss[net] - loss / 180) < 1e-5);
      assert.equal(whole.accuracy[net], right / 180);
    });
    const parts = await evaluate(architecture, parameters, set, 50);
    assert.deepEqual(parts.accuracy, whole.accuracy);
    parts.loss.forEach((loss, net) => assert.ok(Math.abs(loss - whole.loss[net]) < 1e-5));
    tf.dispose([parameters, set.images, set.labels, logits]);
  });

  it("is ln(classes) for equal logits", () => {
    const loss = tf.tidy(() => crossEntropy(tf.zeros([2, 4, 10]), tf.oneHot(tf.tensor1d([1, 2, 3, 4], "int32"), 10)));
    for (const value of loss.dataSync()) assert.ok(Math.abs(value - Math.log(10)) < 1e-6);
    loss.dispose();
  });
});
