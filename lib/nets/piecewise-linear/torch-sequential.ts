import { NetFileError, quoted, shapeText } from "./net-file-error";
import { type PiecewiseLinearNet, piecewiseLinearNet, type PiecewiseLinearStep } from "./piecewise-linear-net";
import { type StoredTensor, valuesOf } from "./stored-tensor";

/** What a state dict does not say. */
export interface TorchSequentialOptions {
  /** Slope of the activations below 0: 0 for ReLU (the default), 0.01 for PyTorch's own LeakyReLU. */
  negativeSlope?: number;
  /**
   * Where activations are. "gaps", the default: between two linear layers whose numbers leave a gap, because the modules in
   * between have no weights (an activation, perhaps with a Dropout). "all": between any two, for layers numbered without
   * gaps, as in a ModuleList.
   */
  activations?: "gaps" | "all";
}

/** Module names that are no linear layer, by what they are called in a state dict, and what to do about them. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [
    /running_(mean|var)$|num_batches_tracked$/,
    "of a batch normalisation; fold it into the linear layer before it, then save again",
  ],
  [
    /(weight_[gvu]|weight_orig|weight_mask|original\d+)$/,
    "of a parametrised layer; remove the parametrisation, then save again",
  ],
  [/(weight|bias)_(ih|hh)_l\d+/, "of a recurrent layer, which is not piecewise linear in its input"],
  [/in_proj_(weight|bias)$/, "of an attention layer, which is not piecewise linear"],
];

/**
 * The net of a PyTorch `nn.Sequential`'s state dict: `0.weight` of shape [out, in], `0.bias` of shape [out], `2.weight`, …
 * in the order of the numbers (2 before 10). A layer may be without bias. A state dict does not name modules without
 * weights: `options` says what is taken to be there. After the last linear layer nothing follows.
 *
 * @throws NetFileError naming the tensor: other names, another rank, widths that do not follow one another, a bias alone or
 *   of the wrong length, other types than float32 and float64, NaN and infinite weights
 * @throws RangeError for a negative slope that is 1 or not finite
 */
export function netOfTorchSequential(
  tensors: ReadonlyMap<string, StoredTensor>,
  { negativeSlope = 0, activations = "gaps" }: TorchSequentialOptions = {},
): PiecewiseLinearNet {
  if (!Number.isFinite(negativeSlope) || negativeSlope === 1) {
    throw new RangeError(
      `The negative slope is ${negativeSlope}; it must be finite and not 1, which would be no activation.`,
    );
  }
  const layers = linearLayers(tensors);
  if (layers.length === 0) {
    throw new NetFileError(
      "The file holds no tensors; the state dict of an nn.Sequential has 0.weight, 0.bias, 2.weight, ….",
    );
  }
  checkWidths(layers);
  const steps: PiecewiseLinearStep[] = [];
  layers.forEach(({ number, weight, bias }, place) => {
    const [fanOut, fanIn] = weight.shape;
    const isAfterGap = place > 0 && number - layers[place - 1].number > 1;
    if (place > 0 && (isAfterGap || activations === "all"))
      steps.push({ kind: "rectifier", width: fanIn, negativeSlope });
    const biases = bias === undefined ? new Float64Array(fanOut) : valuesOf(bias);
    steps.push({ kind: "affine", fanIn, fanOut, weights: valuesOf(weight), biases });
  });
  return piecewiseLinearNet(layers[0].weight.shape[1], steps);
}

interface LinearLayer {
  readonly number: number;
  readonly weight: StoredTensor;
  readonly bias: StoredTensor | undefined;
}

function linearLayers(tensors: ReadonlyMap<string, StoredTensor>): LinearLayer[] {
  const weights = new Map<number, StoredTensor>();
  const biases = new Map<number, StoredTensor>();
  // What belongs to another kind of layer is named first: its weight and bias alone would give a misleading message.
  const names = [...tensors.keys()].sort((one, other) => Number(isLinearName(one)) - Number(isLinearName(other)));
  for (const name of names) {
    const [, number, part] = linearName.exec(name) ?? [];
    const tensor = tensors.get(name);
    if (number === undefined || tensor === undefined) throw foreignTensor(name);
    (part === "weight" ? weights : biases).set(Number(number), tensor);
  }
  for (const [number, { name }] of biases) {
    if (!weights.has(number)) throw new NetFileError(`Tensor ${quoted(name)} has no ${number}.weight beside it.`);
  }
  const numbers = [...weights.keys()].sort((one, other) => one - other);
  return numbers.map((number) => ({ number, weight: weights.get(number)!, bias: biases.get(number) }));
}

const linearName = /^(0|[1-9]\d{0,8})\.(weight|bias)$/;

function isLinearName(name: string): boolean {
  return linearName.test(name);
}

function foreignTensor(name: string): NetFileError {
  const reason = foreign.find(([pattern]) => pattern.test(name))?.[1];
  if (reason !== undefined) return new NetFileError(`Tensor ${quoted(name)} is ${reason}.`);
  const wrapped = /^(.+?)\.(0|[1-9]\d*)\.(weight|bias)$/.exec(name);
  const advice =
    wrapped === null
      ? "The file does not say in which order such layers are used: save the state dict of one nn.Sequential."
      : `Save the state dict of ${quoted(wrapped[1])} alone, if that is an nn.Sequential and all of the net.`;
  return new NetFileError(`Tensor ${quoted(name)} is not called NUMBER.weight or NUMBER.bias. ${advice}`);
}

function checkWidths(layers: readonly LinearLayer[]): void {
  let previous: StoredTensor | null = null;
  for (const { weight, bias } of layers) {
    if (weight.shape.length !== 2) throw wrongRank(weight);
    const [fanOut, fanIn] = weight.shape;
    if (fanOut === 0 || fanIn === 0) {
      throw new NetFileError(
        `Tensor ${quoted(weight.name)} has the shape ${shapeText(weight.shape)}: a layer of no width.`,
      );
    }
    if (previous !== null && fanIn !== previous.shape[0]) {
      throw new NetFileError(
        `Tensor ${quoted(weight.name)} of shape ${shapeText(weight.shape)} takes ${fanIn} values; ` +
          `${quoted(previous.name)} before it gives ${previous.shape[0]}.`,
      );
    }
    if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== fanOut)) {
      throw new NetFileError(
        `Tensor ${quoted(bias.name)} has the shape ${shapeText(bias.shape)}; ${quoted(weight.name)} needs [${fanOut}].`,
      );
    }
    previous = weight;
  }
}

function wrongRank({ name, shape }: StoredTensor): NetFileError {
  const guess =
    shape.length === 1
      ? " It may be of a normalisation or a PReLU, which are not read."
      : shape.length >= 3
        ? " It may be of a convolution, which is not read."
        : "";
  return new NetFileError(
    `Tensor ${quoted(name)} has the shape ${shapeText(shape)}; the weight of a linear layer has two axes, [out, in].${guess}`,
  );
}
