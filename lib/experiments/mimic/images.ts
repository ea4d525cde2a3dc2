import * as tf from "@tensorflow/tfjs";
import {
  halved,
  type ImageSet,
  type ImageSetName,
  type LabelledImages,
  type LabelledTensors,
  picked,
  valuesPerImage,
} from "../../datasets";
import { foldIn, key, permutation } from "../../random";
import { demand, record } from "../../theory/demand-parts";

/** Which images teachers and students see: plain JSON, as it stands in a notebook's parameter cell. */
export interface MimicImages {
  readonly set: ImageSetName;
  /** Training images whose labels are used for training. */
  readonly labelled: number;
  /** Further training images whose labels choose learning rates and nothing else. */
  readonly validation: number;
  /** Further training images that are used without labels. */
  readonly extra: number;
  /** The first so many images of the test set. */
  readonly test: number;
  /** How often rows and columns are halved before a student sees an image. */
  readonly halvings: number;
  /** Chooses which training images are which. */
  readonly seed: number;
}

/** Three lots of images that do not overlap. */
export interface SplitImages {
  /** The labelled images first, then the extra ones. */
  readonly pool: LabelledImages;
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
}

/** Splits a set as asked. @throws RangeError for numbers of images that the set does not have */
export function splitImages(set: ImageSet, images: MimicImages): SplitImages {
  demand("images", images, record<MimicImages>({}));
  const { labelled, validation, extra, test, seed } = images;
  for (const [name, count] of Object.entries({ labelled, validation, test })) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`${name} is a number of images; given ${count}`);
  }
  if (!Number.isInteger(extra) || extra < 0) throw new RangeError(`extra is a number of images; given ${extra}`);
  if (labelled + validation + extra > set.train.count || test > set.test.count) {
    throw new RangeError(
      `${set.title} has ${set.train.count} training and ${set.test.count} test images; ` +
        `asked for ${labelled} + ${validation} + ${extra} and ${test}`,
    );
  }
  const order = permutation(foldIn(key(seed), "split"), set.train.count);
  return {
    pool: picked(set.train, order.subarray(0, labelled + extra)),
    validation: picked(set.train, order.subarray(labelled + extra, labelled + extra + validation)),
    test: picked(
      set.test,
      Array.from({ length: test }, (_, i) => i),
    ),
  };
}

/** Mean and standard deviation of each colour channel. */
export interface ChannelStatistics {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** Over all pixels of the first `count` images. @throws RangeError if a channel does not vary */
export function channelStatistics(images: LabelledImages, count: number): ChannelStatistics {
  const channels = images.shape[2] ?? 1;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const length = count * valuesPerImage(images.shape);
  for (let i = 0; i < length; i++) {
    const value = images.pixels[i];
    sums[i % channels] += value;
    squares[i % channels] += value * value;
  }
  const means = Array.from(sums, (sum) => (sum * channels) / length);
  const deviations = means.map((mean, channel) => Math.sqrt((squares[channel] * channels) / length - mean * mean));
  if (!deviations.every((deviation) => deviation > 0)) throw new RangeError(`a channel of ${images.name} is constant`);
  return { means, deviations };
}

/** Images on the engine, every channel less its mean, over its deviation. The caller hands it to `disposeImages`. */
export function standardised(images: LabelledImages, { means, deviations }: ChannelStatistics): LabelledTensors {
  const { pixels } = images;
  const values = new Float32Array(pixels.length);
  const channels = means.length;
  const scaled = Float32Array.from({ length: 256 * channels }, (_, at) => {
    const channel = at >> 8;
    return ((at & 255) - means[channel]) / deviations[channel];
  });
  for (let pixel = 0; pixel < pixels.length; pixel += channels) {
    for (let channel = 0; channel < channels; channel++) {
      values[pixel + channel] = scaled[(channel << 8) | pixels[pixel + channel]];
    }
  }
  return {
    images: tf.tensor2d(values, [images.count, valuesPerImage(images.shape)]),
    labels: tf.tensor1d(Int32Array.from(images.labels), "int32"),
    classes: images.classes,
  };
}

export function disposeImages(...sets: readonly LabelledTensors[]): void {
  for (const { images, labels } of sets) tf.dispose([images, labels]);
}

/** Images with rows and columns halved so many times. */
export function halvedTimes(images: LabelledImages, times: number): LabelledImages {
  return times === 0 ? images : halvedTimes(halved(images), times - 1);
}

/** A part of a set, images `from` to `to`. */
export function slice(images: LabelledImages, from: number, to: number): LabelledImages {
  const size = valuesPerImage(images.shape);
  return {
    ...images,
    count: to - from,
    pixels: images.pixels.subarray(from * size, to * size),
    labels: images.labels.subarray(from, to),
  };
}

/** Every image with left and right exchanged. */
export function mirror(images: LabelledImages): LabelledImages {
  const [rows, columns, channels = 1] = images.shape;
  const pixels = new Uint8Array(images.pixels.length);
  for (let row = 0; row < images.count * rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * channels;
      const to = (row * columns + columns - 1 - column) * channels;
      for (let channel = 0; channel < channels; channel++) pixels[to + channel] = images.pixels[from + channel];
    }
  }
  return { ...images, pixels };
}

/** The images of two lots, the first lot first. */
export function joined(first: LabelledImages, second: LabelledImages): LabelledImages {
  const pixels = new Uint8Array(first.pixels.length + second.pixels.length);
  pixels.set(first.pixels);
  pixels.set(second.pixels, first.pixels.length);
  const labels = Uint8Array.from([...first.labels, ...second.labels]);
  return { ...first, count: first.count + second.count, pixels, labels };
}
