import * as tf from "@tensorflow/tfjs";
import {
  addBiases,
  biasGradient,
  convolve,
  filterGradient,
  mapsGradient,
  maxPooling,
  reluGradient,
  type Tensor,
  type Tensor4D,
} from "../engine";
import type { ReverseMode } from "./architecture";
import type { LayerRun } from "./reverse-mode";

/** A convolution, max pooling and ReLU of one net. */
export interface ReversibleConvolution {
  /** [size² · channels in, channels out] */
  readonly weights: Tensor;
  /** [channels out] */
  readonly biases: Tensor;
  /** Rows and columns of a filter. */
  readonly size: number;
  readonly stride: number;
  /** Rows and columns of a pooling window; 1 for none. */
  readonly pool: number;
}

/** A convolution with what follows it for `chainReverse`; its input is [batch, rows, columns, channels]. */
export function convolutionRun({ weights, biases, size, stride, pool }: ReversibleConvolution, x: Tensor): LayerRun {
  const maps = x as Tensor4D;
  const filter: Tensor4D = tf.reshape(weights, [size, size, maps.shape[3], biases.size]);
  const convolved = convolve(maps, filter, stride);
  const pooling = pool > 1 ? maxPooling(convolved, pool) : undefined;
  // A bias and ReLU keep the order of numbers, so the largest may be taken before them, and fewer need them.
  const output = tf.relu(addBiases(pooling?.output ?? convolved, biases));
  return {
    output,
    backwards(outputGradient, wantsInput) {
      const byPreactivations = reluGradient(outputGradient, output);
      const gradient = pooling?.backwards(byPreactivations) ?? (byPreactivations as Tensor4D);
      const byFilter = filterGradient(maps, filter, gradient, stride);
      return {
        parameters: [tf.reshape(byFilter, weights.shape), biasGradient(byPreactivations, false)],
        input: wantsInput ? mapsGradient(maps, filter, gradient, stride) : undefined,
      };
    },
  };
}

/** The same numbers in another shape, [batch, …], for `chainReverse`. */
export function reshapeRun(shape: readonly number[], x: Tensor): LayerRun {
  return {
    output: tf.reshape(x, [-1, ...shape]),
    backwards: (outputGradient) => ({ parameters: [], input: tf.reshape(outputGradient, x.shape) }),
  };
}

/** The reverse mode of an ensemble whose nets run one after the other, from those of its nets, each with an output of one net. */
export function reverseOfEach(nets: readonly ReverseMode[]): ReverseMode {
  return {
    output: tf.stack(nets.map(({ output }) => output)),
    pullback(outputGradient) {
      const gradients = tf.unstack(outputGradient);
      const found = nets.map(({ pullback }, net) => pullback(gradients[net]));
      return found[0].map((_, parameter) => tf.stack(found.map((ofNet) => ofNet[parameter])));
    },
  };
}
