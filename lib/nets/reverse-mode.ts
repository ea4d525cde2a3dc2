import { addBiases, biasGradient, matrixProduct, relu, reluGradient, tanhGradient, type Tensor } from "../engine";
import { activate, type Activation, type ReverseMode } from "./architecture";

/** A fully connected layer φ(x W + b) of one net, or of every net of an ensemble. */
export interface ReversibleLayer {
  /** [fanIn, fanOut] or [nets, fanIn, fanOut] */
  readonly weights: Tensor;
  /** [fanOut] or [nets, fanOut] */
  readonly biases?: Tensor | undefined;
  readonly activation: Activation;
}

/** A layer that has been run: its output, and the way back from a gradient by it. */
export interface LayerRun {
  readonly output: Tensor;
  /** Gradients by its parameters, in their order, and, where it is wanted, by its input. */
  backwards(outputGradient: Tensor, wantsInput: boolean): { parameters: Tensor[]; input: Tensor | undefined };
}

/**
 * Runs a chain of layers, each on the output of the one before, and hands back its reverse mode.
 * @param layers at least one; each is given the output of the one before it
 */
export function chainReverse(layers: readonly ((x: Tensor) => LayerRun)[], x: Tensor): ReverseMode {
  const runs: LayerRun[] = [];
  for (const layer of layers) runs.push(layer(runs.length === 0 ? x : runs[runs.length - 1].output));
  return {
    output: runs[runs.length - 1].output,
    pullback(outputGradient) {
      const gradients: Tensor[][] = [];
      let gradient: Tensor | undefined = outputGradient;
      for (let layer = runs.length - 1; layer >= 0; layer--) {
        const found: ReturnType<LayerRun["backwards"]> = runs[layer].backwards(gradient!, layer > 0);
        gradients.unshift(found.parameters);
        gradient = found.input;
      }
      return gradients.flat();
    },
  };
}

/** A fully connected layer for `chainReverse`. */
export function denseRun({ weights, biases, activation }: ReversibleLayer, x: Tensor): LayerRun {
  const product = matrixProduct(x, weights);
  const preactivations = biases === undefined ? product : addBiases(product, biases);
  const output = activation === "relu" ? relu(preactivations) : activate(activation, preactivations);
  return {
    output,
    backwards(outputGradient, wantsInput) {
      const gradient = throughActivationBackwards(activation, outputGradient, output);
      const byWeights = matrixProduct(x, gradient, { transposeA: true });
      return {
        parameters: biases === undefined ? [byWeights] : [byWeights, biasGradient(gradient, biases.rank === 2)],
        input: wantsInput ? matrixProduct(gradient, weights, { transposeB: true }) : undefined,
      };
    },
  };
}

/**
 * The reverse mode of a chain of fully connected layers.
 * @param x [batch, fanIn], shared by the nets of an ensemble, or [nets, batch, fanIn]
 */
export function denseReverse(layers: readonly ReversibleLayer[], x: Tensor): ReverseMode {
  return chainReverse(
    layers.map((layer) => (input) => denseRun(layer, input)),
    x,
  );
}

/** The gradient by preactivations h from that by y = φ(h). */
export function throughActivationBackwards(activation: Activation, outputGradient: Tensor, output: Tensor): Tensor {
  switch (activation) {
    case "relu":
      return reluGradient(outputGradient, output);
    case "tanh":
      return tanhGradient(outputGradient, output);
    case "linear":
      return outputGradient;
  }
}
