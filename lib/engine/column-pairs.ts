import * as tf from "@tensorflow/tfjs";
import type { Tensor4D } from "./tensor";

/*
 * A convolution whose maps are read two columns at a time. Memory already holds the channels of two neighbours together, so
 * [batch, rows, columns, channels] is [batch, rows, columns / 2, 2 · channels] without a copy; the filter that acts on those
 * holds every weight twice, at its place for the left and for the right column of a pair. A processor's convolution works
 * on some sixteen channels at once and does the same with eight: with pairs those are not wasted.
 */

/** The left and the right column of a pair. */
const sides = [0, 1] as const;

/** Channels up to which pairs were faster; with filters below 5 × 5 the doubled weights cost what pairs gain. */
const mostChannels = 8;
const smallestFilter = 5;

/** Whether pairs pay for an op on `maps` that gives `channels` channels. */
export function paysToPair(maps: Tensor4D, filter: Tensor4D, stride: number, channels: number): boolean {
  return stride === 1 && channels <= mostChannels && filter.shape[1] >= smallestFilter && maps.shape[2] % 2 === 0;
}

/** [batch, rows, columns, channels] as [batch, rows, columns / 2, 2 · channels]. */
export function paired(maps: Tensor4D): Tensor4D {
  const [batch, rows, columns, channels] = maps.shape;
  return tf.reshape(maps, [batch, rows, columns / 2, 2 * channels]);
}

/** The inverse of `paired`. */
export function unpaired(maps: Tensor4D): Tensor4D {
  const [batch, rows, pairs, channels] = maps.shape;
  return tf.reshape(maps, [batch, rows, 2 * pairs, channels / 2]);
}

/** The shape of `pairedFilter(filter)`. */
export function pairedShape([rows, columns, channelsIn, channelsOut]: Tensor4D["shape"]): Tensor4D["shape"] {
  return [rows, pairsOf(columns), 2 * channelsIn, 2 * channelsOut];
}

/** The filter that does to pairs of columns what `filter` [rows, columns, in, out] does to columns, zeros beside it. */
export function pairedFilter(filter: Tensor4D): Tensor4D {
  const { shape, size } = filter;
  const sources = new Int32Array(tf.util.sizeFromShape(pairedShape(shape))).fill(size);
  for (const written of sides) placesOf(shape, written).forEach((place, weight) => (sources[place] = weight));
  const weights = tf.concat([tf.reshape(filter, [size]), tf.zeros([1])]);
  return tf.reshape(tf.gather(weights, tf.tensor1d(sources, "int32")), pairedShape(shape));
}

/** The gradient by a filter of the given shape from that by `pairedFilter` of it. */
export function unpairedFilterGradient(gradient: Tensor4D, shape: Tensor4D["shape"]): Tensor4D {
  const flat = tf.reshape(gradient, [gradient.size]);
  const [byLeft, byRight] = sides.map((written) => tf.gather(flat, tf.tensor1d(placesOf(shape, written), "int32")));
  return tf.reshape(tf.add(byLeft, byRight), shape);
}

/** Pairs that a filter of so many columns, an odd number, reaches around the pair of its middle. */
function pairsOf(columns: number): number {
  return 2 * Math.ceil((columns - 1) / 4) + 1;
}

/** For each weight of a filter, in its order, its place in the paired filter where it acts for that side of a pair. */
function placesOf([rows, columns, channelsIn, channelsOut]: Tensor4D["shape"], written: number): Int32Array {
  const pairs = pairsOf(columns);
  const places = new Int32Array(rows * columns * channelsIn * channelsOut);
  let weight = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      // Columns from the left one of the first pair that is read.
      const read = column - (columns - 1) / 2 + written + (pairs - 1);
      for (let channel = 0; channel < channelsIn; channel++) {
        const from = ((row * pairs + (read >> 1)) * 2 + (read & 1)) * channelsIn + channel;
        for (let out = 0; out < channelsOut; out++) places[weight++] = (from * 2 + written) * channelsOut + out;
      }
    }
  }
  return places;
}
