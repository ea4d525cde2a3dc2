import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { regionsWhileTraining, slicesWhileTraining, trainedOverInitial, type TrainingRow } from "fathom/experiments";
import { outputOf } from "fathom/nets";
import { imagePoint, trainMnistNets } from "../../../lib/experiments/linear-regions/mnist-nets";

const silent = (): void => undefined;
const small = {
  seed: 4,
  nets: 2,
  hiddenWidths: [10, 8],
  sigmaB: 0.001,
  trainingImages: 1000,
  testImages: 200,
  batchSize: 50,
  learningRate: 0.02,
  epochs: [0, 0.5, 2],
};

describe("nets that learn to read digits", () => {
  before(() => openEngine());

  it("are handed over as they were after each asked-for epoch, and leave no tensor", async () => {
    const count = tf.memory().numTensors;
    const { snapshots, test } = await trainMnistNets(small);
    assert.equal(tf.memory().numTensors, count);
    assert.deepEqual(
      snapshots.map(({ epoch, nets }) => [epoch, nets.length]),
      [
        [0, 2],
        [0.5, 2],
        [2, 2],
      ],
    );
    const [initial, , trained] = snapshots;
    trained.accuracy.forEach((accuracy, net) => assert.ok(accuracy > initial.accuracy[net] + 0.1));
    // The copies in float64 read the test images as the nets on the engine did.
    for (const { nets, accuracy } of snapshots) {
      nets.forEach((net, index) => {
        const right = Array.from({ length: 200 }, (_, place) => {
          const logits = outputOf(net, imagePoint(test, place));
          return logits.indexOf(Math.max(...logits)) === test.labels[place];
        });
        assert.ok(Math.abs(right.filter(Boolean).length / 200 - accuracy[index]) <= 0.005);
      });
    }
  });

  it("are counted along lines through data, beside what infinite width predicts of untrained ones", async () => {
    const rows = await regionsWhileTraining.run({ ...small, lines: 4, points: 5 }, silent);
    assert.equal(rows.length, 6);
    for (const row of rows) {
      assert.ok(row.segmentRegions >= 1 && row.lineRegions >= row.segmentRegions);
      assert.ok(row.distance > 0);
    }
    const [{ segmentRegions, predicted }] = rows;
    assert.ok(predicted.segmentRegions > 2 && predicted.segmentRegions < 19);
    assert.ok(Math.abs(segmentRegions - predicted.segmentRegions) < 6);
    await assert.rejects(regionsWhileTraining.run({ ...small, lines: 101, points: 5 }, silent), /more than 200 test/);
  });

  it("are cut along a plane that holds the three digits", async () => {
    const rows = await slicesWhileTraining.run({ ...small, nets: 1, digits: [0, 1, 7] }, silent);
    assert.deepEqual(
      rows.map(({ epoch }) => epoch),
      small.epochs,
    );
    for (const { regions, offsets, classes, digits } of rows) {
      assert.equal(offsets.length, regions + 1);
      assert.ok(classes.every((digit) => digit >= 0 && digit <= 9));
      assert.deepEqual(
        digits.map(({ label }) => label),
        [0, 1, 7],
      );
      const [x, y] = [digits.reduce((sum, one) => sum + one.x, 0), digits.reduce((sum, one) => sum + one.y, 0)];
      assert.ok(Math.hypot(x, y) < 1e-9);
    }
    await assert.rejects(slicesWhileTraining.run({ ...small, testImages: 1, digits: [0, 1, 7] }, silent), /shows a/);
  });

  it("are refused with epochs that do not ascend", async () => {
    for (const epochs of [[], [1, 0], [-1, 2], [0, 0]]) {
      await assert.rejects(trainMnistNets({ ...small, epochs }), /epochs ascend/);
    }
  });
});

describe("what training makes of a count", () => {
  const row = (net: number, epoch: number, segmentRegions: number): TrainingRow => ({
    net,
    epoch,
    segmentRegions,
    accuracy: 0.5,
    lineRegions: 10,
    distance: 0.1 * (1 + epoch),
    predicted: { segmentRegions: 5, distance: 0.1 },
  });
  const rows = [row(0, 0, 10), row(1, 0, 20), row(2, 0, 30), row(0, 1, 5), row(1, 1, 12), row(2, 1, 13)];

  it("is the ratio of the means, over the nets of all shapes", () => {
    const ratio = trainedOverInitial([rows, rows], 1);
    assert.ok(Math.abs(ratio.measured - 0.5) < 0.01);
    assert.equal(ratio.degreesOfFreedom, 5);
    assert.ok(ratio.standardError > 0.01 && ratio.standardError < 0.1);
    assert.ok(Math.abs(trainedOverInitial([rows], 1, "distance").measured - 2) < 1e-12);
  });

  it("is refused for an epoch that nobody looked at", () => {
    assert.throws(() => trainedOverInitial([rows], 3), /both 0 and 3 epochs/);
  });
});
