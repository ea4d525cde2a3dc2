import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import type { Key } from "../random";

export { checkWidth } from "./width";

/** Activation functions of the nets in this library. */
export type Activation = "relu" | "tanh" | "linear";

/**
 * A family of nets: how its parameters are drawn and how an input runs through them. Parameters are one flat list, in
 * the order of use, so that an optimiser needs to know nothing else; every function here is differentiable in them.
 *
 * A single net has weights `[fanIn, fanOut]` and takes inputs `[batch, inputWidth]`. An ensemble has `nets` on a leading
 * axis of every parameter; its inputs are `[nets, batch, inputWidth]`, or `[batch, inputWidth]` shared by all nets.
 */
export interface Architecture {
  readonly name: string;
  readonly inputWidth: number;
  /** Width of the output: of the readout, or of the last hidden layer where there is none. */
  readonly outputWidth: number;
  /** Widths n_1 … n_d whose reciprocals are summed in Σ 1/n_l: the hidden layers', or the blocks' hidden layers'. */
  readonly hiddenWidths: readonly number[];
  /** Draws fresh parameters; without `nets` a single net. The caller disposes them. */
  parameters(key: Key, nets?: number): Tensor[];
  /** x^0, x^1, …, x^d: the input and the activations of every hidden layer (or after every residual block). */
  activations(parameters: readonly Tensor[], x: Tensor): Tensor[];
  /**
   * J^0 v, J^1 v, …: the derivative of each of `activations` along `v`, a direction shaped as `x` is, by forward mode.
   */
  pushforward(parameters: readonly Tensor[], x: Tensor, v: Tensor): Tensor[];
  /** The net's output, `[batch, outputWidth]` or `[nets, batch, outputWidth]`: the logits of a classifier. */
  readonly output: OutputFunction;
}

/**
 * A net's output as a function of parameters and input. Its reverse mode belongs to the function, so that one that wraps it has
 * none, and gets its gradients from TensorFlow.js's tape as any function does.
 */
export interface OutputFunction {
  (parameters: readonly Tensor[], x: Tensor): Tensor;
  /** The same output and its derivative by the parameters, written out: the tape costs a small net more than its numbers. */
  readonly reverse?: (parameters: readonly Tensor[], x: Tensor) => ReverseMode;
}

/** An output and the way back from it, alive as long as what lies between: until the enclosing `tf.tidy` ends. */
export interface ReverseMode {
  readonly output: Tensor;
  /** Gradients of Σ output · outputGradient by each parameter, in their order and of their shapes. */
  readonly pullback: (outputGradient: Tensor) => Tensor[];
}

/** φ(h), elementwise. */
export function activate(activation: Activation, preactivations: Tensor): Tensor {
  switch (activation) {
    case "relu":
      return tf.relu(preactivations);
    case "tanh":
      return tf.tanh(preactivations);
    case "linear":
      return preactivations;
  }
}

/** φ'(h), elementwise; φ'(0) = 0 for ReLU. */
export function activationSlope(activation: Activation, preactivations: Tensor): Tensor {
  switch (activation) {
    case "relu":
      return tf.step(preactivations);
    case "tanh":
      return tf.sub(1, tf.square(tf.tanh(preactivations)));
    case "linear":
      return tf.onesLike(preactivations);
  }
}

/** h = x W + b, with or without a leading axis of nets; `x` may be shared by the nets of an ensemble. */
export function affine(x: Tensor, weights: Tensor, biases: Tensor | undefined): Tensor {
  const inputs = weights.rank === 3 && x.rank === 2 ? tf.expandDims(x, 0) : x;
  const product = tf.matMul(inputs, weights);
  if (biases === undefined) return product;
  return tf.add(product, biases.rank === 2 ? tf.expandDims(biases, 1) : biases);
}

/** Shapes of the parameters of dense layers in the order of use: [fanIn, fanOut], then [fanOut] where there are biases. */
export function denseShapes(
  widths: readonly (readonly [fanIn: number, fanOut: number])[],
  biases: boolean,
): number[][] {
  return widths.flatMap(([fanIn, fanOut]) => (biases ? [[fanIn, fanOut], [fanOut]] : [[fanIn, fanOut]]));
}

/**
 * Throws RangeError unless the parameters have these shapes, each or none with a leading axis of nets, and the inputs are
 * rows (of each net, if they have three axes) as wide as the first parameter takes them, all of one shape.
 */
export function checkShapes(
  shapes: readonly (readonly number[])[],
  parameters: readonly Tensor[],
  inputs: Tensor[],
): void {
  if (parameters.length !== shapes.length) {
    throw new RangeError(`The net has ${shapes.length} parameters; given ${parameters.length}.`);
  }
  const nets = parameters[0].rank === shapes[0].length + 1 ? parameters[0].shape.slice(0, 1) : [];
  shapes.forEach((shape, index) => {
    const expected = [...nets, ...shape];
    const given = parameters[index].shape;
    if (given.length !== expected.length || given.some((size, axis) => size !== expected[axis])) {
      throw new RangeError(`Parameter ${index} has the shape [${expected.join(", ")}]; given [${given.join(", ")}].`);
    }
  });
  for (const { rank, shape } of inputs) {
    const shared = rank === 2 || (rank === 3 && (nets.length === 0 || shape[0] === nets[0] || shape[0] === 1));
    if (!shared || shape[rank - 1] !== shapes[0][0]) {
      const expected = [...nets, "rows", shapes[0][0]].join(", ");
      throw new RangeError(`Inputs of this net have the shape [${expected}]; given [${shape.join(", ")}].`);
    }
    const first = inputs[0].shape;
    if (shape.length !== first.length || shape.some((size, axis) => size !== first[axis])) {
      throw new RangeError(`A direction has the inputs' shape [${first.join(", ")}]; given [${shape.join(", ")}].`);
    }
  }
}

/** Throws RangeError unless `deviation` is a finite number ≥ 0. */
export function checkBiasStandardDeviation(deviation: number): void {
  if (!(Number.isFinite(deviation) && deviation >= 0)) {
    throw new RangeError(`A standard deviation of biases is a finite number ≥ 0; given ${deviation}.`);
  }
}
