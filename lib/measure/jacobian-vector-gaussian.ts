import { foldIn, type Key, openProducts } from "../random";
import { checkGaussianNets, type GaussianNets } from "./activation-length-gaussian";

/** Gaussian ReLU nets, an input and a direction. */
export interface GaussianJacobianNets extends GaussianNets {
  /** ‖v‖²/n_0, default 1. */
  directionLength?: number;
  /** cos of the angle between x^0 and v, in [−1, 1], default 0. */
  cosine?: number;
}

/** Lengths of activations and of Jacobian–vector products of the same nets, layer by layer. */
export interface JacobianVectorLengths {
  /** M_0 … M_d, each of `nets` values. */
  activation: Float64Array[];
  /** ‖J^l v‖²/n_l for l = 0 … d. */
  jacobianVector: Float64Array[];
}

/**
 * `‖J^l v‖²/n_l` of many ReLU nets by forward mode, without drawing a weight: given x^{l−1} and v^{l−1} the pair
 * (W x + b, W v) of a fresh Gaussian layer has independent bivariate normal entries, whose covariance follows from
 * ‖x‖², x·v and ‖v‖². Exactly the law of the explicit nets.
 *
 * Throws RangeError as `gaussianActivationLengths` does, and on a cosine outside [−1, 1] or a negative length of v.
 */
export function gaussianJacobianVectorLengths(key: Key, options: GaussianJacobianNets): JacobianVectorLengths {
  const { sigmaB, inputLength } = checkGaussianNets(options);
  const { nets, inputWidth, hiddenWidths, initialisation, directionLength = 1, cosine = 0 } = options;
  if (!(Number.isFinite(directionLength) && directionLength >= 0)) {
    throw new RangeError(`directionLength is a finite number ≥ 0; given ${directionLength}.`);
  }
  if (!(cosine >= -1 && cosine <= 1)) throw new RangeError(`cosine is between −1 and 1; given ${cosine}.`);
  const widths = [inputWidth, ...hiddenWidths];
  const activation = widths.map(() => new Float64Array(nets));
  const jacobianVector = widths.map(() => new Float64Array(nets));
  activation[0].fill(inputLength);
  jacobianVector[0].fill(directionLength);
  // x·v / width of each net, layer after layer.
  const overlap = new Float64Array(nets).fill(cosine * Math.sqrt(inputLength * directionLength));
  hiddenWidths.forEach((width, layer) => {
    const weightVariance = widths[layer] * initialisation.variance(widths[layer], width);
    const [own, other] = ["preactivations", "directions"].map((name) => foldIn(foldIn(key, layer), name));
    // Over the open units: Σ z², Σ z w and Σ w² of independent z and w.
    const products = openProducts(own, other, { rows: nets, columns: width });
    for (let net = 0; net < nets; net++) {
      const q = weightVariance * activation[layer][net] + sigmaB ** 2;
      const v = weightVariance * jacobianVector[layer][net];
      const scale = Math.sqrt(q * v);
      const along = scale > 0 ? Math.min(1, Math.max(-1, (weightVariance * overlap[net]) / scale)) : 0;
      const across = Math.sqrt(1 - along * along);
      const zz = products[3 * net];
      const zw = products[3 * net + 1];
      const ww = products[3 * net + 2];
      activation[layer + 1][net] = (q * zz) / width;
      // The direction's entries are √v (along · z + across · w).
      const direction = along * along * zz + 2 * along * across * zw + across * across * ww;
      jacobianVector[layer + 1][net] = (v * direction) / width;
      overlap[net] = (scale * (along * zz + across * zw)) / width;
    }
  });
  return { activation, jacobianVector };
}
