import { foldIn, type Key } from "../random";
import { checkGaussianNets, type GaussianNets } from "./activation-length-gaussian";
import type { JacobianVectorLengths } from "./jacobian-vector-gaussian";
import { netsAtOnce, streamedLayer, writeMeanSquares } from "./streamed-layer";

/** ReLU nets with Gaussian weights, and what they are shown. */
export interface StreamedNets extends Omit<GaussianNets, "inputLength"> {
  /** x^0: `inputWidth` numbers for all nets, or `nets · inputWidth`, net by net. */
  input: Float32Array;
}

/** The same, and a direction v, given as the input is. */
export interface StreamedJacobianNets extends StreamedNets {
  direction: Float32Array;
}

/**
 * Activation lengths of many ReLU nets whose weights are drawn, applied and forgotten: what `activationLengths` gives for
 * `fullyConnected(…).parameters(key, nets)` and one input a net, but for float32 rounding, several times as fast and in
 * memory that does not grow with the weights. M_0 … M_d, each of `nets` values.
 *
 * Throws RangeError as `gaussianActivationLengths` does, and on an input of another length.
 */
export function streamedActivationLengths(key: Key, options: StreamedNets): Float64Array[] {
  return streamedLengths(key, options, [options.input])[0];
}

/**
 * Activation lengths and `‖J^l v‖²/n_l` of the same nets, as `jacobianVectorLengths` gives them for explicit parameters:
 * x and v go through each layer side by side.
 *
 * Throws RangeError as `streamedActivationLengths` does, and on a direction of another length.
 */
export function streamedJacobianVectorLengths(key: Key, options: StreamedJacobianNets): JacobianVectorLengths {
  const [activation, jacobianVector] = streamedLengths(key, options, [options.input, options.direction]);
  return { activation, jacobianVector };
}

/** Lengths of one or two vectors after every layer: the input, and perhaps a direction. */
function streamedLengths(key: Key, options: StreamedNets, starts: readonly Float32Array[]): Float64Array[][] {
  const { sigmaB } = checkGaussianNets(options);
  const { nets, inputWidth, hiddenWidths, initialisation } = options;
  for (const start of starts) checkInput(start, nets, inputWidth);
  const widths = [inputWidth, ...hiddenWidths];
  const batch = starts.length;
  const lengths = starts.map(() => widths.map(() => new Float64Array(nets)));
  const group = netsAtOnce(nets, batch * Math.max(...widths));
  for (let firstNet = 0; firstNet < nets; firstNet += group) {
    const count = Math.min(group, nets - firstNet);
    let vectors = sideBySide(starts, { firstNet, nets: count, width: inputWidth });
    widths.forEach((width, layer) => {
      if (layer > 0) {
        const sizes = { firstNet, nets: count, batch, fanIn: widths[layer - 1], fanOut: width, initialisation, sigmaB };
        vectors = streamedLayer(foldIn(key, layer - 1), vectors, sizes);
        rectify(vectors, { nets: count, batch, width });
      }
      lengths.forEach((of, index) => writeMeanSquares(of[layer], firstNet, vectors, { nets: count, batch, index }));
    });
  }
  return lengths;
}

/** Throws RangeError unless `input` is one vector for all nets or one for each, of finite numbers. */
export function checkInput(input: Float32Array, nets: number, inputWidth: number): void {
  if (input.length !== inputWidth && input.length !== nets * inputWidth) {
    throw new RangeError(
      `An input has ${inputWidth} numbers, or ${nets} times as many, one input a net; given ${input.length}.`,
    );
  }
  const astray = input.find((number) => !Number.isFinite(number));
  if (astray !== undefined) throw new RangeError(`An input is made of finite numbers; given ${astray}.`);
}

/** The vectors of some nets, `[nets, batch, width]`. */
export function sideBySide(
  starts: readonly Float32Array[],
  { firstNet, nets, width }: { firstNet: number; nets: number; width: number },
): Float32Array {
  const vectors = new Float32Array(nets * starts.length * width);
  for (let net = 0; net < nets; net++) {
    starts.forEach((start, index) => {
      const from = start.length === width ? 0 : (firstNet + net) * width;
      vectors.set(start.subarray(from, from + width), (net * starts.length + index) * width);
    });
  }
  return vectors;
}

/** ReLU, in place: each net's first vector holds pre-activations, a second one keeps what passes open units. */
export function rectify(
  vectors: Float32Array,
  { nets, batch, width }: { nets: number; batch: number; width: number },
): void {
  for (let net = 0; net < nets; net++) {
    const start = net * batch * width;
    for (let i = start; i < start + width; i++) {
      const open = vectors[i] > 0;
      if (batch === 2 && !open) vectors[i + width] = 0;
      // NaN stays NaN, as in tf.relu.
      if (!open && vectors[i] <= 0) vectors[i] = 0;
    }
  }
}
