import * as tf from "@tensorflow/tfjs";
import { rowNorms } from "../engine";
import type { Tensor } from "../engine/tensor";
import type { CurveJet } from "./curve";
import { checkCurve, checkPeriod, finiteGeometry } from "./curve-shape";

/**
 * Both lengths of every net's curve, `[nets]` each, from one pass where `euclideanLength` and `grassmannianLength` take two.
 * @throws RangeError, as all of these functions do, for shapes that are no curve's, and where a number has outgrown float32 or
 *   a curve stands still, which has no direction
 */
export function curveLengths(
  curve: CurveJet,
  period: number = 2 * Math.PI,
): { readonly euclidean: Tensor; readonly grassmannian: Tensor } {
  checkCurve(curve, "curveLengths");
  checkPeriod(period, "curveLengths");
  return tf.tidy(() => {
    const speed = rowNorms(curve.velocity);
    const turning = turningSpeed(curve, speed);
    const mean = (values: Tensor): Tensor => tf.mul(period, tf.mean(tf.squeeze(values, [-1]), -1));
    return {
      euclidean: finiteGeometry(mean(speed), "curveLengths"),
      grassmannian: finiteGeometry(mean(turning), "curveLengths"),
    };
  });
}

/** Up to this cosine of the angle between two vectors its sine is had from it without loss. */
const safeCosine = 0.9;

/** How fast the unit tangent moves, `[nets, points, 1]`: the acceleration across the velocity over the speed. */
function turningSpeed({ velocity, acceleration }: CurveJet, speed: Tensor): Tensor {
  // Large tensors go at once, so that the next one takes memory that is still in the processor's caches.
  const products = tf.mul(velocity, acceleration);
  const inner = tf.sum(products, -1, true);
  products.dispose();
  const lengths = rowNorms(acceleration);
  const cosines = tf.div(inner, tf.mul(speed, lengths));
  if (cosines.dataSync().every((cosine) => Math.abs(cosine) <= safeCosine)) {
    return tf.div(tf.mul(lengths, tf.sqrt(tf.sub(1, tf.square(cosines)))), speed);
  }
  // The part along the velocity is taken off as a vector, so that nothing cancels where the curve is nearly straight.
  const parallel = tf.mul(tf.div(inner, tf.square(speed)), velocity);
  const across = tf.sub(acceleration, parallel);
  parallel.dispose();
  const turning = tf.div(rowNorms(across), speed);
  across.dispose();
  return turning;
}

/** ‖h‖² at every point, `[nets, points]`. */
export function squaredNorm(curve: CurveJet): Tensor {
  checkCurve(curve, "squaredNorm");
  return tf.tidy(() => finiteGeometry(tf.sum(tf.square(curve.position), -1), "squaredNorm"));
}

/** ‖∂h‖² at every point, `[nets, points]`: the metric g of the curve, Poole et al. (2016), section 3. */
export function squaredSpeed(curve: CurveJet): Tensor {
  checkCurve(curve, "squaredSpeed");
  return tf.tidy(() => finiteGeometry(tf.sum(tf.square(curve.velocity), -1), "squaredSpeed"));
}

/**
 * κ² at every point, `[nets, points]`, in inverse squared units of the space: with v = ∂h and a = ∂²h,
 * κ² = (‖v‖² ‖a‖² − (v·a)²) / ‖v‖⁶. It does not depend on how the curve is parametrised.
 */
export function squaredCurvature(curve: CurveJet): Tensor {
  checkCurve(curve, "squaredCurvature");
  return tf.tidy(() => finiteGeometry(tf.div(squaredTurning(curve), squaredSpeed(curve)), "squaredCurvature"));
}

/**
 * (κ ‖v‖)² at every point, `[nets, points]`: the squared speed of the unit tangent, which is the integrand of the
 * Grassmannian length (Poole et al. 2016, section 3). The part of the acceleration along v is taken off as a vector, so
 * that nothing cancels when the curve is nearly straight.
 */
export function squaredTurning(curve: CurveJet): Tensor {
  checkCurve(curve, "squaredTurning");
  return tf.tidy(() => {
    const speed = tf.sum(tf.square(curve.velocity), -1, true);
    const along = tf.div(tf.sum(tf.mul(curve.velocity, curve.acceleration), -1, true), speed);
    const across = tf.sub(curve.acceleration, tf.mul(along, curve.velocity));
    return finiteGeometry(tf.div(tf.sum(tf.square(across), -1), tf.squeeze(speed, [-1])), "squaredTurning");
  });
}

/**
 * L_E = ∫ ‖∂h‖ dθ of every net, `[nets]`, over equally spaced points of a closed curve of period `period` radians.
 */
export function euclideanLength(curve: CurveJet, period: number = 2 * Math.PI): Tensor {
  checkPeriod(period, "euclideanLength");
  return tf.tidy(() => tf.mul(period, tf.mean(tf.sqrt(squaredSpeed(curve)), -1)));
}

/** L_G = ∫ κ ‖∂h‖ dθ of every net, `[nets]`: the length that the unit tangent travels, 2π for a plane circle. */
export function grassmannianLength(curve: CurveJet, period: number = 2 * Math.PI): Tensor {
  checkPeriod(period, "grassmannianLength");
  return tf.tidy(() => tf.mul(period, tf.mean(tf.sqrt(squaredTurning(curve)), -1)));
}

/**
 * The length of the polygon through the sampled points of a closed curve, `[nets]`: what differencing along the curve would
 * give. A lower bound of L_E, and far below it once the curve bends between the points.
 */
export function chordLength(positions: Tensor): Tensor {
  if (positions.rank !== 3) {
    throw new RangeError(`chordLength: expected [nets, points, width], but got [${positions.shape.join(", ")}].`);
  }
  return tf.tidy(() => {
    const points = positions.shape[1] ?? 0;
    const next = tf.gather(
      positions,
      tf.tensor1d(
        Array.from({ length: points }, (_, index) => (index + 1) % points),
        "int32",
      ),
      1,
    );
    return finiteGeometry(tf.sum(tf.norm(tf.sub(next, positions), 2, -1), -1), "chordLength");
  });
}
