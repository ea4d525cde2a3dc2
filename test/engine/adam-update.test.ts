import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { adamUpdate, type AdamUpdate, openEngine, type Tensor, type Variable } from "fathom/engine";
import { foldIn, key, normal } from "fathom/random";

const shapes = [[4, 3], [3], []];

/** Adam in float64, element by element, as its paper states it. */
function adamFloat64(
  weights: Float64Array,
  gradients: readonly Float32Array[],
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
): Float64Array {
  const result = weights.slice();
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  gradients.forEach((gradient, step) => {
    const corrected = (rate * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
    gradient.forEach((g, i) => {
      mean[i] = beta1 * mean[i] + (1 - beta1) * g;
      square[i] = beta2 * square[i] + (1 - beta2) * g * g;
      result[i] -= (corrected * mean[i]) / (Math.sqrt(square[i]) + epsilon);
    });
  });
  return result;
}

const variablesOf = (seed: number): Variable[] =>
  shapes.map((shape, i) => tf.tidy(() => tf.variable(normal(foldIn(key(seed), i), shape))));
const gradientsOf = (seed: number, step: number): Tensor[] =>
  shapes.map((shape, i) => normal(foldIn(foldIn(key(seed), step), i), shape));

for (const backend of ["the open engine", "cpu"]) {
  describe(`Adam's update on ${backend === "cpu" ? "the plain backend" : backend}`, () => {
    let current: string;
    before(async () => {
      await openEngine();
      current = tf.getBackend();
      if (backend === "cpu") await tf.setBackend("cpu");
    });
    after(() => tf.setBackend(current));

    for (const constants of [{}, { beta1: 0.5, beta2: 0.9, epsilon: 0.01 }, { beta1: 0 }]) {
      it(`follows the paper's formula with ${JSON.stringify(constants)}`, () => {
        const variables = variablesOf(1);
        const starts = variables.map((variable) => Float64Array.from(variable.dataSync()));
        const update = adamUpdate(variables, constants);
        const seen: Float32Array[][] = variables.map(() => []);
        for (let step = 0; step < 8; step++) {
          const gradients = gradientsOf(2, step);
          gradients.forEach((gradient, i) => seen[i].push(gradient.dataSync<"float32">().slice()));
          update.apply(gradients, 0.05);
          tf.dispose(gradients);
        }
        assert.equal(update.steps, 8);
        variables.forEach((variable, i) => {
          const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = constants;
          const expected = adamFloat64(starts[i], seen[i], 0.05, beta1, beta2, epsilon);
          // Moments in float32: 1 − β2 alone is right to 5e-5 of itself, which moves a step by half of that.
          variable
            .dataSync()
            .forEach((value, j) => assert.ok(Math.abs(value - expected[j]) < 2e-5, `${value} for ${expected[j]}`));
        });
        update.dispose();
        tf.dispose(variables);
      });
    }

    it("changes its variables and nobody's copy of them", () => {
      const numbers = new Float32Array(4096).fill(1);
      const start = tf.tensor1d(numbers);
      const variable = tf.variable(start);
      const [clone, reshaped] = [tf.clone(variable), tf.reshape(variable, [64, 64])];
      const update = adamUpdate([variable]);
      const gradient = tf.ones([4096]);
      const steps = [1, 2, 3].map(() => {
        update.apply([gradient], 0.1);
        return tf.clone(variable);
      });
      for (const copy of [start, clone, reshaped]) assert.ok(copy.dataSync().every((value) => value === 1));
      assert.ok(numbers.every((value) => value === 1));
      assert.ok(gradient.dataSync().every((value) => value === 1));
      // A constant gradient moves every weight by the rate a step.
      steps.forEach((copy, i) => assert.ok(copy.dataSync().every((value) => Math.abs(value - 0.9 + 0.1 * i) < 1e-4)));
      update.dispose();
      tf.dispose([variable, start, clone, reshaped, gradient, ...steps]);
    });

    it("sees a weight that was changed between steps", () => {
      const variables = variablesOf(3);
      const update = adamUpdate(variables);
      const gradients = gradientsOf(4, 0);
      update.apply(gradients, 0.1);
      variables[1].assign(tf.tidy(() => tf.fill([3], 100)));
      update.apply(gradients, 0.1);
      variables[1].dataSync().forEach((value) => assert.ok(Math.abs(value - 100) < 0.11 && value !== 100));
      update.dispose();
      tf.dispose([...variables, ...gradients]);
    });

    it("holds tensors only until it is disposed of, and a step adds none", () => {
      const variables = variablesOf(5);
      const gradients = gradientsOf(6, 0);
      const before = tf.memory().numTensors;
      let update!: AdamUpdate;
      tf.tidy(() => {
        update = adamUpdate(variables);
      });
      update.apply(gradients, 0.1);
      const held = tf.memory().numTensors;
      update.apply(gradients, 0.1);
      assert.equal(tf.memory().numTensors, held);
      update.dispose();
      assert.equal(tf.memory().numTensors, before);
      tf.dispose([...variables, ...gradients]);
    });

    it("refuses constants, rates and gradients that mean nothing, and then has changed nothing", () => {
      const variables = variablesOf(7);
      for (const constants of [{ beta1: 1 }, { beta1: -0.1 }, { beta2: NaN }, { epsilon: 0 }, { epsilon: Infinity }]) {
        assert.throws(() => adamUpdate(variables, constants), RangeError);
      }
      const update = adamUpdate(variables);
      const gradients = gradientsOf(8, 0);
      const before = variables.map((variable) => Array.from(variable.dataSync()));
      for (const rate of [0, -1, NaN, Infinity]) assert.throws(() => update.apply(gradients, rate), RangeError);
      assert.throws(() => update.apply(gradients.slice(1), 0.1), /3 variables need as many gradients, but got 2/);
      assert.throws(
        () => update.apply([gradients[1], gradients[0], gradients[2]], 0.1),
        /shape \[4, 3\], its gradient \[3\]/,
      );
      assert.deepEqual(
        variables.map((variable) => Array.from(variable.dataSync())),
        before,
      );
      assert.equal(update.steps, 0);
      update.dispose();
      tf.dispose([...variables, ...gradients]);
    });
  });
}
