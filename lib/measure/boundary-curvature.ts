import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine/tensor";
import type { SmoothActivation } from "../nets/mean-field-activation";
import { checkDenseLayer, type DenseLayer } from "../nets/mean-field-ensemble";
import { symmetricEigenvalues } from "./symmetric-eigenvalues";

/** The first and second derivatives of a scalar output at one point of each net. */
export interface OutputDerivatives {
  /** ∇y, `[nets, width]` */
  gradient: Tensor;
  /** ∇∇y, `[nets, width, width]` */
  hessian: Tensor;
}

/** The derivatives of the linear readout y = w·x by x: gradient w (`[nets, width]`), no second derivative. */
export function readoutDerivatives(readout: Tensor): OutputDerivatives {
  if (readout.rank !== 2) {
    throw new RangeError(
      `readoutDerivatives: expected a readout [nets, width], but got [${readout.shape.join(", ")}].`,
    );
  }
  const [nets, width] = readout.shape as [number, number];
  return { gradient: tf.clone(readout), hessian: tf.zeros([nets, width, width]) };
}

/**
 * One layer backwards, x' = φ(x W + b): from the derivatives of y by x' to those by x,
 * `g ← W (φ'⊙g)` and `H ← W (φ' H φ' + diag(φ''⊙g)) Wᵀ` with the g of before, `W` being `[fanIn, fanOut]`.
 *
 * @param at derivatives by x', `[nets, fanOut]` and `[nets, fanOut, fanOut]`
 * @param preactivationsAt x W + b at the point, `[nets, fanOut]`
 */
export function throughLayerBackwards(
  at: OutputDerivatives,
  layer: DenseLayer,
  preactivationsAt: Tensor,
  activation: SmoothActivation,
): OutputDerivatives {
  checkDerivatives(at, "throughLayerBackwards");
  checkDenseLayer(layer, "throughLayerBackwards");
  const [nets, , fanOut] = layer.weights.shape;
  for (const { shape } of [at.gradient, preactivationsAt]) {
    if (shape.length !== 2 || shape[0] !== nets || shape[1] !== fanOut) {
      throw new RangeError(
        `throughLayerBackwards: expected a gradient and preactivations [${nets}, ${fanOut}] for this layer, but got [${shape.join(", ")}].`,
      );
    }
  }
  return tf.tidy(() => {
    const { first, second } = activation.jet(preactivationsAt);
    const gradient = tf.mul(first, at.gradient);
    const outer = tf.mul(tf.expandDims(first, 2), tf.expandDims(first, 1));
    const bend = diagonal(tf.mul(second, at.gradient));
    const byPreactivations = tf.add(tf.mul(outer, at.hessian), bend);
    // W (H Wᵀ) as ((H Wᵀ)ᵀ Wᵀ), H being symmetric.
    const half = tf.matMul(byPreactivations, layer.weights, false, true);
    return {
      gradient: tf.squeeze(tf.matMul(layer.weights, tf.expandDims(gradient, 2)), [2]),
      hessian: tf.matMul(half, layer.weights, true, true),
    };
  });
}

/**
 * The principal curvatures of the level set of y through the point, in the space that the derivatives are taken in:
 * the eigenvalues of P H P / ‖g‖ on the tangent plane, P = I − ĝĝᵀ (Poole et al. 2016, section 5). `[nets, width − 1]`,
 * ascending; a sphere of radius r has them all 1/r where y grows outwards.
 *
 * @throws RangeError for a width below 2.
 */
export function principalCurvatures(derivatives: OutputDerivatives): Tensor {
  checkDerivatives(derivatives, "principalCurvatures");
  const width = derivatives.gradient.shape[1] ?? 0;
  if (!(width >= 2))
    throw new RangeError(`principalCurvatures: a level set needs a space of dimension ≥ 2; given ${width}.`);
  return tf.tidy(() => {
    const norm = tf.norm(derivatives.gradient, 2, 1, true);
    const normal = tf.div(derivatives.gradient, norm);
    // A reflection R = I − 2 u uᵀ that takes the normal to the first axis: the other axes span the tangent plane.
    const sign = tf.where(tf.less(normal.slice([0, 0], [-1, 1]), 0), tf.scalar(-1), tf.scalar(1));
    const axis = tf.mul(sign, tf.oneHot(tf.zeros([normal.shape[0]], "int32"), width));
    const mirror = tf.add(normal, axis);
    const u = tf.expandDims(tf.div(mirror, tf.norm(mirror, 2, 1, true)), 2);
    const scaled = tf.div(derivatives.hessian, tf.expandDims(norm, 2));
    const pushed = tf.matMul(scaled, u);
    const through = tf.matMul(u, pushed, true, false);
    const cross = tf.matMul(pushed, u, false, true);
    const twice = tf.mul(2, tf.add(cross, tf.transpose(cross, [0, 2, 1])));
    const reflected = tf.add(tf.sub(scaled, twice), tf.mul(tf.mul(4, through), tf.matMul(u, u, false, true)));
    return symmetricEigenvalues(tf.slice(reflected, [0, 1, 1], [-1, width - 1, width - 1]));
  });
}

function diagonal(values: Tensor): Tensor {
  const width = values.shape[1] ?? 0;
  return tf.mul(tf.expandDims(values, 2), tf.eye(width));
}

function checkDerivatives({ gradient, hessian }: OutputDerivatives, caller: string): void {
  const [nets, width] = gradient.shape;
  if (gradient.rank !== 2) {
    throw new RangeError(`${caller}: expected a gradient [nets, width], but got [${gradient.shape.join(", ")}].`);
  }
  const { rank, shape } = hessian;
  if (rank !== 3 || shape[0] !== nets || shape[1] !== width || shape[2] !== width) {
    throw new RangeError(
      `${caller}: expected second derivatives [${nets}, ${width}, ${width}], but got [${shape.join(", ")}].`,
    );
  }
}
