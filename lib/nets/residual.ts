import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import { foldIn } from "../random";
import {
  activate,
  activationSlope,
  affine,
  type Architecture,
  checkShapes,
  checkWidth,
  denseShapes,
} from "./architecture";
import { layerParameters } from "./fully-connected";
import { checkInitialisation, type Initialisation } from "./initialisation";
import { heNormal, leCunNormal } from "./initialisation-schemes";
import { checkChoice } from "./choice";

/** Whether the last layer of a block is linear (E[N(x) | x] = 0) or passes through ReLU (E[N(x) | x] > 0). */
export type BlockEnd = "linear" | "relu";

/** What a residual net is made of. */
export interface ResidualOptions {
  /** n_0; where it differs from `width`, one linear layer without an activation leads in. */
  inputWidth: number;
  /** Width n of the stream x_l. */
  width: number;
  /** η_1 … η_L: the scale of each block, finite; at least one block. */
  scales: readonly number[];
  /** Widths of the ReLU layers inside a block; default one layer of `width`. Empty with a ReLU end: one ReLU layer. */
  blockHiddenWidths?: readonly number[];
  /** Default "linear". */
  blockEnd?: BlockEnd;
  /** Width of a final linear layer; none where it is left out. */
  outputWidth?: number;
  /** Weights followed by a ReLU; default He normal. */
  initialisation?: Initialisation;
  /** Weights not followed by a ReLU (ends of blocks, lead-in, readout); default LeCun normal. */
  linearInitialisation?: Initialisation;
  /** Whether layers have (zero) biases to train; default true. */
  biases?: boolean;
}

/**
 * A residual net x_{l+1} = x_l + η_l N_l(x_l), each N_l a fully connected ReLU net: Hanin & Rolnick (2018), section 2.
 * `hiddenWidths` lists the ReLU layers of all blocks. `activations` returns the input, the stream where it starts (if a
 * lead-in layer makes it differ from the input), then the stream after every block.
 * Throws RangeError on bad widths, no block, or a scale that is not finite; TypeError on what is no initialisation.
 */
export function residual(options: ResidualOptions): Architecture {
  const { inputWidth, width, scales, outputWidth } = options;
  const blockEnd = options.blockEnd ?? "linear";
  const blockHiddenWidths = options.blockHiddenWidths ?? [width];
  const biases = options.biases ?? true;
  checkChoice(blockEnd, ["linear", "relu"], "blockEnd");
  checkWidth(inputWidth, "inputWidth");
  checkWidth(width, "width");
  blockHiddenWidths.forEach((hidden, layer) => checkWidth(hidden, `blockHiddenWidths[${layer}]`));
  if (outputWidth !== undefined) checkWidth(outputWidth, "outputWidth");
  if (scales.length === 0) throw new RangeError("A residual net has at least one block; given scales [].");
  for (const scale of scales) {
    if (!Number.isFinite(scale)) throw new RangeError(`Every scale η is finite; given [${scales.join(", ")}].`);
  }
  const relu = { initialisation: options.initialisation ?? heNormal, biases, biasStandardDeviation: 0 };
  const linear = { initialisation: options.linearInitialisation ?? leCunNormal, biases, biasStandardDeviation: 0 };
  checkInitialisation(relu.initialisation, "initialisation");
  checkInitialisation(linear.initialisation, "linearInitialisation");
  const leadIn = inputWidth !== width;
  const stride = biases ? 2 : 1;
  const blockWidths = [width, ...blockHiddenWidths, width];
  const layersInBlock = blockWidths.length - 1;
  const shapes = denseShapes(
    [
      ...(leadIn ? [[inputWidth, width] as const] : []),
      ...scales.flatMap(() => blockWidths.slice(1).map((fanOut, layer) => [blockWidths[layer], fanOut] as const)),
      ...(outputWidth === undefined ? [] : [[width, outputWidth] as const]),
    ],
    biases,
  );

  const endsLinearly = (layer: number): boolean => layer === layersInBlock - 1 && blockEnd === "linear";
  const hiddenLayers = (leadIn ? 1 : 0) + scales.length * layersInBlock;
  const layerOf = (parameters: readonly Tensor[], layer: number): readonly Tensor[] =>
    parameters.slice(layer * stride, (layer + 1) * stride);

  /** The stream, and its derivative along `v` where one is given: x and v go through the same layers side by side. */
  function stream(parameters: readonly Tensor[], x: Tensor, v?: Tensor): { states: Tensor[]; directions: Tensor[] } {
    checkShapes(shapes, parameters, v === undefined ? [x] : [x, v]);
    let used = 0;
    const next = (input: Tensor, direction: Tensor | undefined, linearLayer: boolean): [Tensor, Tensor | undefined] => {
      const [weights, bias] = layerOf(parameters, used++);
      const activation = linearLayer ? "linear" : "relu";
      const preactivations = affine(input, weights, bias);
      const along =
        direction && tf.mul(activationSlope(activation, preactivations), affine(direction, weights, undefined));
      return [activate(activation, preactivations), along];
    };
    const states = [x];
    const directions: (Tensor | undefined)[] = [v];
    const append = (state: Tensor, direction: Tensor | undefined): void => {
      states.push(state);
      directions.push(direction);
    };
    if (leadIn) append(...next(x, v, true));
    for (const scale of scales) {
      const state = states[states.length - 1];
      const direction = directions[directions.length - 1];
      let inside = state;
      let along = direction;
      for (let layer = 0; layer < layersInBlock; layer++) [inside, along] = next(inside, along, endsLinearly(layer));
      append(tf.add(state, tf.mul(inside, scale)), direction && along && tf.add(direction, tf.mul(along, scale)));
    }
    return { states, directions: directions.filter((direction) => direction !== undefined) };
  }

  return {
    name: `residual ${inputWidth}-${width}, ${scales.length} blocks`,
    inputWidth,
    outputWidth: outputWidth ?? width,
    hiddenWidths: scales.flatMap(() => (blockEnd === "relu" ? [...blockHiddenWidths, width] : [...blockHiddenWidths])),
    parameters(key, nets) {
      if (nets !== undefined) checkWidth(nets, "nets");
      const drawn: Tensor[] = [];
      if (leadIn) drawn.push(...layerParameters(foldIn(key, "leadIn"), nets, inputWidth, width, linear));
      for (let block = 0; block < scales.length; block++) {
        for (let layer = 0; layer < layersInBlock; layer++) {
          const layerKey = foldIn(foldIn(key, block), layer);
          drawn.push(
            ...layerParameters(
              layerKey,
              nets,
              blockWidths[layer],
              blockWidths[layer + 1],
              endsLinearly(layer) ? linear : relu,
            ),
          );
        }
      }
      if (outputWidth !== undefined) {
        drawn.push(...layerParameters(foldIn(key, "output"), nets, width, outputWidth, linear));
      }
      return drawn;
    },
    activations: (parameters, x) => stream(parameters, x).states,
    pushforward: (parameters, x, v) => stream(parameters, x, v).directions,
    output(parameters, x) {
      return tf.tidy(() => {
        const { states } = stream(parameters, x);
        const last = states[states.length - 1];
        if (outputWidth === undefined) return last;
        const [weights, bias] = layerOf(parameters, hiddenLayers);
        return affine(last, weights, bias);
      });
    },
  };
}
