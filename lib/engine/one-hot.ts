import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "./tensor";

/**
 * One-hot rows [count, classes] of labels [count], float32. (tf.oneHot asked for float32 writes the bits of integers on
 * WebAssembly: tfjs 4.22. Drop the cast when that is mended.)
 */
export function oneHot(labels: Tensor1D, classes: number): Tensor {
  return tf.tidy(() => tf.cast(tf.oneHot(labels, classes), "float32"));
}
