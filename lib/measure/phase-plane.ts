import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine/tensor";
import type { SmoothActivation } from "../nets/mean-field-activation";
import { foldIn, type Key, normalArray } from "../random";

/** Points (sigmaW, sigmaB) of the phase plane, and the nets that are drawn at each. */
export interface PhasePlane {
  activation: SmoothActivation;
  /** One positive value a point. */
  sigmaW: ArrayLike<number>;
  /** One value ≥ 0 a point. */
  sigmaB: ArrayLike<number>;
  /** ‖h¹‖²/width of the input as the first layer sees it, positive, one value a point; the theory wants q*. */
  squaredLength: ArrayLike<number>;
  width: number;
  /** The last layer; the input is planted in layer 1. */
  depth: number;
  nets: number;
}

/** What became of an input and of a tangent at it; both are `[net][point]`. */
export interface PhasePlaneLengths {
  /** ‖h‖²/width in the last layer. */
  squaredLength: Float64Array[];
  /** ln(‖∂h‖²/‖∂h¹‖²) in the last layer; −∞ where the tangent vanished. */
  logTangentGrowth: Float64Array[];
}

/** Preactivations held at once: with their temporaries they fit a processor's cache. */
const chunkElements = 2 ** 17;

/**
 * Sends an input and a tangent orthogonal to it through nets of the mean-field ensemble at many (σ_w, σ_b), without drawing
 * a weight: given x and v of a layer, the entries of (W x + b, W v) are independent pairs of normals, whose covariance
 * follows from ‖x‖², x·v and ‖v‖². At each point this is exactly the law of explicit nets.
 *
 * All points share a net's normals, so that the plane is smooth and its statistical errors are correlated from point to point;
 * nets are independent.
 *
 * @throws RangeError for counts that are not whole and ≥ 1 (the width ≥ 2), arrays of different lengths, a value out of range
 */
export function phasePlaneLengths(key: Key, plane: PhasePlane): PhasePlaneLengths {
  checkPlane(plane);
  const lengths: PhasePlaneLengths = { squaredLength: [], logTangentGrowth: [] };
  for (let net = 0; net < plane.nets; net++) {
    const { squaredLength, logTangentGrowth } = throughNet(foldIn(key, net), plane);
    lengths.squaredLength.push(squaredLength);
    lengths.logTangentGrowth.push(logTangentGrowth);
  }
  return lengths;
}

/** One net at all points. In every layer h = √q z₁ and ∂h = e^{logScale/2} (along z₁ + across z₂), z shared by the points. */
function throughNet(key: Key, plane: PhasePlane): { squaredLength: Float64Array; logTangentGrowth: Float64Array } {
  const { sigmaW, sigmaB, width, depth } = plane;
  const points = sigmaW.length;
  const q = Float64Array.from(plane.squaredLength);
  const along = new Float64Array(points);
  const across = new Float64Array(points).fill(1);
  const logScale = new Float64Array(points);
  let pair = orthonormal(drawPair(foldIn(key, 1), width));
  for (let layer = 2; layer <= depth; layer++) {
    const moments = activatedMoments(plane.activation, q, pair, width);
    for (let point = 0; point < points; point++) {
      const [a, b] = [along[point], across[point]];
      const [xx, x1, x2, v11, v12, v22] = moments.subarray(6 * point, 6 * point + 6);
      const variance = sigmaW[point] ** 2;
      const tangent = variance * (a * a * v11 + 2 * a * b * v12 + b * b * v22);
      q[point] = variance * xx + sigmaB[point] ** 2;
      const scale = Math.sqrt(q[point] * tangent);
      const correlation = scale > 0 ? (variance * (a * x1 + b * x2)) / scale : 0;
      along[point] = Math.min(1, Math.max(-1, correlation));
      across[point] = Math.sqrt(1 - along[point] ** 2);
      logScale[point] += Math.log(tangent);
    }
    pair = drawPair(foldIn(key, layer), width);
  }
  const [m11, m12, m22] = products(pair, width);
  return {
    squaredLength: q.map((variance) => variance * m11),
    logTangentGrowth: logScale.map((log, point) => {
      const [a, b] = [along[point], across[point]];
      return log + Math.log(a * a * m11 + 2 * a * b * m12 + b * b * m22);
    }),
  };
}

/**
 * Means over the entries of a layer of φ², φφ'z₁, φφ'z₂, φ'²z₁², φ'²z₁z₂ and φ'²z₂² at h = √q z₁: six numbers a point.
 */
function activatedMoments(
  activation: SmoothActivation,
  q: Float64Array,
  pair: Float32Array,
  width: number,
): Float32Array {
  const moments = new Float32Array(6 * q.length);
  const rows = Math.max(1, Math.floor(chunkElements / width));
  tf.tidy(() => {
    const [z1, z2] = [pair.subarray(0, width), pair.subarray(width)];
    const first = tf.tensor2d(z1, [1, width]);
    const mean = 1 / width;
    const byOne = tf.fill([width, 1], mean);
    const byBoth = columns(width, (i) => [mean * z1[i], mean * z2[i]]);
    const byProducts = columns(width, (i) => [mean * z1[i] * z1[i], mean * z1[i] * z2[i], mean * z2[i] * z2[i]]);
    for (let start = 0; start < q.length; start += rows) {
      const roots = Float32Array.from(q.subarray(start, start + rows), Math.sqrt);
      const values = tf.tidy(() => {
        const jet = activation.jet(tf.mul(tf.tensor2d(roots, [roots.length, 1]), first));
        return tf.concat(
          [
            tf.matMul(tf.square(jet.value), byOne),
            tf.matMul(tf.mul(jet.value, jet.first), byBoth),
            tf.matMul(tf.square(jet.first), byProducts),
          ],
          1,
        );
      });
      moments.set(values.dataSync<"float32">(), 6 * start);
      values.dispose();
    }
  });
  return moments;
}

/** `[width, number of columns]`, each row from one index. */
function columns(width: number, row: (index: number) => number[]): Tensor {
  const values = Float32Array.from(Array.from({ length: width }, (_, index) => row(index)).flat());
  return tf.tensor2d(values, [width, values.length / width]);
}

/** z₁ and z₂, one after the other. */
function drawPair(key: Key, width: number): Float32Array {
  return normalArray(key, 2 * width);
}

/** The pair turned into directions: z₁·z₂ = 0, ‖z₁‖² = ‖z₂‖² = width. */
function orthonormal(pair: Float32Array): Float32Array {
  const width = pair.length / 2;
  const [m11, m12] = products(pair, width);
  const rejected = pair.map((value, index) => (index < width ? value : value - (m12 / m11) * pair[index - width]));
  const [, , m22] = products(rejected, width);
  return rejected.map((value, index) => value / Math.sqrt(index < width ? m11 : m22));
}

/** Means of z₁², z₁z₂ and z₂². */
function products(pair: Float32Array, width: number): [number, number, number] {
  let [m11, m12, m22] = [0, 0, 0];
  for (let index = 0; index < width; index++) {
    const [first, second] = [pair[index], pair[width + index]];
    m11 += first * first;
    m12 += first * second;
    m22 += second * second;
  }
  return [m11 / width, m12 / width, m22 / width];
}

function checkPlane({ sigmaW, sigmaB, squaredLength, width, depth, nets }: PhasePlane): void {
  for (const [name, count, least] of [
    ["width", width, 2],
    ["depth", depth, 1],
    ["nets", nets, 1],
  ] as const) {
    if (!Number.isSafeInteger(count) || count < least) {
      throw new RangeError(`phasePlaneLengths: ${name} is a whole number ≥ ${least}; given ${count}.`);
    }
  }
  if (sigmaW.length === 0 || sigmaB.length !== sigmaW.length || squaredLength.length !== sigmaW.length) {
    throw new RangeError(
      "phasePlaneLengths: sigmaW, sigmaB and squaredLength have one value a point, and there is at least one; " +
        `given ${sigmaW.length}, ${sigmaB.length} and ${squaredLength.length} values.`,
    );
  }
  for (let point = 0; point < sigmaW.length; point++) {
    const [w, b, q] = [sigmaW[point], sigmaB[point], squaredLength[point]];
    if (w > 0 && b >= 0 && q > 0 && Number.isFinite(w + b + q)) continue;
    throw new RangeError(
      `phasePlaneLengths: sigmaW and squaredLength are positive, sigmaB is not negative; point ${point} has ${w}, ${q} and ${b}.`,
    );
  }
}
