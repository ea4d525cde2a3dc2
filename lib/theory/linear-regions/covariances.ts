import { demandFinite, demandNotNegative, demandNumbers, demandPositive, demandWidths, demandCount } from "../demand";

/** Random ReLU nets: W^l ~ N(0, σ_w²/n_{l−1}), b^l ~ N(0, σ_b²), all independent. */
export interface RandomNets {
  readonly inputWidth: number;
  readonly hiddenWidths: readonly number[];
  /** σ_b. */
  readonly sigmaB: number;
  /** σ_w²; 2 unless given, He's choice. */
  readonly weightVariance?: number;
}

/**
 * A line x(t) = x_0 + t v in the input space, as far as random nets can tell it from others: their law does not change
 * under rotations.
 */
export interface LineGeometry {
  /** ‖x_0‖². */
  readonly squaredOrigin: number;
  /** x_0·v. */
  readonly product: number;
  /** ‖v‖², above 0. */
  readonly squaredDirection: number;
}

/** Covariances of one neuron's pre-activation z and its derivative z' along a line: a random function of t. */
export interface LineCovariances {
  /** E[z²]. */
  readonly K: number;
  /** E[z z']. */
  readonly C: number;
  /** E[z'²]. */
  readonly V: number;
}

/** The line that runs from t = 0 at `from` to t = 1 at `to`. @throws RangeError for points that are equal or of unequal widths */
export function lineThrough(from: ArrayLike<number>, to: ArrayLike<number>): LineGeometry {
  const width = demandNumbers("from", from).length;
  if (demandNumbers("to", to).length !== width) {
    throw new RangeError(`both points must have the same width; they have ${width} and ${to.length}`);
  }
  let [squaredOrigin, product, squaredDirection] = [0, 0, 0];
  for (let i = 0; i < width; i++) {
    const direction = to[i] - from[i];
    squaredOrigin += from[i] ** 2;
    product += from[i] * direction;
    squaredDirection += direction ** 2;
  }
  return checkedLine({ squaredOrigin, product, squaredDirection });
}

/**
 * K, C and V in every hidden layer, at the point t of a line. They hold exactly at any width, as means over nets:
 *
 *     K^1 = σ_w² ‖x(t)‖²/n_0 + σ_b²,   C^1 = σ_w² x(t)·v/n_0,   V^1 = σ_w² ‖v‖²/n_0,
 *     K^{l+1} = g K^l + σ_b²,   C^{l+1} = g C^l,   V^{l+1} = g V^l,   g = σ_w²/2,
 *
 * because (z, z') and (−z, −z') have one law, so that ReLU keeps half of each mean product. He's weights, g = 1, keep C and
 * V; only the biases add up in K.
 * @returns element l − 1 for layer l
 */
export function lineCovariances(nets: RandomNets, line: LineGeometry, t: number = 0): LineCovariances[] {
  const { inputWidth, hiddenWidths, sigmaB, weightVariance } = checkedNets(nets);
  const { squaredOrigin, product, squaredDirection } = checkedLine(line);
  demandFinite("t", t);
  const first = weightVariance / inputWidth;
  const gain = weightVariance / 2;
  let K = first * (squaredOrigin + 2 * t * product + t * t * squaredDirection) + sigmaB ** 2;
  let C = first * (product + t * squaredDirection);
  let V = first * squaredDirection;
  return hiddenWidths.map((_, layer) => {
    if (layer > 0) [K, C, V] = [gain * K + sigmaB ** 2, gain * C, gain * V];
    return { K, C, V };
  });
}

/** The nets with what they leave out. @throws RangeError for widths that are none, a negative σ_b, a σ_w² not above 0 */
export function checkedNets(nets: RandomNets): Required<RandomNets> {
  const { inputWidth, hiddenWidths, sigmaB, weightVariance = 2 } = nets;
  demandCount("inputWidth", inputWidth);
  demandWidths("hiddenWidths", hiddenWidths);
  demandNotNegative("sigmaB", sigmaB);
  demandPositive("weightVariance", weightVariance);
  return { inputWidth, hiddenWidths, sigmaB, weightVariance };
}

function checkedLine(line: LineGeometry): LineGeometry {
  const { squaredOrigin, product, squaredDirection } = line;
  demandNotNegative("squaredOrigin", squaredOrigin);
  demandFinite("product", product);
  if (!(demandFinite("squaredDirection", squaredDirection) > 0)) {
    throw new RangeError(`a line needs two different points, ‖v‖² above 0; it is ${squaredDirection}`);
  }
  if (product ** 2 > squaredOrigin * squaredDirection * (1 + 1e-9)) {
    throw new RangeError(
      `no x_0 and v have x_0·v = ${product}, ‖x_0‖² = ${squaredOrigin} and ‖v‖² = ${squaredDirection}`,
    );
  }
  return line;
}
