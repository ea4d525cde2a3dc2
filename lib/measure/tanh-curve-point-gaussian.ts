import { foldIn, type Key, tanhJetProducts } from "../random";
import { semidefiniteRoot } from "./semidefinite-root";

/** Tanh nets W_ij ~ N(0, sigmaW²/fanIn), b_i ~ N(0, sigmaB²), and one point of a curve that each of them is shown. */
export interface GaussianCurvePoints {
  /** How many independent nets. */
  nets: number;
  inputWidth: number;
  /** n_1 … n_d. */
  hiddenWidths: readonly number[];
  sigmaW: number;
  sigmaB: number;
  /**
   * x·x, x·∂x, x·∂²x, ∂x·∂x, ∂x·∂²x and ∂²x·∂²x of the input: all that the nets' law depends on. Six numbers for all nets, or
   * `nets · 6`, net by net. For a circle of radius r by its angle: r², 0, −r², r², 0, r².
   */
  products: ArrayLike<number>;
}

/** What `squaredNorm`, `squaredSpeed` and `squaredTurning` measure, each of the input, then of h^1 … h^d, of `nets` values. */
export interface CurvePointMeasures {
  /** ‖h‖². */
  squaredNorm: Float64Array[];
  /** ‖∂h‖². */
  squaredSpeed: Float64Array[];
  /** (κ ‖∂h‖)², NaN where the curve stands still. */
  squaredTurning: Float64Array[];
}

/**
 * A curve at one point in each of many tanh nets, layer by layer, without drawing a weight and without keeping a vector: given
 * x, ∂x and ∂²x the triples (h_i, ∂h_i, ∂²h_i) of a fresh layer are independent and normal, and their covariance follows from
 * the products of the three vectors. In law, and with the same numbers but for rounding, what `throughGaussianLayer` and
 * `throughActivation` give with `foldIn(key, 0)`, `foldIn(key, 1)`, …: for narrow nets many times as fast.
 *
 * @throws RangeError for sizes that are not whole numbers ≥ 1, a sigma that is negative or not finite, and products that no
 *   three vectors have.
 */
export function gaussianTanhCurvePoints(key: Key, points: GaussianCurvePoints): CurvePointMeasures {
  const { nets, inputWidth, hiddenWidths, sigmaW, sigmaB } = points;
  checkSizes(points);
  const measures = emptyMeasures(nets, hiddenWidths.length + 1);
  // Twelve numbers a net: six of h, then six of what the next layer sees.
  let products = startProducts(points);
  // Powers of two that θ is counted in, one a net: in float32 a fast curve's acceleration would soon be infinite.
  const units = new Float64Array(nets).fill(1);
  measure(measures, 0, products, units);
  const roots = new Float64Array(6 * nets);
  const covariance = new Float64Array(9);
  const root = new Float64Array(9);
  hiddenWidths.forEach((width, layer) => {
    const fanIn = layer === 0 ? inputWidth : hiddenWidths[layer - 1];
    const scale = sigmaW ** 2 / fanIn;
    for (let net = 0; net < nets; net++) {
      const seen = 12 * net + 6;
      const unit = unitOf(products[seen + 3]);
      units[net] *= unit;
      covariance[0] = scale * products[seen] + sigmaB ** 2;
      covariance[3] = scale * products[seen + 1] * unit;
      covariance[6] = scale * products[seen + 2] * unit ** 2;
      covariance[4] = scale * products[seen + 3] * unit ** 2;
      covariance[7] = scale * products[seen + 4] * unit ** 3;
      covariance[8] = scale * products[seen + 5] * unit ** 4;
      semidefiniteRoot(covariance, root);
      const start = 6 * net;
      roots[start] = root[0];
      roots[start + 1] = root[3];
      roots[start + 2] = root[4];
      roots[start + 3] = root[6];
      roots[start + 4] = root[7];
      roots[start + 5] = root[8];
    }
    const layerKey = foldIn(key, layer);
    const keys = [
      foldIn(layerKey, "position"),
      foldIn(layerKey, "velocity"),
      foldIn(layerKey, "acceleration"),
    ] as const;
    products = tanhJetProducts(keys, roots, { rows: nets, columns: width });
    measure(measures, layer + 1, products, units);
  });
  return measures;
}

function checkSizes({ nets, inputWidth, hiddenWidths, sigmaW, sigmaB }: GaussianCurvePoints): void {
  for (const size of [nets, inputWidth, ...hiddenWidths]) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`nets, inputWidth and hiddenWidths are whole numbers ≥ 1; given ${size}.`);
    }
  }
  if (hiddenWidths.length === 0) throw new RangeError("A net has at least one hidden layer; given hiddenWidths [].");
  for (const [name, sigma] of Object.entries({ sigmaW, sigmaB })) {
    if (!(Number.isFinite(sigma) && sigma >= 0)) {
      throw new RangeError(`${name} is a finite number ≥ 0; given ${sigma}.`);
    }
  }
}

/** How far beyond Cauchy and Schwarz's bound rounding may put a product. */
const rounding = 1e-6;

function startProducts({ nets, products }: GaussianCurvePoints): Float64Array {
  if (products.length !== 6 && products.length !== 6 * nets) {
    throw new RangeError(`products are 6 numbers, or ${nets} times as many, six a net; given ${products.length}.`);
  }
  for (let start = 0; start < products.length; start += 6) {
    const [xx, xv, xa, vv, va, aa] = Array.from({ length: 6 }, (_, index) => products[start + index]);
    const bounded = [
      [xv, xx * vv],
      [xa, xx * aa],
      [va, vv * aa],
    ].every(([product, square]) => product ** 2 <= (1 + rounding) * square);
    if (!([xx, vv, aa].every((square) => square >= 0 && square < Infinity) && bounded)) {
      throw new RangeError(`No three vectors have the products ${[xx, xv, xa, vv, va, aa].join(", ")}.`);
    }
  }
  const own = (net: number): number => (products.length === 6 ? 0 : 6 * net);
  return Float64Array.from({ length: 12 * nets }, (_, index) => products[own(Math.floor(index / 12)) + (index % 6)]);
}

function emptyMeasures(nets: number, layers: number): CurvePointMeasures {
  const empty = (): Float64Array[] => Array.from({ length: layers }, () => new Float64Array(nets));
  return { squaredNorm: empty(), squaredSpeed: empty(), squaredTurning: empty() };
}

function measure(measures: CurvePointMeasures, layer: number, products: Float64Array, units: Float64Array): void {
  const squaredNorm = measures.squaredNorm[layer];
  const squaredSpeed = measures.squaredSpeed[layer];
  const squaredTurning = measures.squaredTurning[layer];
  for (let net = 0; net < squaredNorm.length; net++) {
    const speed = products[12 * net + 3];
    const along = products[12 * net + 4];
    const acceleration = products[12 * net + 5];
    const perUnit = units[net] ** -2;
    squaredNorm[net] = products[12 * net];
    squaredSpeed[net] = speed * perUnit;
    // Of a straight line rounding may leave less than nothing.
    squaredTurning[net] = (Math.max(0, acceleration - along ** 2 / speed) / speed) * perUnit;
  }
}

const [slowest, fastest] = [2 ** -40, 2 ** 40];

/** The power of two that brings a squared speed to about 1; 1 where it is not far from it, or nothing. */
function unitOf(squaredSpeed: number): number {
  if ((squaredSpeed >= slowest && squaredSpeed <= fastest) || !(squaredSpeed > 0 && squaredSpeed < Infinity)) return 1;
  return 2 ** -Math.round(Math.log2(squaredSpeed) / 2);
}
