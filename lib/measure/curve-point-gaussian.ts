import * as tf from "@tensorflow/tfjs";
import { foldIn, type Key, normalArray } from "../random";
import type { CurveJet } from "./curve";
import { checkCurve } from "./curve-shape";
import { semidefiniteRoot } from "./semidefinite-root";

/** A mean-field layer as its exact conditional law takes it: W_ij ~ N(0, sigmaW²/fanIn), b_i ~ N(0, sigmaB²). */
export interface GaussianLayerShape {
  fanOut: number;
  sigmaW: number;
  sigmaB: number;
}

/**
 * The curve at one point after a fresh layer `h = x W + b` of each net, without drawing W: what `throughLayer` gives with
 * `meanFieldLayer`, in law. Given x, ∂x and ∂²x the triples (h_i, ∂h_i, ∂²h_i) are independent over i and jointly normal, with
 * covariance σ_w²/fanIn times the Gram matrix of (x, ∂x, ∂²x), and σ_b² more for h_i: 3 · fanOut draws instead of
 * fanIn · fanOut. Vectors that depend on each other linearly, or are zero, stay so.
 *
 * @param curve `[nets, 1, fanIn]` tensors, the same activations' position, velocity and acceleration; left alive.
 * @returns `[nets, 1, fanOut]` tensors.
 * @throws RangeError for a curve of more than one point, whose points share one W, for a fanOut that is not a whole number
 *   ≥ 1, or a sigma that is negative or not finite.
 */
export function throughGaussianLayer(key: Key, curve: CurveJet, layer: GaussianLayerShape): CurveJet {
  checkCurve(curve, "throughGaussianLayer");
  const { fanOut, sigmaW, sigmaB } = layer;
  const [nets, points, fanIn] = curve.position.shape;
  if (points !== 1) {
    throw new RangeError(
      `throughGaussianLayer: points of one curve share their weights, so only one of them can be drawn; given ${points}.`,
    );
  }
  if (!Number.isSafeInteger(fanOut) || fanOut < 1) {
    throw new RangeError(`throughGaussianLayer: fanOut is a whole number ≥ 1; given ${fanOut}.`);
  }
  for (const [name, sigma] of Object.entries({ sigmaW, sigmaB })) {
    if (!(Number.isFinite(sigma) && sigma >= 0)) {
      throw new RangeError(`throughGaussianLayer: ${name} is a finite number ≥ 0; given ${sigma}.`);
    }
  }
  const jets = [curve.position, curve.velocity, curve.acceleration].map((vectors) => vectors.dataSync<"float32">());
  const normals = ["position", "velocity", "acceleration"].map((name) => normalArray(foldIn(key, name), nets * fanOut));
  for (let net = 0; net < nets; net++) {
    const covariance = gramMatrix(jets, net * fanIn, fanIn).map((product) => (sigmaW ** 2 / fanIn) * product);
    covariance[0] += sigmaB ** 2;
    const root = semidefiniteRoot(covariance);
    for (let i = net * fanOut; i < (net + 1) * fanOut; i++) {
      const [z0, z1, z2] = [normals[0][i], normals[1][i], normals[2][i]];
      normals[0][i] = root[0] * z0;
      normals[1][i] = root[3] * z0 + root[4] * z1;
      normals[2][i] = root[6] * z0 + root[7] * z1 + root[8] * z2;
    }
  }
  const [position, velocity, acceleration] = normals.map((values) => tf.tensor3d(values, [nets, 1, fanOut]));
  return { position, velocity, acceleration };
}

/** Inner products of the three vectors from place `start` on, 3×3, row by row, summed in double precision. */
function gramMatrix(jets: readonly Float32Array[], start: number, width: number): Float64Array {
  const [x, v, a] = jets;
  let [xx, xv, xa, vv, va, aa] = [0, 0, 0, 0, 0, 0];
  for (let i = start; i < start + width; i++) {
    xx += x[i] * x[i];
    xv += x[i] * v[i];
    xa += x[i] * a[i];
    vv += v[i] * v[i];
    va += v[i] * a[i];
    aa += a[i] * a[i];
  }
  return Float64Array.of(xx, xv, xa, xv, vv, va, xa, va, aa);
}
