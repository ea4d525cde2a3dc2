import * as tf from "@tensorflow/tfjs";
import { paired, pairedFilter, pairedShape, paysToPair, unpaired, unpairedFilterGradient } from "./column-pairs";
import type { Tensor4D } from "./tensor";

/*
 * A convolution and its two gradients, for derivatives that are written out, not for a gradient tape. Maps are [batch, rows,
 * columns, channels], filters [rows, columns, channels in, channels out]; borders are filled up with zeros as TensorFlow's
 * "same" does, and results are taken at every `stride`-th place.
 */

/** Maps convolved with a filter, [batch, rows / stride, columns / stride, channels out]. */
export function convolve(maps: Tensor4D, filter: Tensor4D, stride: number): Tensor4D {
  if (!paysToPair(maps, filter, stride, filter.shape[3])) return tf.conv2d(maps, filter, stride, "same");
  return tf.tidy(() => unpaired(tf.conv2d(paired(maps), pairedFilter(filter), 1, "same")));
}

/** The gradient of Σ convolve(maps, filter, stride) · outputGradient by the filter. */
export function filterGradient(maps: Tensor4D, filter: Tensor4D, outputGradient: Tensor4D, stride: number): Tensor4D {
  const { shape } = filter;
  if (!paysToPair(maps, filter, stride, shape[3])) return filterKernel(maps, shape, outputGradient, stride);
  return tf.tidy(() => {
    const gradient = filterKernel(paired(maps), pairedShape(shape), paired(outputGradient), 1);
    return unpairedFilterGradient(gradient, shape);
  });
}

/** The gradient of Σ convolve(maps, filter, stride) · outputGradient by the maps. */
export function mapsGradient(maps: Tensor4D, filter: Tensor4D, outputGradient: Tensor4D, stride: number): Tensor4D {
  if (!paysToPair(maps, filter, stride, filter.shape[2])) return mapsKernel(maps.shape, filter, outputGradient, stride);
  return tf.tidy(() => unpaired(mapsKernel(paired(maps).shape, pairedFilter(filter), paired(outputGradient), 1)));
}

function filterKernel(x: Tensor4D, filterShape: Tensor4D["shape"], dy: Tensor4D, strides: number): Tensor4D {
  const attributes = { strides, pad: "same", dataFormat: "NHWC", filterShape };
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, attributes);
}

function mapsKernel(inputShape: Tensor4D["shape"], filter: Tensor4D, dy: Tensor4D, strides: number): Tensor4D {
  const attributes = { strides, pad: "same", dataFormat: "NHWC", inputShape };
  return tf.engine().runKernel(tf.Conv2DBackpropInput, { dy, filter }, attributes);
}
