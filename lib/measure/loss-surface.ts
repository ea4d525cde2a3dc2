import * as tf from "@tensorflow/tfjs";
import { addBiases, matrixProduct, oneHot, type Tensor, type Tensor1D } from "../engine";
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
  /** Bytes that one layer's activations at the grid points evaluated at once may take; 2 MB unless given. */
  readonly bytesAtOnce?: number;
}

/**
 * Mean cross-entropy in nats at every point of a grid in a plane through the parameters, row by row, `[betas, alphas]` (Li et al.
 * 2018, "Visualizing the loss landscape of neural nets", section 4).
 *
 * The first layer's preactivations are linear in α and β, so that its three products with the inputs are made once for the whole
 * grid. The other layers take as many points of a row at once as fit.
 *
 * @throws RangeError for parameters, directions or inputs whose shapes do not fit, an empty grid, or a coordinate that is not finite
 */
export async function lossSurface(options: LossSurfaceOptions): Promise<Float64Array> {
  const { plane, activation = "relu", alphas, betas, inputs, labels, bytesAtOnce = 2e6 } = options;
  checkOptions(options);
  const examples = inputs.shape[0];
  const widest = Math.max(...plane.center.map((parameter) => parameter.shape[parameter.rank - 1]));
  const atOnce = Math.max(1, Math.floor(bytesAtOnce / (4 * examples * widest)));
  const classes = plane.center[plane.center.length - 1].shape[0];
  const losses = tf.tidy(() => {
    // The first layer's preactivations in place of its parameters.
    const [center, first, second] = [plane.center, plane.first, plane.second].map(([weights, biases, ...others]) => [
      addBiases(matrixProduct(inputs, weights), biases),
      ...others,
    ]);
    const targets = oneHot(labels, classes);
    const rows = betas.map((beta) =>
      tf.tidy(() => {
        const row = center.map((part, index) => tf.add(part, tf.mul(second[index], beta)));
        const parts: Tensor[] = [];
        for (let from = 0; from < alphas.length; from += atOnce) {
          parts.push(tf.tidy(() => lossesAt(alphas.slice(from, from + atOnce), row, first, activation, targets)));
        }
        return tf.concat(parts);
      }),
    );
    return tf.concat(rows);
  });
  const values = Float64Array.from(await losses.data());
  losses.dispose();
  return values;
}

/** Mean cross-entropy at some α of a row, [alphas]. */
function lossesAt(
  alphas: readonly number[],
  row: readonly Tensor[],
  first: readonly Tensor[],
  activation: Activation,
  targets: Tensor,
): Tensor {
  // One point goes without a leading axis: its sums need no broadcasting, which is four times slower.
  const alpha = alphas.length === 1 ? tf.scalar(alphas[0]) : tf.tensor3d([...alphas], [alphas.length, 1, 1]);
  const [hidden, ...others] = row.map((part, index) => tf.add(part, tf.mul(alpha, first[index])));
  let preactivations = hidden;
  for (let index = 0; index < others.length; index += 2) {
    // Biases are [width] of one point, [points, 1, width] of several.
    const product = matrixProduct(activate(activation, preactivations), others[index]);
    preactivations = tf.add(product, others[index + 1]);
  }
  const losses = tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(preactivations), targets), -1), -1));
  return tf.reshape(losses, [alphas.length]);
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

function checkOptions({ plane, alphas, betas, inputs, labels }: LossSurfaceOptions): void {
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
  for (const [name, values] of Object.entries({ alphas, betas })) {
    if (values.length === 0 || !values.every(Number.isFinite)) {
      throw new RangeError(`lossSurface: ${name} are finite numbers, at least one; given [${values.join(", ")}].`);
    }
  }
}

function checkShapes(name: string, parts: readonly Tensor[], like: readonly Tensor[]): void {
  const shapes = (list: readonly Tensor[]): string => list.map(({ shape }) => `[${shape.join(", ")}]`).join(" ");
  if (shapes(parts) !== shapes(like)) {
    throw new RangeError(`${name}: expected the parameters' shapes ${shapes(like)}, but got ${shapes(parts)}.`);
  }
}
