import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine/tensor";
import { foldIn, normal } from "../random";
import type { Key } from "../random";

/** How one layer of an ensemble is drawn: W_ij ~ N(0, sigmaW²/fanIn), b_i ~ N(0, sigmaB²), all independent. */
export interface MeanFieldLayerShape {
  nets: number;
  fanIn: number;
  fanOut: number;
  sigmaW: number;
  sigmaB: number;
}

/** One layer of `nets` independent nets: `h = x W + b`. */
export interface DenseLayer {
  /** `[nets, fanIn, fanOut]` */
  weights: Tensor;
  /** `[nets, 1, fanOut]` */
  biases: Tensor;
}

/**
 * One layer of the mean-field ensemble of Poole et al. (2016), eq. 1. The same key and shape give the same layer on every
 * engine. The caller disposes both tensors.
 *
 * @throws RangeError for a count that is not a whole number ≥ 1, or a sigma that is negative or not finite.
 */
export function meanFieldLayer(key: Key, shape: MeanFieldLayerShape): DenseLayer {
  const { nets, fanIn, fanOut, sigmaW, sigmaB } = shape;
  for (const [name, count] of Object.entries({ nets, fanIn, fanOut })) {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new RangeError(`meanFieldLayer: ${name} is a whole number ≥ 1; given ${count}.`);
    }
  }
  for (const [name, sigma] of Object.entries({ sigmaW, sigmaB })) {
    if (!(Number.isFinite(sigma) && sigma >= 0)) {
      throw new RangeError(`meanFieldLayer: ${name} is a finite number ≥ 0; given ${sigma}.`);
    }
  }
  return {
    weights: normal(foldIn(key, "weights"), [nets, fanIn, fanOut], 0, sigmaW / Math.sqrt(fanIn)),
    biases: normal(foldIn(key, "biases"), [nets, 1, fanOut], 0, sigmaB),
  };
}

/**
 * Preactivations `x W + b` of every net: `[nets, rows, fanIn]` to `[nets, rows, fanOut]`.
 *
 * @throws RangeError when the shapes do not fit.
 */
export function preactivations(inputs: Tensor, layer: DenseLayer): Tensor {
  checkDenseLayer(layer, "preactivations");
  const [nets, fanIn] = layer.weights.shape;
  if (inputs.rank !== 3 || inputs.shape[0] !== nets || inputs.shape[2] !== fanIn) {
    throw new RangeError(
      `preactivations: expected inputs of shape [${nets}, rows, ${fanIn}] for these weights, but got [${inputs.shape.join(", ")}].`,
    );
  }
  return tf.tidy(() => tf.add(tf.matMul(inputs, layer.weights), layer.biases));
}

/** Throws RangeError unless the weights of a layer are `[nets, fanIn, fanOut]` and its biases `[nets, 1, fanOut]`. */
export function checkDenseLayer({ weights, biases }: DenseLayer, caller: string): void {
  if (weights.rank !== 3) {
    throw new RangeError(
      `${caller}: expected weights of shape [nets, fanIn, fanOut], but got [${weights.shape.join(", ")}].`,
    );
  }
  const [nets, , fanOut] = weights.shape;
  const [biasNets, rows, width] = biases.shape;
  if (biases.rank !== 3 || biasNets !== nets || rows !== 1 || width !== fanOut) {
    throw new RangeError(
      `${caller}: expected biases of shape [${nets}, 1, ${fanOut}] for weights [${weights.shape.join(", ")}], but got [${biases.shape.join(", ")}].`,
    );
  }
}
