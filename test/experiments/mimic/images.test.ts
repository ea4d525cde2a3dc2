import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { imageSetAsked, type ImageSet, type LabelledImages } from "fathom/datasets";
import { openEngine } from "fathom/engine";
import { splitImages } from "fathom/experiments";
import {
  channelStatistics,
  disposeImages,
  joined,
  mirror,
  slice,
  standardised,
} from "../../../lib/experiments/mimic/images";

/** Images of 1 × 2 pixels in two channels; image i begins with i. */
function made(count: number): LabelledImages {
  const pixels = Uint8Array.from({ length: 4 * count }, (_, k) => (k % 4 === 0 ? k / 4 : 100 + (k % 4)));
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  return { name: "made", count, shape: [1, 2, 2], classes: 2, pixels, labels };
}
const set: ImageSet = { title: "made", train: made(50), test: made(10), classNames: ["a", "b"], mirrored: true };
const asked = { set: "mnist", labelled: 20, validation: 5, extra: 25, test: 8, halvings: 0, seed: 1 } as const;

describe("images for teachers and students", () => {
  it("are split into lots that do not overlap, labels with their images", () => {
    const { pool, validation, test } = splitImages(set, asked);
    assert.deepEqual([pool.count, validation.count, test.count], [45, 5, 8]);
    const first = (images: LabelledImages): number[] =>
      Array.from({ length: images.count }, (_, i) => images.pixels[4 * i]);
    assert.equal(new Set([...first(pool), ...first(validation)]).size, 50);
    first(pool).forEach((image, i) => assert.equal(pool.labels[i], image % 2));
    assert.deepEqual(first(test), [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("keep the labelled ones when fewer extra ones are asked for", () => {
    const fewer = splitImages(set, { ...asked, extra: 5 }).pool;
    assert.deepEqual(slice(fewer, 0, 20).pixels, slice(splitImages(set, asked).pool, 0, 20).pixels);
  });

  it("are refused in numbers that the set does not have", () => {
    assert.throws(() => splitImages(set, { ...asked, extra: 26 }), /asked for 20 \+ 5 \+ 26 and 8/);
    assert.throws(() => splitImages(set, { ...asked, test: 11 }), /10 test images/);
    for (const labelled of [0, 1.5, NaN]) assert.throws(() => splitImages(set, { ...asked, labelled }), /labelled/);
    assert.throws(() => splitImages(set, { ...asked, extra: -1 }), /extra/);
  });

  it("are mirrored pixel by pixel, colours kept, and joined", () => {
    const images = made(2);
    assert.deepEqual([...mirror(images).pixels], [102, 103, 0, 101, 102, 103, 1, 101]);
    assert.deepEqual(mirror(mirror(images)), images);
    const both = joined(images, mirror(images));
    assert.deepEqual([both.count, both.pixels.length, [...both.labels]], [4, 16, [0, 1, 0, 1]]);
  });

  it("are standardised channel by channel, and leave no tensor behind", async () => {
    await openEngine();
    const before = tf.memory().numTensors;
    const images = { ...made(30), pixels: Uint8Array.from({ length: 120 }, (_, k) => (k * k) % 200) };
    const tensors = standardised(images, channelStatistics(images, 30));
    const values = Array.from(tensors.images.dataSync());
    for (const channel of [0, 1]) {
      const own = values.filter((_, k) => k % 2 === channel);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const square = own.reduce((sum, value) => sum + value * value, 0) / own.length;
      assert.ok(Math.abs(mean) < 1e-5 && Math.abs(square - 1) < 1e-5);
    }
    disposeImages(tensors);
    assert.equal(tf.memory().numTensors, before);
    const flat = { ...images, pixels: new Uint8Array(120) };
    assert.throws(() => channelStatistics(flat, 30), /constant/);
  });

  it("are those that FATHOM_IMAGES asks for", () => {
    const kept = process.env["FATHOM_IMAGES"];
    try {
      delete process.env["FATHOM_IMAGES"];
      assert.equal(imageSetAsked(), "cifar10");
      process.env["FATHOM_IMAGES"] = "mnist";
      assert.equal(imageSetAsked(), "mnist");
      process.env["FATHOM_IMAGES"] = "imagenet";
      assert.throws(() => imageSetAsked(), /FATHOM_IMAGES is "imagenet"; known sets are cifar10 and mnist/);
    } finally {
      if (kept === undefined) delete process.env["FATHOM_IMAGES"];
      else process.env["FATHOM_IMAGES"] = kept;
    }
  });
});
