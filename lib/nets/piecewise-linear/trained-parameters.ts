import type { PiecewiseLinearStep } from "./piecewise-linear-net";
import { checkChoice, checkYesOrNo } from "../choice";

/** One parameter of an `Architecture`, read off its tensor: weights `[fanIn, fanOut]` or biases `[fanOut]`. */
export interface ParameterValues {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

/** How the parameters of a fully connected net are laid out. */
export interface FullyConnectedStepsOptions {
  /** Whether every weight matrix is followed by its biases. */
  readonly biases: boolean;
  /** Whether the last layer is a linear readout; default true. */
  readonly readout?: boolean;
  readonly negativeSlope?: number;
}

/** How the parameters of a residual net are laid out: as `residual` of this library draws them. */
export interface ResidualStepsOptions extends FullyConnectedStepsOptions {
  /** η_1 … η_L: the scale of each block. */
  readonly scales: readonly number[];
  /** Weight matrices in a block. */
  readonly layersInBlock: number;
  /** Whether a linear layer leads in (where the input's width differs from the stream's). */
  readonly leadIn: boolean;
  /** Whether a block's last layer is linear or passes through the rectifier; default "linear". */
  readonly blockEnd?: "linear" | "relu";
}

/** The affine steps of a list of parameters, `[fanIn, fanOut]` transposed to `[fanOut, fanIn]`. */
function affineSteps(
  parameters: readonly ParameterValues[],
  biases: boolean,
): (PiecewiseLinearStep & { kind: "affine" })[] {
  const stride = biases ? 2 : 1;
  if (parameters.length === 0 || parameters.length % stride !== 0) {
    throw new RangeError(
      `Expected ${biases ? "pairs of weights and biases" : "weights"}; given ${parameters.length} parameters.`,
    );
  }
  return Array.from({ length: parameters.length / stride }, (_, layer) => {
    const { shape, values } = parameters[layer * stride];
    const [fanIn, fanOut] = shape;
    if (shape.length !== 2 || values.length !== fanIn * fanOut) {
      throw new RangeError(
        `Parameter ${layer * stride}: expected weights [fanIn, fanOut] of one net; given ${values.length} values of shape [${shape.join(", ")}].`,
      );
    }
    const weights = new Float64Array(fanIn * fanOut);
    for (let k = 0; k < fanIn; k++) {
      for (let out = 0; out < fanOut; out++) weights[out * fanIn + k] = values[k * fanOut + out];
    }
    const bias = biases ? parameters[layer * stride + 1] : null;
    if (bias !== null && (bias.shape.length !== 1 || bias.shape[0] !== fanOut || bias.values.length !== fanOut)) {
      throw new RangeError(
        `Parameter ${layer * stride + 1}: expected ${fanOut} biases; given shape [${bias.shape.join(", ")}].`,
      );
    }
    return {
      kind: "affine",
      fanIn,
      fanOut,
      weights,
      biases: bias ? Float64Array.from(bias.values) : new Float64Array(fanOut),
    };
  });
}

/**
 * The steps of a trained fully connected net, from its parameters in the order of use (as `fullyConnected` draws them).
 * Throws RangeError on shapes that are not those of a single net.
 */
export function fullyConnectedSteps(
  parameters: readonly ParameterValues[],
  options: FullyConnectedStepsOptions,
): PiecewiseLinearStep[] {
  const { biases, readout = true, negativeSlope = 0 } = options;
  for (const [name, value] of Object.entries({ biases, readout })) checkYesOrNo(value, name);
  const layers = affineSteps(parameters, biases);
  return layers.flatMap((layer, index): PiecewiseLinearStep[] =>
    readout && index === layers.length - 1
      ? [layer]
      : [layer, { kind: "rectifier", width: layer.fanOut, negativeSlope }],
  );
}

/**
 * The steps of a trained residual net x_{l+1} = x_l + η_l N_l(x_l), from its parameters in the order of use (as `residual`
 * draws them): lead-in, blocks, readout.
 * Throws RangeError on shapes that are not those of a single net, and where the number of parameters does not fit.
 */
export function residualSteps(
  parameters: readonly ParameterValues[],
  options: ResidualStepsOptions,
): PiecewiseLinearStep[] {
  const { biases, scales, layersInBlock, leadIn, readout = true, blockEnd = "linear", negativeSlope = 0 } = options;
  checkChoice(blockEnd, ["linear", "relu"], "blockEnd");
  for (const [name, value] of Object.entries({ biases, leadIn, readout })) checkYesOrNo(value, name);
  const layers = affineSteps(parameters, biases);
  const expected = (leadIn ? 1 : 0) + scales.length * layersInBlock + (readout ? 1 : 0);
  if (layers.length !== expected) {
    throw new RangeError(
      `${scales.length} blocks of ${layersInBlock} layers${leadIn ? ", a lead-in" : ""}${readout ? ", a readout" : ""} ` +
        `have ${expected} weight matrices; given ${layers.length}.`,
    );
  }
  const first = leadIn ? 1 : 0;
  const blocks = scales.map((scale, index): PiecewiseLinearStep => {
    const inside = layers.slice(first + index * layersInBlock, first + (index + 1) * layersInBlock);
    const block = inside.flatMap((layer, position): PiecewiseLinearStep[] =>
      blockEnd === "linear" && position === layersInBlock - 1
        ? [layer]
        : [layer, { kind: "rectifier", width: layer.fanOut, negativeSlope }],
    );
    return { kind: "residual", scale, block };
  });
  return [...(leadIn ? layers.slice(0, 1) : []), ...blocks, ...(readout ? layers.slice(-1) : [])];
}
