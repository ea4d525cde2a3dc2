import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import { foldIn, type Key, normal } from "../random";
import {
  activate,
  activationSlope,
  type Activation,
  affine,
  type Architecture,
  checkBiasStandardDeviation,
  checkShapes,
  checkWidth,
  denseShapes,
  type ReverseMode,
} from "./architecture";
import { checkInitialisation, type Initialisation } from "./initialisation";
import { leCunNormal } from "./initialisation-schemes";
import { denseReverse } from "./reverse-mode";

/** What a fully connected net is made of. */
export interface FullyConnectedOptions {
  /** n_0. */
  inputWidth: number;
  /** n_1 … n_d, at least one. */
  hiddenWidths: readonly number[];
  /** Width of a final linear layer (a classifier's logits); none where it is left out. */
  outputWidth?: number;
  /** Default "relu". */
  activation?: Activation;
  /** How the hidden layers' weights are drawn. */
  initialisation: Initialisation;
  /** How the final linear layer's weights are drawn; default LeCun normal, which keeps E‖x‖²/n. */
  outputInitialisation?: Initialisation;
  /**
   * σ_b of `b_i ~ N(0, σ_b²)` in the hidden layers, in units of a pre-activation; default 0. Biases are parameters
   * (zeros at first) unless `biases` is false.
   */
  biasStandardDeviation?: number;
  /** Whether layers have biases at all; default true. */
  biases?: boolean;
}

/** One layer's parameters, `[weights]` or `[weights, biases]`, stacked where `nets` is given. */
export function layerParameters(
  key: Key,
  nets: number | undefined,
  fanIn: number,
  fanOut: number,
  layer: { initialisation: Initialisation; biases: boolean; biasStandardDeviation: number },
): Tensor[] {
  const stacked = nets === undefined ? [] : [nets];
  const weights = layer.initialisation.weights(
    foldIn(key, "weights"),
    nets === undefined ? [fanIn, fanOut] : [nets, fanIn, fanOut],
  );
  if (!layer.biases) return [weights];
  const biases =
    layer.biasStandardDeviation > 0
      ? normal(foldIn(key, "biases"), [...stacked, fanOut], 0, layer.biasStandardDeviation)
      : tf.zeros([...stacked, fanOut]);
  return [weights, biases];
}

/**
 * A fully connected net `h^l = W^l x^{l−1} + b^l`, `x^l = φ(h^l)`, with an optional linear readout.
 * Throws RangeError on widths that are not whole numbers ≥ 1, on no hidden layer, or on a negative σ_b; TypeError
 * on what is no initialisation.
 */
export function fullyConnected(options: FullyConnectedOptions): Architecture {
  const { inputWidth, hiddenWidths, outputWidth, initialisation, outputInitialisation = leCunNormal } = options;
  const activation = options.activation ?? "relu";
  const biases = options.biases ?? true;
  const biasStandardDeviation = options.biasStandardDeviation ?? 0;
  checkInitialisation(initialisation, "initialisation");
  checkInitialisation(outputInitialisation, "outputInitialisation");
  checkWidth(inputWidth, "inputWidth");
  if (hiddenWidths.length === 0) throw new RangeError("A fully connected net has at least one hidden layer; given [].");
  hiddenWidths.forEach((width, layer) => checkWidth(width, `hiddenWidths[${layer}]`));
  if (outputWidth !== undefined) checkWidth(outputWidth, "outputWidth");
  checkBiasStandardDeviation(biasStandardDeviation);
  if (!biases && biasStandardDeviation > 0) {
    throw new RangeError(`biasStandardDeviation ${biasStandardDeviation} needs biases; given biases: false.`);
  }
  const stride = biases ? 2 : 1;
  const widths = [inputWidth, ...hiddenWidths];
  const allWidths = outputWidth === undefined ? widths : [...widths, outputWidth];
  const shapes = denseShapes(
    allWidths.slice(1).map((fanOut, layer) => [allWidths[layer], fanOut]),
    biases,
  );

  const layerOf = (parameters: readonly Tensor[], layer: number): readonly Tensor[] =>
    parameters.slice(layer * stride, (layer + 1) * stride);

  function activations(parameters: readonly Tensor[], x: Tensor): Tensor[] {
    checkShapes(shapes, parameters, [x]);
    const layers = [x];
    for (let layer = 0; layer < hiddenWidths.length; layer++) {
      const [weights, bias] = layerOf(parameters, layer);
      layers.push(activate(activation, affine(layers[layer], weights, bias)));
    }
    return layers;
  }

  function pushforward(parameters: readonly Tensor[], x: Tensor, v: Tensor): Tensor[] {
    checkShapes(shapes, parameters, [x, v]);
    const directions = [v];
    let layerInput = x;
    for (let layer = 0; layer < hiddenWidths.length; layer++) {
      const [weights, bias] = layerOf(parameters, layer);
      const preactivations = affine(layerInput, weights, bias);
      const slope = activationSlope(activation, preactivations);
      directions.push(tf.mul(slope, affine(directions[layer], weights, undefined)));
      layerInput = activate(activation, preactivations);
    }
    return directions;
  }

  function output(parameters: readonly Tensor[], x: Tensor): Tensor {
    return tf.tidy(() => {
      const layers = activations(parameters, x);
      const last = layers[layers.length - 1];
      if (outputWidth === undefined) return last;
      const [weights, bias] = layerOf(parameters, hiddenWidths.length);
      return affine(last, weights, bias);
    });
  }

  function reverse(parameters: readonly Tensor[], x: Tensor): ReverseMode {
    checkShapes(shapes, parameters, [x]);
    const layers = Array.from({ length: parameters.length / stride }, (_, layer) => {
      const [weights, bias] = layerOf(parameters, layer);
      return { weights, biases: bias, activation: layer < hiddenWidths.length ? activation : ("linear" as const) };
    });
    return denseReverse(layers, x);
  }

  return {
    name: `fully connected ${allWidths.join("-")}`,
    inputWidth,
    outputWidth: outputWidth ?? hiddenWidths[hiddenWidths.length - 1],
    hiddenWidths: [...hiddenWidths],
    parameters(key, nets) {
      if (nets !== undefined) checkWidth(nets, "nets");
      const hidden = hiddenWidths.flatMap((width, layer) =>
        layerParameters(foldIn(key, layer), nets, widths[layer], width, {
          initialisation,
          biases,
          biasStandardDeviation,
        }),
      );
      if (outputWidth === undefined) return hidden;
      const readout = layerParameters(foldIn(key, "output"), nets, widths[widths.length - 1], outputWidth, {
        initialisation: outputInitialisation,
        biases,
        biasStandardDeviation: 0,
      });
      return [...hidden, ...readout];
    },
    activations,
    pushforward,
    output: Object.assign(output, { reverse }),
  };
}
