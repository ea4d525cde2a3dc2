import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor } from "fathom/engine";
import { fullyConnected, heNormal } from "fathom/nets";
import { foldIn, key, normal } from "fathom/random";
import { descend, decayingAdam, recording, squaredErrorLoss, type TrainingResult } from "fathom/train";
import { trainedVariables } from "../../lib/train/trained-variables";

describe("the variables of a training run", () => {
  before(() => openEngine());

  for (const [nets, shapes] of [
    [1, [[4, 3], [3]]],
    [
      2,
      [
        [2, 4, 3],
        [2, 3],
      ],
    ],
  ] as const) {
    it(`of ${nets} net${nets === 1 ? " have no axis of nets" : "s have one"}, and their numbers do as an ensemble's`, () => {
      const before = tf.memory().numTensors;
      const parameters = [normal(key(1), [nets, 4, 3]), normal(key(2), [nets, 3])];
      const { variables, stacked } = trainedVariables(parameters);
      assert.deepEqual(
        variables.map(({ shape }) => shape),
        shapes,
      );
      tf.tidy(() => variables[1].assign(tf.add(variables[1], 1)));
      const found = stacked();
      found.forEach(({ shape }, index) => assert.deepEqual(shape, parameters[index].shape));
      assert.deepEqual(found[0].dataSync(), parameters[0].dataSync());
      found[1].dataSync().forEach((value, i) => assert.equal(value, Math.fround(parameters[1].dataSync()[i] + 1)));
      tf.dispose([...parameters, ...variables, ...found]);
      assert.equal(tf.memory().numTensors, before);
    });
  }

  it("take one net where it goes among others", async () => {
    const architecture = fullyConnected({ inputWidth: 5, hiddenWidths: [7], outputWidth: 2, initialisation: heNormal });
    const [inputs, targets] = [normal(foldIn(key(3), "inputs"), [40, 5]), normal(foldIn(key(3), "targets"), [40, 2])];
    const alone = architecture.parameters(key(4), 1);
    const twice = alone.map((parameter) => tf.tidy(() => tf.concat([parameter, parameter])));
    const recorded = recording(decayingAdam([0.01], 20), [0, 20]);
    const train = (parameters: readonly Tensor[], optimiser = recorded.optimiser): Promise<TrainingResult> =>
      descend({
        architecture,
        parameters,
        optimiser,
        inputs,
        loss: squaredErrorLoss(targets),
        batchSize: 10,
        epochs: 5,
        key: key(5),
        evaluate: async (current) => {
          const loss = tf.tidy(() => tf.mean(tf.square(architecture.output(current, inputs)), [1, 2]));
          const values = Array.from(await loss.data());
          loss.dispose();
          return { loss: values, accuracy: values };
        },
      });
    const before = tf.memory().numTensors;
    const one = await train(alone);
    const both = await train(twice, decayingAdam([0.01, 0.01], 20));
    one.parameters.forEach((parameter, index) => {
      assert.deepEqual(parameter.shape, alone[index].shape);
      const values = parameter.dataSync();
      both.parameters[index].dataSync().forEach((value, i) => {
        assert.ok(Math.abs(value - values[i % values.length]) < 1e-5, `${value}, ${values[i % values.length]}`);
      });
      // Twenty steps of 0.01 go far beyond rounding.
      assert.notDeepEqual(values, alone[index].dataSync());
    });
    one.history.forEach(({ loss }, at) => assert.ok(Math.abs(loss[0]! - both.history[at].loss[1]!) < 1e-5));
    assert.deepEqual(recorded.taken.get(20)![0].shape, [5, 7]);
    assert.deepEqual(recorded.taken.get(20)![0].dataSync(), one.parameters[0].dataSync());
    recorded.dispose();
    tf.dispose([...one.parameters, ...both.parameters]);
    assert.equal(tf.memory().numTensors, before);
    tf.dispose([inputs, targets, ...alone, ...twice]);
  });
});
