import * as tf from "@tensorflow/tfjs";
import type { Tensor1D, Tensor2D } from "../engine";
import { type Key, permutation } from "../random";

/** Rows, columns and, where an image has more than one, colour channels. */
export type ImageShape = readonly [rows: number, columns: number, channels?: number];

/** Images with a class each, as bytes. */
export interface LabelledImages {
  readonly name: string;
  readonly count: number;
  readonly shape: ImageShape;
  readonly classes: number;
  /** `count` images one after the other, row by row, the channels of a pixel together, 0 … 255. */
  readonly pixels: Uint8Array;
  /** One class, 0 … classes − 1, an image. */
  readonly labels: Uint8Array;
}

/** Images and labels on the engine. Whoever asked for them disposes them. */
export interface LabelledTensors {
  /** [count, values of an image], float32; in [0, 1] as `toTensors` makes them. */
  readonly images: Tensor2D;
  /** [count], int32. */
  readonly labels: Tensor1D;
  readonly classes: number;
}

/**
 * Numbers that make up one image: rows · columns · channels.
 * @throws RangeError unless the shape is two or three whole numbers of at least 1
 */
export function valuesPerImage(shape: ImageShape): number {
  const sizes: readonly (number | undefined)[] = shape;
  if (!(sizes.length === 2 || sizes.length === 3) || !sizes.every((size) => Number.isSafeInteger(size) && size! >= 1)) {
    throw new RangeError(
      `an image's shape is [rows, columns] or [rows, columns, channels], whole numbers of at least 1; given [${sizes.join(", ")}]`,
    );
  }
  const [rows, columns, channels = 1] = shape;
  return rows * columns * channels;
}

/** The images, if their numbers agree. @throws RangeError that says which do not */
function checked(images: LabelledImages): LabelledImages {
  const { name, count, shape, classes, pixels, labels } = images;
  if (typeof name !== "string") throw new TypeError(`the name of images is text; given ${String(name)}`);
  for (const [what, number] of Object.entries({ count, classes })) {
    if (!Number.isSafeInteger(number) || number < 1) {
      throw new RangeError(`${name}: ${what} is a whole number of at least 1; given ${number}`);
    }
  }
  const expected = count * valuesPerImage(shape);
  if (pixels.length !== expected) {
    throw new RangeError(
      `${name}: ${count} images of ${shape.join(" × ")} have ${expected} pixels; given ${pixels.length}`,
    );
  }
  if (labels.length !== count)
    throw new RangeError(`${name}: ${count} images have as many labels; given ${labels.length}`);
  return images;
}

/**
 * `count` different images chosen by a key, in the order drawn.
 * @throws RangeError if count is not a whole number in 1 … images.count
 */
export function subset(images: LabelledImages, key: Key, count: number): LabelledImages {
  checked(images);
  if (!Number.isInteger(count) || count < 1 || count > images.count) {
    throw new RangeError(
      `${images.name} has ${images.count} images; a subset needs a whole number of them, not ${count}`,
    );
  }
  return picked(images, permutation(key, images.count).subarray(0, count));
}

/**
 * Images by their places, in the order given.
 * @throws RangeError for no places, or one that is not a whole number in 0 … images.count − 1
 */
export function picked(images: LabelledImages, places: ArrayLike<number>): LabelledImages {
  const size = valuesPerImage(checked(images).shape);
  const chosen = Array.from(places);
  const count = chosen.length;
  if (count === 0) throw new RangeError(`no images of ${images.name} were picked`);
  const astray = chosen.findIndex((place) => !(Number.isInteger(place) && place >= 0 && place < images.count));
  if (astray >= 0) throw new RangeError(`${images.name} has ${images.count} images and none at ${chosen[astray]}`);
  const pixels = new Uint8Array(count * size);
  chosen.forEach((index, i) => pixels.set(images.pixels.subarray(index * size, (index + 1) * size), i * size));
  return {
    ...images,
    name: `${images.name}, ${count} images`,
    count,
    pixels,
    labels: Uint8Array.from(chosen, (index) => images.labels[index]),
  };
}

/**
 * Images of half the rows and columns: each pixel the mean of two by two, rounded to a byte.
 * @throws RangeError if rows or columns are odd
 */
export function halved(images: LabelledImages): LabelledImages {
  const [rows, columns, channels = 1] = checked(images).shape;
  if (rows % 2 !== 0 || columns % 2 !== 0) {
    throw new RangeError(`${images.name} has ${rows} × ${columns} pixels; only even numbers can be halved`);
  }
  const shape: ImageShape = images.shape.length === 3 ? [rows / 2, columns / 2, channels] : [rows / 2, columns / 2];
  const pixels = new Uint8Array(images.pixels.length / 4);
  const row = columns * channels;
  for (let to = 0; to < pixels.length; to++) {
    const channel = to % channels;
    const column = Math.floor(to / channels) % (columns / 2);
    const from = Math.floor(to / (row / 2)) * 2 * row + column * 2 * channels + channel;
    const four =
      images.pixels[from] +
      images.pixels[from + channels] +
      images.pixels[from + row] +
      images.pixels[from + row + channels];
    pixels[to] = Math.round(four / 4);
  }
  return { ...images, name: `${images.name}, halved`, shape, pixels };
}

/**
 * Every image as a vector of its pixels divided by 255, on the opened engine.
 * @throws RangeError where the numbers of images, pixels and labels do not agree, as all of these functions do
 */
export function toTensors(images: LabelledImages): LabelledTensors {
  const values = new Float32Array(checked(images).pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = images.pixels[i] / 255;
  return {
    images: tf.tensor2d(values, [images.count, valuesPerImage(images.shape)]),
    labels: tf.tensor1d(Int32Array.from(images.labels), "int32"),
    classes: images.classes,
  };
}
