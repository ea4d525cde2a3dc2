import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { momentum, recording, sgd } from "fathom/train";

describe("a recording of a training run", () => {
  before(() => openEngine());

  /** Four steps of gradient 1 from the weight 1, as `train` takes them: inside a tidy. */
  function fourSteps(optimiser: ReturnType<typeof sgd>): number {
    const one = tf.tensor1d([1]);
    const weight = tf.variable(one);
    const state = optimiser.attach([weight]);
    for (let step = 0; step < 4; step++) tf.tidy(() => state.apply([tf.tensor1d([1])]));
    const last = weight.dataSync()[0];
    state.dispose();
    tf.dispose([one, weight]);
    return last;
  }

  it("keeps the variables as they were after the asked-for steps", () => {
    const recorded = recording(sgd(0.25), [0, 1, 3]);
    fourSteps(recorded.optimiser);
    const values = [...recorded.taken].map(([step, [weight]]) => [step, weight.dataSync()[0]]);
    assert.deepEqual(values, [
      [0, 1],
      [1, 0.75],
      [3, 0.25],
    ]);
    recorded.dispose();
  });

  it("takes the optimiser's own steps, and leaves no tensor once disposed", () => {
    const before = tf.memory().numTensors;
    const recorded = recording(momentum(0.1), [2, 4, 9]);
    assert.equal(fourSteps(recorded.optimiser), fourSteps(momentum(0.1)));
    assert.deepEqual([...recorded.taken.keys()], [2, 4]);
    assert.equal(recorded.optimiser.learningRate, 0.1);
    recorded.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it("is refused for steps that are none", () => {
    for (const bad of [-1, 0.5, NaN]) assert.throws(() => recording(sgd(1), [bad]), /whole number/);
  });
});
