import * as tf from "@tensorflow/tfjs";
import { executeNative, executeNativeOutputs, isNative } from "./native-op";
import { oneHot } from "./one-hot";
import type { Tensor, Tensor1D } from "./tensor";

/*
 * What layers and their gradients are made of, one native op each where TensorFlow.js takes several. They leave nothing on a
 * gradient tape: they are for derivatives that are written out.
 */

const float32 = { T: "float32" } as const;

/** The rows at these places of a matrix [count, width], or of a list of numbers [count], float32 or int32. */
export function rowsAt<T extends Tensor>(tensor: T, places: Tensor1D): T {
  if (!isNative()) return tf.gather(tensor, places);
  const attributes = { Tparams: tensor.dtype as "float32" | "int32", Tindices: "int32" } as const;
  return executeNative("Gather", attributes, [tensor, places]) as T;
}

/**
 * The product of matrices, or of stacks of matrices on one leading axis, a stack of one or a single matrix serving a whole
 * stack.
 */
export function matrixProduct(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { readonly transposeA?: boolean; readonly transposeB?: boolean } = {},
): Tensor {
  if (!isNative()) return tf.matMul(stacked(a, b), stacked(b, a), transposeA, transposeB);
  // Not the op MatMul: a signal that arrives during its just-in-time compiled kernel (an interrupt from Jupyter, a sample of the
  // CPU profiler) overwrites memory. Seen with TensorFlow 2.21; stacks of matrices run another kernel, which is safe.
  return executeNative("BatchMatMulV2", { ...float32, adj_x: transposeA, adj_y: transposeB }, [a, b]);
}

function stacked(matrix: Tensor, like: Tensor): Tensor {
  return matrix.rank < like.rank ? tf.expandDims(matrix, 0) : matrix;
}

/** Adds biases [width] to [batch, width], or [nets, width] to [nets, batch, width]. */
export function addBiases(preactivations: Tensor, biases: Tensor): Tensor {
  if (biases.rank === 2) return tf.add(preactivations, tf.expandDims(biases, 1));
  return isNative() ? executeNative("BiasAdd", float32, [preactivations, biases]) : tf.add(preactivations, biases);
}

/** The gradient by the biases that `addBiases` added, or by those of a map's channels: sums over all but nets and width. */
export function biasGradient(gradient: Tensor, nets: boolean): Tensor {
  if (nets) return tf.sum(gradient, 1);
  if (isNative()) return executeNative("BiasAddGrad", float32, [gradient]);
  return tf.sum(
    gradient,
    gradient.shape.slice(1).map((_, axis) => axis),
  );
}

/** max(h, 0). */
export function relu(preactivations: Tensor): Tensor {
  return isNative() ? executeNative("Relu", float32, [preactivations]) : tf.relu(preactivations);
}

/** dy · [y > 0] for y = relu(h), so that the derivative at 0 is 0. */
export function reluGradient(outputGradient: Tensor, output: Tensor): Tensor {
  return isNative()
    ? executeNative("ReluGrad", float32, [outputGradient, output])
    : tf.mul(outputGradient, tf.cast(tf.greater(output, 0), "float32"));
}

/** dy · (1 − y²) for y = tanh(h). */
export function tanhGradient(outputGradient: Tensor, output: Tensor): Tensor {
  return isNative()
    ? executeNative("TanhGrad", float32, [output, outputGradient])
    : tf.mul(outputGradient, tf.sub(1, tf.square(output)));
}

/** a − 2 t v², what tanh's second derivative takes off an acceleration a at velocity v, for t = tanh(h). */
export function tanhBend(acceleration: Tensor, velocity: Tensor, output: Tensor): Tensor {
  if (!isNative()) {
    return tf.tidy(() => tf.sub(acceleration, tf.mul(tf.mul(output, 2), tf.square(velocity))));
  }
  // What the op is named after is the gradient of 1/x, −dy (1/x)², taken from 1/x.
  const bend = executeNative("ReciprocalGrad", float32, [velocity, output]);
  const bent = executeNative("AddN", { ...float32, N: 3 }, [acceleration, bend, bend]);
  bend.dispose();
  return bent;
}

/** Euclidean norms along the last axis, which stays, of length 1. */
export function rowNorms(rows: Tensor): Tensor {
  if (!isNative()) return tf.tidy(() => tf.sqrt(tf.sum(tf.square(rows), -1, true)));
  const last = tf.scalar(rows.rank - 1, "int32");
  const norms = executeNative("EuclideanNorm", { ...float32, Tidx: "int32", keep_dims: true }, [rows, last]);
  last.dispose();
  return norms;
}

/**
 * The cross-entropy in nats of every row of logits with its label, `[rows]` of logits `[rows, classes]`, `[points · rows]` of
 * `[points, rows, classes]`. Labels are the numbers of classes; what another number gives depends on the engine.
 */
export function crossEntropies(logits: Tensor, labels: Tensor1D): Tensor {
  return tf.tidy(() => {
    if (isNative()) return nativeCrossEntropies(logits, labels)[0];
    return tf.reshape(
      tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), oneHot(labels, logits.shape[logits.rank - 1])), -1)),
      [-1],
    );
  });
}

/**
 * The gradient by the logits, [rows, classes] or [nets, rows, classes], of the mean cross-entropy with the labels [rows], summed
 * over the nets: softmax(logits), less 1 at the label, over the number of rows. Labels as in `crossEntropies`.
 */
export function meanCrossEntropyGradient(logits: Tensor, labels: Tensor1D): Tensor {
  const rows = labels.shape[0];
  return tf.tidy(() => {
    if (!isNative()) return tf.div(tf.sub(tf.softmax(logits), oneHot(labels, logits.shape[logits.rank - 1])), rows);
    const gradient = executeNative("RealDiv", float32, [nativeCrossEntropies(logits, labels)[1], tf.scalar(rows)]);
    return logits.rank === 2 ? gradient : tf.reshape(gradient, logits.shape);
  });
}

/** The losses of all rows, [rows], and their gradients, [rows, classes]. */
function nativeCrossEntropies(logits: Tensor, labels: Tensor1D): Tensor[] {
  const attributes = { ...float32, Tlabels: "int32" } as const;
  const classes = logits.shape[logits.rank - 1];
  const rows =
    logits.rank === 2 ? [logits, labels] : [tf.reshape(logits, [-1, classes]), tf.tile(labels, [logits.shape[0]])];
  return executeNativeOutputs("SparseSoftmaxCrossEntropyWithLogits", attributes, rows, 2);
}
