import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import { foldIn } from "../random";
import { affine, type Architecture, checkShapes, checkWidth, denseShapes, type ReverseMode } from "./architecture";
import { layerParameters } from "./fully-connected";
import { heNormal, leCunNormal } from "./initialisation-schemes";
import { denseReverse } from "./reverse-mode";

/** The shape of a shallow net whose first matrix is a product of two thin ones. */
export interface LinearBottleneckOptions {
  inputWidth: number;
  /** Width k of the linear layer between the input and the hidden units. */
  bottleneckWidth: number;
  hiddenWidth: number;
  outputWidth: number;
}

/**
 * A shallow ReLU net `y = W relu(V U x + b) + c` whose first matrix V U has rank k at most (Ba & Caruana 2014, section 2.4).
 * What it can say is part of what the net with one full matrix can say; it has fewer parameters, and its gradients reach
 * every input through k directions. U starts as LeCun's, V as He's normal weights.
 * @throws RangeError for widths that are not whole numbers ≥ 1; `pushforward` throws, as it is not defined here
 */
export function linearBottleneck(options: LinearBottleneckOptions): Architecture {
  const { inputWidth, bottleneckWidth, hiddenWidth, outputWidth } = checkedOptions(options);
  const layers = [
    { name: "bottleneck", from: inputWidth, to: bottleneckWidth, initialisation: leCunNormal, biases: false },
    { name: "hidden", from: bottleneckWidth, to: hiddenWidth, initialisation: heNormal, biases: true },
    { name: "output", from: hiddenWidth, to: outputWidth, initialisation: leCunNormal, biases: true },
  ];
  const shapes = layers.flatMap(({ from, to, biases }) => denseShapes([[from, to]], biases));
  const hidden = (parameters: readonly Tensor[], x: Tensor): Tensor => {
    checkShapes(shapes, parameters, [x]);
    const [thin, wide, biases] = parameters;
    return tf.relu(affine(affine(x, thin, undefined), wide, biases));
  };
  const output = (parameters: readonly Tensor[], x: Tensor): Tensor =>
    tf.tidy(() => affine(hidden(parameters, x), parameters[3], parameters[4]));
  const reverse = (parameters: readonly Tensor[], x: Tensor): ReverseMode => {
    checkShapes(shapes, parameters, [x]);
    const [thin, wide, biases, readout, readoutBiases] = parameters;
    return denseReverse(
      [
        { weights: thin, activation: "linear" },
        { weights: wide, biases, activation: "relu" },
        { weights: readout, biases: readoutBiases, activation: "linear" },
      ],
      x,
    );
  };
  return {
    name: `linear bottleneck ${inputWidth}-(${bottleneckWidth})-${hiddenWidth}-${outputWidth}`,
    inputWidth,
    outputWidth,
    hiddenWidths: [hiddenWidth],
    parameters(key, nets) {
      if (nets !== undefined) checkWidth(nets, "nets");
      return layers.flatMap(({ name, from, to, initialisation, biases }) =>
        layerParameters(foldIn(key, name), nets, from, to, { initialisation, biases, biasStandardDeviation: 0 }),
      );
    },
    activations: (parameters, x) => [x, hidden(parameters, x)],
    pushforward() {
      throw new Error("a net with a linear bottleneck has no forward mode here; take gradients instead");
    },
    output: Object.assign(output, { reverse }),
  };
}

/** Parameters of a net with a linear bottleneck: n₀ k + k n + n + n m + m for inputs n₀, hidden units n, outputs m. */
export function linearBottleneckParameters(options: LinearBottleneckOptions): number {
  const { inputWidth, bottleneckWidth, hiddenWidth, outputWidth } = checkedOptions(options);
  return (inputWidth + hiddenWidth) * bottleneckWidth + hiddenWidth + (hiddenWidth + 1) * outputWidth;
}

function checkedOptions(options: LinearBottleneckOptions): LinearBottleneckOptions {
  const { inputWidth, bottleneckWidth, hiddenWidth, outputWidth } = options;
  for (const [name, width] of Object.entries({ inputWidth, bottleneckWidth, hiddenWidth, outputWidth })) {
    checkWidth(width, name);
  }
  return options;
}
