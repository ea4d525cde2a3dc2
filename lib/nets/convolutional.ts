import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor4D } from "../engine";
import { foldIn } from "../random";
import { affine, type Architecture, checkShapes, checkWidth, denseShapes, type ReverseMode } from "./architecture";
import { convolutionRun, reshapeRun, reverseOfEach } from "./convolutional-reverse";
import { layerParameters } from "./fully-connected";
import { checkInitialisation, type Initialisation } from "./initialisation";
import { heNormal, leCunNormal } from "./initialisation-schemes";
import { chainReverse, denseRun, type LayerRun } from "./reverse-mode";

/** One convolution with what follows it: ReLU, then max pooling. */
export interface Convolution {
  readonly channels: number;
  /** Rows and columns of a filter, odd; default 3. */
  readonly size?: number;
  /** Every so many places in rows and columns; default 1. */
  readonly stride?: number;
  /** Rows and columns of a pooling window; default 2, and 1 for none. */
  readonly pool?: number;
}

/** What a convolutional net is made of. */
export interface ConvolutionalOptions {
  /** Rows, columns and channels of an image. */
  inputShape: readonly [rows: number, columns: number, channels: number];
  /** At least one. */
  convolutions: readonly Convolution[];
  /** Widths of the fully connected ReLU layers that follow; none unless given. */
  hiddenWidths?: readonly number[];
  /** Width of the readout. */
  outputWidth: number;
  /** How filters and hidden weights are drawn; default He normal. */
  initialisation?: Initialisation;
}

/**
 * A convolutional net for small images: convolutions (their borders filled up with zeros, so that only stride and pooling
 * make maps smaller), each followed by ReLU and max pooling, then fully connected ReLU layers and a linear readout. An image
 * is a vector, row by row, the channels of a pixel together.
 *
 * A filter is stored as the matrix `[size² · channels in, channels out]`, one fan-in a column, so that initialisations and
 * ensembles are those of fully connected nets. The nets of an ensemble run one after the other.
 * @throws RangeError for numbers that are not whole and ≥ 1, an even filter, or maps that stride and pooling do not divide;
 *   `pushforward` throws, as it is not defined here; TypeError for what is no initialisation
 */
export function convolutional(options: ConvolutionalOptions): Architecture {
  const { inputShape, outputWidth, hiddenWidths = [], initialisation = heNormal } = options;
  checkInitialisation(initialisation, "initialisation");
  const [rows, columns, channels] = inputShape;
  const convolutions = options.convolutions.map((given) => ({ size: 3, stride: 1, pool: 2, ...given }));
  const flattened = checkedLength(inputShape, convolutions);
  hiddenWidths.forEach((width, layer) => checkWidth(width, `hiddenWidths[${layer}]`));
  checkWidth(outputWidth, "outputWidth");
  const mapWidths = convolutions.map((convolution) => convolution.channels);
  const denseWidths = [flattened, ...hiddenWidths, outputWidth];
  const inputWidth = rows * columns * channels;
  const fans = convolutions.map(({ size, channels: width }, layer): [fanIn: number, fanOut: number] => [
    size * size * (layer === 0 ? channels : mapWidths[layer - 1]),
    width,
  ]);
  denseWidths.slice(1).forEach((width, layer) => fans.push([denseWidths[layer], width]));
  const shapes = denseShapes(fans, true);

  /** The maps after each convolution and the fully connected layers of one net, then its output. */
  function layers(parameters: readonly Tensor[], x: Tensor): Tensor[] {
    const found: Tensor[] = [];
    let maps: Tensor4D = tf.reshape(x, [-1, rows, columns, channels]);
    convolutions.forEach(({ size, stride, pool, channels: width }, layer) => {
      const [weights, biases] = parameters.slice(2 * layer);
      const filter: Tensor4D = tf.reshape(weights, [size, size, maps.shape[3], width]);
      maps = tf.conv2d(maps, filter, stride, "same");
      // A bias and ReLU keep the order of numbers, so the largest may be taken before them, and fewer need them.
      if (pool > 1) maps = tf.maxPool(maps, pool, pool, "valid");
      maps = tf.relu(tf.add<Tensor4D>(maps, biases));
      found.push(tf.reshape(maps, [maps.shape[0], -1]));
    });
    denseWidths.slice(1).forEach((_, layer) => {
      const [weights, biases] = parameters.slice(2 * (convolutions.length + layer));
      const preactivations = affine(found[found.length - 1], weights, biases);
      found.push(layer < hiddenWidths.length ? tf.relu(preactivations) : preactivations);
    });
    return found;
  }

  function check(parameters: readonly Tensor[], x: Tensor): void {
    checkShapes(shapes, parameters, []);
    const nets = parameters[0].rank === 3 ? [1, parameters[0].shape[0]] : [];
    const lead = x.shape.slice(0, -2);
    if (x.rank < 2 || x.rank > 3 || !lead.every((size) => nets.includes(size)) || x.shape.at(-1) !== inputWidth) {
      const expected = [...nets.slice(1), "images", inputWidth].join(", ");
      throw new RangeError(`Images for this net have the shape [${expected}]; given [${x.shape.join(", ")}].`);
    }
  }

  /** `layers` of every net, stacked where there are several. */
  function stackedLayers(parameters: readonly Tensor[], x: Tensor): Tensor[] {
    check(parameters, x);
    if (parameters[0].rank === 2) return layers(parameters, x);
    const each = ofEachNet(layers, parameters, x);
    return each[0].map((_, layer) => tf.stack(each.map((found) => found[layer])));
  }

  /** The output of one net and the way back from it. */
  function reverseOfNet(parameters: readonly Tensor[], x: Tensor): ReverseMode {
    const chain: ((input: Tensor) => LayerRun)[] = convolutions.map((convolution, layer) => {
      const [weights, biases] = parameters.slice(2 * layer);
      return (maps) => convolutionRun({ ...convolution, weights, biases }, maps);
    });
    chain.push((maps) => reshapeRun([flattened], maps));
    denseWidths.slice(1).forEach((_, layer) => {
      const [weights, biases] = parameters.slice(2 * (convolutions.length + layer));
      const activation = layer < hiddenWidths.length ? "relu" : "linear";
      chain.push((input) => denseRun({ weights, biases, activation }, input));
    });
    return chainReverse(chain, tf.reshape(x, [-1, rows, columns, channels]));
  }

  function reverse(parameters: readonly Tensor[], x: Tensor): ReverseMode {
    check(parameters, x);
    if (parameters[0].rank === 2) return reverseOfNet(parameters, x);
    return reverseOfEach(ofEachNet(reverseOfNet, parameters, x));
  }

  function output(parameters: readonly Tensor[], x: Tensor): Tensor {
    return tf.tidy(() => stackedLayers(parameters, x).at(-1)!);
  }

  return {
    name: `convolutional ${inputShape.join("×")}, ${mapWidths.join("-")} channels, ${denseWidths.join("-")}`,
    inputWidth,
    outputWidth,
    hiddenWidths: [...mapWidths, ...hiddenWidths],
    parameters(key, nets) {
      if (nets !== undefined) checkWidth(nets, "nets");
      const layer = { biases: true, biasStandardDeviation: 0 };
      return fans.flatMap(([fanIn, fanOut], index) => {
        const readout = index === fans.length - 1;
        const layerKey = foldIn(key, readout ? "output" : index);
        const scheme = readout ? leCunNormal : initialisation;
        return layerParameters(layerKey, nets, fanIn, fanOut, { initialisation: scheme, ...layer });
      });
    },
    activations: (parameters, x) => [x, ...stackedLayers(parameters, x).slice(0, -1)],
    pushforward() {
      throw new Error("a convolutional net has no forward mode here; take gradients instead");
    },
    output: Object.assign(output, { reverse }),
  };
}

/** What `run` makes of each net of an ensemble and of its input, which nets may share. */
function ofEachNet<T>(
  run: (parameters: readonly Tensor[], x: Tensor) => T,
  parameters: readonly Tensor[],
  x: Tensor,
): T[] {
  return Array.from({ length: parameters[0].shape[0] }, (_, net) =>
    run(
      parameters.map((parameter) => netOf(parameter, net)),
      x.rank === 3 ? netOf(x, net) : x,
    ),
  );
}

/** One net's part of a tensor with the nets on its leading axis. */
function netOf(tensor: Tensor, net: number): Tensor {
  const shape = tensor.shape.slice(1);
  if (tensor.shape[0] === 1) return tf.reshape(tensor, shape);
  return tf.reshape(tf.slice(tensor, [net, ...shape.map(() => 0)], [1, ...shape]), shape);
}

/** Numbers in the maps after the last convolution. @throws RangeError as `convolutional` does */
function checkedLength(inputShape: readonly number[], convolutions: readonly Required<Convolution>[]): number {
  if (inputShape.length !== 3) {
    throw new RangeError(`inputShape is [rows, columns, channels]; given [${inputShape.join(", ")}].`);
  }
  inputShape.forEach((size, axis) => checkWidth(size, `inputShape[${axis}]`));
  if (convolutions.length === 0) throw new RangeError("A convolutional net has at least one convolution; given [].");
  let [rows, columns] = inputShape;
  convolutions.forEach(({ channels, size, stride, pool }, layer) => {
    for (const [name, value] of Object.entries({ channels, size, stride, pool })) {
      checkWidth(value, `convolutions[${layer}].${name}`);
    }
    if (size % 2 === 0) throw new RangeError(`A filter has an odd size, so that it has a middle; given ${size}.`);
    const shrink = stride * pool;
    if (rows % shrink !== 0 || columns % shrink !== 0) {
      throw new RangeError(`convolutions[${layer}] takes maps of ${rows} × ${columns}; ${shrink} must divide both.`);
    }
    [rows, columns] = [rows / shrink, columns / shrink];
  });
  return rows * columns * convolutions[convolutions.length - 1].channels;
}
