import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor } from "fathom/engine";
import { padded } from "fathom/experiments";
import { type Architecture, fullyConnected, glorotUniform } from "fathom/nets";
import { foldIn, key, uniform } from "fathom/random";
import { adaDelta, adam, type RegressionExamples, type RegressionOptions, sgd, trainRegression } from "fathom/train";

const netOf = (width: number): Architecture =>
  fullyConnected({
    inputWidth: 2,
    hiddenWidths: [width, width],
    outputWidth: 1,
    activation: "tanh",
    initialisation: glorotUniform,
    outputInitialisation: glorotUniform,
  });

/** The product of two numbers of U[0, 2]. */
function examples(name: string, count: number): RegressionExamples {
  return tf.tidy(() => {
    const inputs = uniform(foldIn(key(5), name), [count, 2], 0, 2);
    return { inputs, targets: tf.prod(inputs, 1, true) };
  });
}

describe("regression on an ensemble", () => {
  let parameters: Tensor[];
  let training: RegressionExamples;
  let test: RegressionExamples;
  const options = (changes: Partial<RegressionOptions> = {}): RegressionOptions => ({
    architecture: netOf(6),
    parameters,
    optimiser: adam(0.01),
    loss: "absolute",
    training,
    test,
    batchSize: 32,
    epochs: 1,
    key: key(9),
    ...changes,
  });
  const run = async (changes: Partial<RegressionOptions> = {}) => {
    const result = await trainRegression(options(changes));
    tf.dispose(result.parameters);
    return result;
  };

  before(async () => {
    await openEngine();
    parameters = netOf(6).parameters(key(1), 3);
    training = examples("training", 1280);
    // More than are pushed through at once.
    test = examples("test", 5000);
  });
  after(() => tf.dispose([...parameters, training.inputs, training.targets, test.inputs, test.targets]));

  for (const loss of ["absolute", "squared"] as const) {
    it(`learns a product by the ${loss} loss, measured on the test examples`, async () => {
      const result = await trainRegression(options({ loss, epochs: 10 }));
      assert.deepEqual(
        result.history.map(({ epoch }) => epoch),
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
      const outputs = netOf(6).output(result.parameters, test.inputs).arraySync() as number[][][];
      const targets = test.targets.arraySync() as number[][];
      const measure = (error: number): number => (loss === "absolute" ? Math.abs(error) : error ** 2);
      const meanOver = (error: (i: number) => number): number =>
        targets.reduce((sum, _, i) => sum + measure(error(i)), 0) / targets.length;
      assert.ok(Math.abs(result.lossOfZero / meanOver((i) => targets[i][0]) - 1) < 1e-5);
      outputs.forEach((rows, net) => {
        const last = result.history[10].loss[net]!;
        assert.ok(Math.abs(last / meanOver((i) => rows[i][0] - targets[i][0]) - 1) < 1e-4);
        assert.ok(last < 0.3 * result.lossOfZero, `${last} of ${result.lossOfZero}`);
      });
      tf.dispose(result.parameters);
    });
  }

  it("repeats bit for bit", async () => {
    assert.deepEqual((await run()).history, (await run()).history);
  });

  for (const optimiser of [sgd(0.05), adam(0.01), adaDelta()]) {
    it(`trains narrow nets padded with zeros as if they were alone, with ${optimiser.name}`, async () => {
      const narrow = netOf(3).parameters(foldIn(key(2), "narrow"), 2);
      const stack = tf.tidy(() => {
        const filled = padded(
          narrow,
          parameters.map(({ shape }) => shape),
        );
        return parameters.map((parameter, i) => tf.concat([parameter, filled[i]]));
      });
      const together = await trainRegression(options({ parameters: stack, optimiser }));
      const alone = await trainRegression(options({ architecture: netOf(3), parameters: narrow, optimiser }));
      const wide = await run({ optimiser });
      const losses = [...wide.history[1].loss, ...alone.history[1].loss];
      together.history[1].loss.forEach((loss, net) => assert.ok(Math.abs(loss! / losses[net]! - 1) < 1e-4));
      // The numbers that were padded are still exactly 0: those outside the narrow net's shape.
      together.parameters.forEach((parameter, i) => {
        const inside = padded([tf.onesLike(narrow[i])], parameters.map(({ shape }) => shape).slice(i, i + 1))[0];
        const outside = tf.mul(tf.slice(parameter, 3, 2), tf.sub(1, inside));
        for (const value of outside.dataSync()) assert.equal(Math.abs(value), 0);
        tf.dispose([inside, outside]);
      });
      tf.dispose([...stack, ...narrow, ...together.parameters, ...alone.parameters]);
    });
  }

  it("leaves the initial parameters as they were, and no tensor behind, also when stopped", async () => {
    const before = parameters.map((parameter) => [...parameter.dataSync()]);
    const count = tf.memory().numTensors;
    for (const optimiser of [sgd(0.1), adam(0.1), adaDelta()]) await run({ optimiser });
    const abort = new AbortController();
    const stopped = trainRegression(
      options({
        evaluationsPerEpoch: 4,
        signal: abort.signal,
        report: (fraction) => fraction === 0.5 && abort.abort(),
      }),
    );
    await assert.rejects(stopped, { name: "AbortError" });
    assert.equal(tf.memory().numTensors, count);
    parameters.forEach((parameter, i) => assert.deepEqual([...parameter.dataSync()], before[i]));
  });

  it("says null where a net has diverged, and goes on with the others", async () => {
    const spoiled = parameters.map((parameter) =>
      tf.mul(parameter, tf.reshape(tf.tensor1d([1, NaN, 1]), [3, ...new Array<number>(parameter.rank - 1).fill(1)])),
    );
    const { history } = await run({ parameters: spoiled });
    tf.dispose(spoiled);
    assert.equal(history[1].loss[1], null);
    assert.ok(history[1].loss[0]! > 0 && history[1].loss[2]! > 0);
  });

  it("refuses options that cannot be meant", async () => {
    await assert.rejects(run({ epochs: 0 }), /epochs/);
    await assert.rejects(run({ parameters: [] }), /leading axis/);
    await assert.rejects(
      run({ test: { inputs: test.targets, targets: test.targets } }),
      /takes inputs \[examples, 2\]/,
    );
    await assert.rejects(run({ test: { inputs: test.inputs, targets: test.inputs } }), /targets are \[5000, 1\]/);
    const two = fullyConnected({ inputWidth: 2, hiddenWidths: [3], outputWidth: 2, initialisation: glorotUniform });
    await assert.rejects(run({ architecture: two }), /has one output/);
  });
});
