import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { halved, type LabelledImages, picked, subset, toTensors } from "fathom/datasets";
import { openEngine } from "fathom/engine";
import { key } from "fathom/random";

/** Six images of 1 × 2 pixels; image i has pixels [i, 255 − i] and class i mod 3. */
const images: LabelledImages = {
  name: "six images",
  count: 6,
  shape: [1, 2],
  classes: 3,
  pixels: Uint8Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? i / 2 : 255 - (i - 1) / 2)),
  labels: Uint8Array.from([0, 1, 2, 0, 1, 2]),
};

describe("labelled images", () => {
  it("give a subset of different images, chosen by a key, labels with their images", () => {
    const chosen = subset(images, key(4), 5);
    assert.equal(chosen.count, 5);
    const first = Array.from({ length: 5 }, (_, i) => chosen.pixels[2 * i]);
    assert.equal(new Set(first).size, 5);
    first.forEach((image, i) => {
      assert.equal(chosen.pixels[2 * i + 1], 255 - image);
      assert.equal(chosen.labels[i], image % 3);
    });
    assert.deepEqual(subset(images, key(4), 5), chosen);
    assert.notDeepEqual(subset(images, key(5), 5).pixels, chosen.pixels);
  });

  it("refuse a subset that is none", () => {
    for (const count of [0, 7, 2.5, NaN]) assert.throws(() => subset(images, key(1), count), /six images has 6/);
  });

  it("are picked by their places, in order and again if asked", () => {
    const chosen = picked(images, [5, 0, 5]);
    assert.deepEqual([...chosen.pixels], [5, 250, 0, 255, 5, 250]);
    assert.deepEqual([...chosen.labels], [2, 0, 2]);
    assert.throws(() => picked(images, []), /no images/);
    assert.throws(() => picked(images, [1, 6]), /none at 6/);
  });

  it("are halved by the means of two by two pixels, colour by colour", () => {
    const pixels = Uint8Array.from([0, 100, 2, 110, 50, 7, 50, 7, 4, 120, 6, 130, 50, 8, 50, 8]);
    const colours: LabelledImages = { ...images, count: 1, shape: [2, 4, 2], pixels, labels: Uint8Array.of(1) };
    assert.deepEqual(halved(colours).shape, [1, 2, 2]);
    assert.deepEqual([...halved(colours).pixels], [3, 115, 50, 8]);
    assert.deepEqual(
      [...halved({ ...colours, count: 2, shape: [2, 4], labels: Uint8Array.of(1, 2) }).pixels].length,
      4,
    );
    assert.throws(() => halved(images), /1 × 2 pixels/);
  });

  it("become float32 in [0, 1] and int32 labels, and leave no tensor behind", async () => {
    await openEngine();
    const before = tf.memory().numTensors;
    const tensors = toTensors(images);
    assert.deepEqual(tensors.images.shape, [6, 2]);
    assert.equal(tensors.labels.dtype, "int32");
    assert.deepEqual([...tensors.labels.dataSync()], [0, 1, 2, 0, 1, 2]);
    const values = tensors.images.dataSync();
    assert.equal(values[1], 1);
    assert.equal(values[6], Math.fround(3 / 255));
    tf.dispose([tensors.images, tensors.labels]);
    assert.equal(tf.memory().numTensors, before);
  });
});
