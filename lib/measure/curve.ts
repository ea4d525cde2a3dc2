import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine/tensor";
import type { SmoothActivation } from "../nets/mean-field-activation";
import { checkDenseLayer, type DenseLayer } from "../nets/mean-field-ensemble";
import { normal } from "../random";
import type { Key } from "../random";
import { checkCurve } from "./curve-shape";

/**
 * A curve sampled at some parameter values θ in each net of an ensemble, with its first two derivatives by θ. Each tensor is
 * `[nets, points, width]`.
 */
export interface CurveJet {
  position: Tensor;
  velocity: Tensor;
  acceleration: Tensor;
}

/** `count` equally spaced angles from 0 to `span` radians, the end left out. */
export function equallySpacedAngles(count: number, span: number = 2 * Math.PI): number[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`equallySpacedAngles: the count is a whole number ≥ 1; given ${count}.`);
  }
  if (!(Number.isFinite(span) && span > 0)) {
    throw new RangeError(`equallySpacedAngles: the span is a positive angle in radians; given ${span}.`);
  }
  return Array.from({ length: count }, (_, index) => (span * index) / count);
}

/**
 * The circle `h(θ) = √(width · squaredLength) (u0 cos θ + u1 sin θ)` with its derivatives, u0 and u1 a random orthonormal
 * pair in each net (Poole et al. 2016, section 3). `squaredLength` is ‖h‖²/width, the q of the length map.
 *
 * @throws RangeError for a width below 2, a squared length that is not positive, or no angle.
 */
export function greatCircle(
  key: Key,
  circle: { nets: number; width: number; squaredLength: number; angles: readonly number[] },
): CurveJet {
  const { nets, width, squaredLength, angles } = circle;
  if (!Number.isSafeInteger(width) || width < 2) {
    throw new RangeError(`greatCircle: a circle needs a whole width ≥ 2; given ${width}.`);
  }
  if (!(Number.isFinite(squaredLength) && squaredLength > 0)) {
    throw new RangeError(`greatCircle: squaredLength is ‖h‖²/width, positive and finite; given ${squaredLength}.`);
  }
  if (angles.length === 0 || !angles.every(Number.isFinite)) {
    throw new RangeError(
      `greatCircle: expected at least one angle, all finite, in radians; given [${angles.join(", ")}].`,
    );
  }
  return tf.tidy(() => {
    const [first, second] = tf.split(normal(key, [nets, 2, width]), 2, 1);
    const u0 = tf.div(first, tf.norm(first, 2, 2, true));
    const rejected = tf.sub(second, tf.mul(u0, tf.sum(tf.mul(u0, second), 2, true)));
    const u1 = tf.div(rejected, tf.norm(rejected, 2, 2, true));
    const frame = tf.mul(tf.concat([u0, u1], 1), Math.sqrt(width * squaredLength));
    const along = (row: (angle: number) => [number, number]): Tensor =>
      tf.matMul(tf.tile(tf.tensor3d([angles.map(row)]), [nets, 1, 1]), frame);
    const position = along((angle) => [Math.cos(angle), Math.sin(angle)]);
    return {
      position,
      velocity: along((angle) => [-Math.sin(angle), Math.cos(angle)]),
      acceleration: tf.neg(position),
    };
  });
}

/**
 * The curve after the activation function: x = φ(h), ∂x = φ'(h) ∂h, ∂²x = φ''(h) (∂h)² + φ'(h) ∂²h.
 */
export function throughActivation(curve: CurveJet, activation: SmoothActivation): CurveJet {
  checkCurve(curve, "throughActivation");
  return tf.tidy(() => {
    if (activation.carry) {
      const [position, velocity, acceleration] = activation.carry(curve.position, curve.velocity, curve.acceleration);
      return { position, velocity, acceleration };
    }
    const { value, first, second } = activation.jet(curve.position);
    return {
      position: value,
      velocity: tf.mul(first, curve.velocity),
      acceleration: tf.add(tf.mul(second, tf.square(curve.velocity)), tf.mul(first, curve.acceleration)),
    };
  });
}

/** From so many points on, three products cost no more than one of the three stacked, which has to be put together first. */
const pointsByThemselves = 200;

/** The curve after `h = x W + b`; only positions get biases. */
export function throughLayer(curve: CurveJet, layer: DenseLayer): CurveJet {
  checkCurve(curve, "throughLayer");
  checkDenseLayer(layer, "throughLayer");
  const [nets, fanIn] = layer.weights.shape;
  const [curves, points, width] = curve.position.shape;
  if (curves !== nets || width !== fanIn) {
    throw new RangeError(
      `throughLayer: a layer of ${nets} nets with ${fanIn} inputs cannot take ${curves} curves of width ${width}.`,
    );
  }
  return tf.tidy(() => {
    if (points >= pointsByThemselves) {
      const product = tf.matMul(curve.position, layer.weights);
      const position = tf.add(product, layer.biases);
      product.dispose();
      const velocity = tf.matMul(curve.velocity, layer.weights);
      return { position, velocity, acceleration: tf.matMul(curve.acceleration, layer.weights) };
    }
    const stacked = tf.concat([curve.position, curve.velocity, curve.acceleration], 1);
    const [position, velocity, acceleration] = tf.split(tf.matMul(stacked, layer.weights), [points, points, points], 1);
    return { position: tf.add(position, layer.biases), velocity, acceleration };
  });
}

/** Frees the three tensors of a curve. */
export function disposeCurve(curve: CurveJet): void {
  tf.dispose([curve.position, curve.velocity, curve.acceleration]);
}
