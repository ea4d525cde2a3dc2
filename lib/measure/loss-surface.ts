import * as tf from "@tensorflow/tfjs";
import { addBiases, crossEntropies, matrixProduct, type Tensor, type Tensor1D } from "../engine";
import { activate, type Activation } from "../nets/architecture";

/** A plane through the parameters of a fully connected classifier: θ(α, β) = θ* + α δ + β η. */
export interface ParameterPlane {
  /** θ*: weights `[fanIn, fanOut]` and biases `[fanOut]` of each layer in turn, the readout's last. */
  readonly center: readonly Tensor[];
  /** δ, shaped as the center is. */
  readonly first: readonly Tensor[];
  /** η, shaped as the center is. */
  readonly second: readonly Tensor[];
}

export interface LossSurfaceOptions {
  readonly plane: ParameterPlane;
  /** Of the hidden layers; "relu" unless given. */
  readonly activation?: Activation;
  /** Values of α, the columns. */
  readonly alphas: readonly number[];
  /** Values of β, the rows. */
  readonly betas: readonly number[];
  /** `[examples, inputWidth]` */
  readonly inputs: Tensor;
  /** Class of each example, int32. */
  readonly labels: Tensor1D;
  /** Bytes that one layer's activations of the examples and grid points evaluated at once may take; 1 MiB unless given. */
  readonly bytesAtOnce?: number;
}

/**
 * Mean cross-entropy in nats at every point of a grid in a plane through the parameters, row by row, `[betas, alphas]` (Li et al.
 * 2018, "Visualizing the loss landscape of neural nets", section 4).
 *
 * The first layer's preactivations are linear in α and β, so that its three products with the inputs are made once for the whole
 * grid. The other layers take as many examples at a point as fit, or as many points of a row.
 *
 * @throws RangeError for parameters, directions or inputs whose shapes do not fit, a label that is no class, an empty grid, or a
 *   coordinate that is not finite
 */
export async function lossSurface(options: LossSurfaceOptions): Promise<Float64Array> {
  const { plane, activation = "relu", alphas, betas, inputs, labels, bytesAtOnce = 2 ** 20 } = options;
  checkOptions(options);
  await checkLabels(labels, plane.center[plane.center.length - 1].shape[0]);
  const examples = inputs.shape[0];
  const widest = Math.max(...plane.center.map((parameter) => parameter.shape[parameter.rank - 1]));
  const rowsAtOnce = Math.max(1, Math.floor(bytesAtOnce / (4 * widest)));
  const pointsAtOnce = Math.max(1, Math.floor(rowsAtOnce / examples));
  const losses = tf.tidy(() => {
    const parts = inParts(inputs, tf.cast(labels, "int32"), rowsAtOnce).map((part) => throughFirstLayer(plane, part));
    const [center, first, second] = [plane.center, plane.first, plane.second].map((parameters) => parameters.slice(2));
    const columns = inBlocks(alphas, pointsAtOnce).map((block) =>
      // One point goes without a leading axis: its sums need no broadcasting, which is four times slower.
      block.length === 1 ? tf.scalar(block[0]) : tf.tensor3d(block, [block.length, 1, 1]),
    );
    const rows = betas.map((value) =>
      tf.tidy(() => {
        const beta = tf.scalar(value);
        const row = center.map((parameter, index) => moved(parameter, second[index], beta));
        const hidden = parts.map((part) => moved(part.center, part.second, beta));
        const found: Tensor[][] = parts.map(() => []);
        for (const alpha of columns) {
          const parameters = row.map((parameter, index) => moved(parameter, first[index], alpha));
          for (const [index, { first, labels }] of parts.entries()) {
            const logits = throughOthers(moved(hidden[index], first, alpha), parameters, activation);
            found[index].push(crossEntropies(logits, labels));
            logits.dispose();
          }
          tf.dispose(parameters);
        }
        const sums = found.map((entropies) => tf.sum(tf.reshape(tf.concat(entropies), [alphas.length, -1]), 1));
        return tf.div(tf.addN(sums), examples);
      }),
    );
    return tf.concat(rows);
  });
  const values = Float64Array.from(await losses.data());
  losses.dispose();
  return values;
}

/** Some of the examples: what the first layer makes of them in place of its parameters, and their labels. */
interface FirstPreactivations {
  readonly center: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
  readonly labels: Tensor1D;
}

function throughFirstLayer(plane: ParameterPlane, part: { inputs: Tensor; labels: Tensor1D }): FirstPreactivations {
  const [center, first, second] = [plane.center, plane.first, plane.second].map(([weights, biases]) =>
    addBiases(matrixProduct(part.inputs, weights), biases),
  );
  return { center, first, second, labels: part.labels };
}

/** Logits from the first layer's preactivations, which are disposed, by the other layers' parameters. */
function throughOthers(preactivations: Tensor, parameters: readonly Tensor[], activation: Activation): Tensor {
  // Large tensors go at once, so that the next one takes memory that is still in the processor's caches.
  let current = preactivations;
  const next = (made: Tensor): void => {
    if (made !== current) current.dispose();
    current = made;
  };
  for (let index = 0; index < parameters.length; index += 2) {
    const [weights, biases] = [parameters[index], parameters[index + 1]];
    next(activate(activation, current));
    next(matrixProduct(current, weights));
    // Biases are [width] of one point, [points, 1, width] of several.
    next(biases.rank === 1 ? addBiases(current, biases) : tf.add(current, biases));
  }
  return current;
}

/** `from + step · direction`. */
function moved(from: Tensor, direction: Tensor, step: Tensor): Tensor {
  const way = tf.mul(direction, step);
  const to = tf.add(from, way);
  way.dispose();
  return to;
}

/** Examples with their labels, in parts of much the same size that is `atMost`. */
function inParts(inputs: Tensor, labels: Tensor1D, atMost: number): { inputs: Tensor; labels: Tensor1D }[] {
  const examples = inputs.shape[0];
  const size = Math.ceil(examples / Math.ceil(examples / atMost));
  return inBlocks([...Array(examples).keys()], size).map(([from], _, { length }) => {
    if (length === 1) return { inputs, labels };
    const count = Math.min(size, examples - from);
    return { inputs: tf.slice(inputs, from, count), labels: tf.slice1d(labels, from, count) };
  });
}

function inBlocks(values: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, block) =>
    values.slice(block * size, (block + 1) * size),
  );
}

/**
 * A direction whose filters (of a fully connected layer the columns of the weights: what one neuron reads) have the norms of the
 * parameters' own, so that a step is as large for a net as for the same net with its weights scaled (Li et al. 2018, section 4).
 * Biases stay where they are: their part of the direction is 0. The caller disposes the result.
 *
 * @throws RangeError unless direction and parameters have the same shapes
 */
export function filterNormalised(direction: readonly Tensor[], parameters: readonly Tensor[]): Tensor[] {
  checkShapes("direction", direction, parameters);
  return direction.map((part, index) =>
    tf.tidy(() => {
      if (part.rank < 2) return tf.zerosLike(part);
      const norms = tf.norm(parameters[index], 2, part.rank - 2, true);
      return tf.mul(part, tf.divNoNan(norms, tf.norm(part, 2, part.rank - 2, true)));
    }),
  );
}

function checkOptions({ plane, alphas, betas, inputs, labels, bytesAtOnce = 1 }: LossSurfaceOptions): void {
  if (!(bytesAtOnce > 0 && bytesAtOnce < Infinity)) {
    throw new RangeError(`lossSurface: bytesAtOnce is a finite number above 0; given ${bytesAtOnce}.`);
  }
  const { center, first, second } = plane;
  if (center.length < 4 || center.length % 2 !== 0 || center.some((p, i) => p.rank !== (i % 2 === 0 ? 2 : 1))) {
    throw new RangeError(
      "lossSurface: the center is [weights, biases, …] of a single net with a hidden layer at least, as architecture.parameters(key) draws them.",
    );
  }
  checkShapes("first", first, center);
  checkShapes("second", second, center);
  if (inputs.rank !== 2 || inputs.shape[1] !== center[0].shape[0] || labels.shape[0] !== inputs.shape[0]) {
    throw new RangeError(
      `lossSurface: expected inputs [examples, ${center[0].shape[0]}] and a label each, but got [${inputs.shape.join(", ")}] and ${labels.shape[0]}.`,
    );
  }
  if (labels.shape[0] === 0) throw new RangeError("lossSurface: expected at least one example; given none.");
  for (const [name, values] of Object.entries({ alphas, betas })) {
    if (values.length === 0 || !values.every(Number.isFinite)) {
      throw new RangeError(`lossSurface: ${name} are finite numbers, at least one; given [${values.join(", ")}].`);
    }
  }
}

async function checkLabels(labels: Tensor1D, classes: number): Promise<void> {
  const wrong = (await labels.data()).find((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong !== undefined) {
    throw new RangeError(`lossSurface: labels are whole numbers from 0 to ${classes - 1} here; given ${wrong}.`);
  }
}

function checkShapes(name: string, parts: readonly Tensor[], like: readonly Tensor[]): void {
  const shapes = (list: readonly Tensor[]): string => list.map(({ shape }) => `[${shape.join(", ")}]`).join(" ");
  if (shapes(parts) !== shapes(like)) {
    throw new RangeError(`${name}: expected the parameters' shapes ${shapes(like)}, but got ${shapes(parts)}.`);
  }
}
