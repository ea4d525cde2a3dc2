import * as tf from "@tensorflow/tfjs";
import {
  activationLengths,
  gaussianActivationLengths,
  gaussianJacobianVectorLengths,
  jacobianVectorLengths,
  streamedActivationLengths,
  streamedJacobianVectorLengths,
} from "../../measure";
import { fullyConnected, type Initialisation, initialisationNamed, type InitialisationRecord } from "../../nets";
import { foldIn, type Key, key, normalArray } from "../../random";

/** "flat": every entry 1. "peaked": one entry √n, the others 0. Both have M_0 = ‖x‖²/n = 1. */
export type InputShape = "flat" | "peaked";

/** What is measured on each net: M_l, ‖J^l v‖²/n_l, or the squared entry J² of a readout with weights N(0, 1/n_d). */
export type Quantity = "activation" | "jacobianVector" | "jacobianEntry";

/** Many independent ReLU nets of one kind, as plain JSON. */
export interface Ensemble {
  readonly seed: number;
  readonly nets: number;
  readonly inputWidth: number;
  readonly hiddenWidths: readonly number[];
  readonly initialisation: InitialisationRecord;
  /** σ_b of the biases, default 0. */
  readonly sigmaB?: number;
  /** Default "flat". The direction v of a Jacobian–vector product is always "peaked". */
  readonly input?: InputShape;
  /** Default "activation". */
  readonly quantity?: Quantity;
  /** "layers" samples each layer from its exact conditional law (Gaussian weights only), "weights" draws the weights. */
  readonly path: "layers" | "weights";
  /** One weight matrix for all layers of a net: breaks the independence that the theorems need. Needs equal widths. */
  readonly tiedWeights?: boolean;
}

/** An input of the given shape, M_0 = 1. */
export function inputVector(width: number, input: InputShape): Float32Array {
  const x = new Float32Array(width).fill(input === "flat" ? 1 : 0);
  if (input === "peaked") x[0] = Math.sqrt(width);
  return x;
}

/**
 * Numbers that one chunk may hold at once, by way of drawing: bounds memory whatever the number of nets. A layer that
 * stays in the processor's cache is drawn and reduced about twice as fast as a large one.
 */
const chunkNumbers = { layers: 2 ** 18, weights: 2 ** 20 };

/**
 * Draws the ensemble in chunks and hands over the lengths of each: one array a layer, the input's first. Memory stays
 * bounded. `report` gets the fraction done. Throws RangeError on an ensemble that cannot be drawn as asked.
 */
export function forEachChunk(
  ensemble: Ensemble,
  visit: (lengths: Float64Array[]) => void,
  report: (fraction: number) => void = () => undefined,
): void {
  const { seed, nets, inputWidth, hiddenWidths, path } = ensemble;
  if (!Number.isSafeInteger(nets) || nets < 1) throw new RangeError(`nets is a whole number ≥ 1; given ${nets}.`);
  if (path !== "layers" && path !== "weights") {
    throw new RangeError(`path is "layers" or "weights"; given "${String(path)}".`);
  }
  const widths = [inputWidth, ...hiddenWidths];
  const weights = hiddenWidths.reduce((sum, width, layer) => sum + width * widths[layer], 0);
  const numbersPerNet = path === "weights" ? weights : Math.max(...hiddenWidths);
  const chunk = Math.max(1, Math.min(nets, Math.floor(chunkNumbers[path] / numbersPerNet)));
  for (let first = 0, index = 0; first < nets; first += chunk, index++) {
    const chunkKey = foldIn(key(seed), index);
    const size = Math.min(chunk, nets - first);
    visit(path === "weights" ? throughWeights(chunkKey, ensemble, size) : throughLayers(chunkKey, ensemble, size));
    report((first + size) / nets);
  }
}

function throughLayers(chunkKey: Key, ensemble: Ensemble, nets: number): Float64Array[] {
  if (ensemble.tiedWeights === true) {
    throw new RangeError('Tied weights are not fresh in each layer: use path "weights".');
  }
  const { inputWidth, hiddenWidths, sigmaB = 0, quantity = "activation", input = "flat" } = ensemble;
  const options = {
    nets,
    inputWidth,
    hiddenWidths,
    sigmaB,
    initialisation: initialisationNamed(ensemble.initialisation),
  };
  if (quantity === "activation") return gaussianActivationLengths(chunkKey, options);
  const cosine = input === "peaked" ? 1 : 1 / Math.sqrt(inputWidth);
  const { jacobianVector } = gaussianJacobianVectorLengths(chunkKey, { ...options, cosine });
  return quantity === "jacobianVector" ? jacobianVector : withReadout(chunkKey, jacobianVector);
}

function throughWeights(chunkKey: Key, ensemble: Ensemble, nets: number): Float64Array[] {
  const initialisation = initialisationNamed(ensemble.initialisation);
  const lengths =
    initialisation.gaussian && ensemble.tiedWeights !== true
      ? throughStreamedWeights(chunkKey, ensemble, { nets, initialisation })
      : throughStoredWeights(chunkKey, ensemble, { nets, initialisation });
  return ensemble.quantity === "jacobianEntry" ? withReadout(chunkKey, lengths) : lengths;
}

interface Chunk {
  nets: number;
  initialisation: Initialisation;
}

function throughStreamedWeights(chunkKey: Key, ensemble: Ensemble, { nets, initialisation }: Chunk): Float64Array[] {
  const { inputWidth, hiddenWidths, sigmaB = 0, quantity = "activation", input = "flat" } = ensemble;
  const options = { nets, inputWidth, hiddenWidths, initialisation, sigmaB, input: inputVector(inputWidth, input) };
  if (quantity === "activation") return streamedActivationLengths(chunkKey, options);
  const direction = inputVector(inputWidth, "peaked");
  return streamedJacobianVectorLengths(chunkKey, { ...options, direction }).jacobianVector;
}

/** The same for any weights, all in memory at once. */
function throughStoredWeights(chunkKey: Key, ensemble: Ensemble, { nets, initialisation }: Chunk): Float64Array[] {
  const { inputWidth, hiddenWidths, sigmaB = 0, quantity = "activation", input = "flat" } = ensemble;
  const biases = sigmaB > 0;
  const architecture = fullyConnected({
    inputWidth,
    hiddenWidths,
    initialisation,
    biases,
    ...(biases ? { biasStandardDeviation: sigmaB } : {}),
  });
  const drawn = architecture.parameters(chunkKey, nets);
  const parameters = ensemble.tiedWeights === true ? tied(drawn, hiddenWidths, inputWidth, biases) : drawn;
  const x = tf.tensor2d(inputVector(inputWidth, input), [1, inputWidth]);
  const v = tf.tensor2d(inputVector(inputWidth, "peaked"), [1, inputWidth]);
  const lengths =
    quantity === "activation"
      ? activationLengths(architecture, parameters, x)
      : jacobianVectorLengths(architecture, parameters, x, v);
  tf.dispose([x, v, ...drawn]);
  // The input is shared by the nets of a chunk: one value stands for all.
  const [start, ...layers] = lengths;
  return [new Float64Array(nets).fill(start[0]), ...layers];
}

/** Given v^d, an entry w·v^d of a Gaussian readout is normal with variance ‖v^d‖²/n_d. */
function withReadout(chunkKey: Key, lengths: Float64Array[]): Float64Array[] {
  const last = lengths[lengths.length - 1];
  const readout = normalArray(foldIn(chunkKey, "readout"), last.length);
  return [...lengths, last.map((length, net) => length * readout[net] ** 2)];
}

function tied(
  drawn: readonly tf.Tensor[],
  hiddenWidths: readonly number[],
  inputWidth: number,
  biases: boolean,
): tf.Tensor[] {
  if (hiddenWidths.some((width) => width !== inputWidth)) {
    throw new RangeError(`Tied weights need equal widths; given ${inputWidth} → ${hiddenWidths.join(", ")}.`);
  }
  return biases ? drawn.map((parameter, index) => (index % 2 === 0 ? drawn[0] : parameter)) : drawn.map(() => drawn[0]);
}
