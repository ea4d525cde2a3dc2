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

/** Whether pairs are possible and pay, for an op on `maps` that gives `channels` channels. */
export function paysToPair(maps: Tensor4D, filter: Tensor4D, stride: number, channels: number): boolean {
  const [pairs, middle] = [maps.shape[2] % 2 === 0, filter.shape[1] % 2 === 1];
  return stride === 1 && pairs && middle && channels <= mostChannels && filter.shape[1] >= smallestFilter;
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
  const { shape } = filter;
  const [none, around] = [[0, 0] as [number, number], 2 * pairsOf(shape[1]) - shape[1]];
  const placed = sides.map((side) => {
    const before = columnsBefore(shape[1], side);
    return tf.pad(filter, [none, [before, around - before], none, none]);
  });
  return tf.reshape(tf.concat(placed, 3), pairedShape(shape));
}

/** The gradient by a filter of the given shape from that by `pairedFilter` of it. */
export function unpairedFilterGradient(gradient: Tensor4D, shape: Tensor4D["shape"]): Tensor4D {
  const [rows, columns, channelsIn, channelsOut] = shape;
  const placed: Tensor4D = tf.reshape(gradient, [rows, 2 * pairsOf(columns), channelsIn, 2 * channelsOut]);
  const [byLeft, byRight] = sides.map((side) =>
    tf.slice(placed, [0, columnsBefore(columns, side), 0, side * channelsOut], shape),
  );
  return tf.add(byLeft, byRight);
}

/** Pairs that a filter of so many columns, an odd number, reaches around the pair of its middle. */
function pairsOf(columns: number): number {
  return 2 * Math.ceil((columns - 1) / 4) + 1;
}

/** Columns of the paired filter before the first that this side of its middle pair reads. */
function columnsBefore(columns: number, side: number): number {
  return pairsOf(columns) - 1 - (columns - 1) / 2 + side;
}
