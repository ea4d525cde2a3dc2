import { foldIn, type Key, normalArray } from "../random";
import { checkGaussianNets, type GaussianNets } from "./activation-length-gaussian";
import { netsAtOnce } from "./streamed-layer";

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
  const group = netsAtOnce(nets, 2 * Math.max(...hiddenWidths));
  for (let firstNet = 0; firstNet < nets; firstNet += group) {
    const count = Math.min(group, nets - firstNet);
    hiddenWidths.forEach((width, layer) => {
      const weightVariance = widths[layer] * initialisation.variance(widths[layer], width);
      const [own, other] = ["preactivations", "directions"].map((name) =>
        normalArray(foldIn(foldIn(key, layer), name), count * width, firstNet * width),
      );
      for (let net = firstNet; net < firstNet + count; net++) {
        const q = weightVariance * activation[layer][net] + sigmaB ** 2;
        const v = weightVariance * jacobianVector[layer][net];
        const scale = Math.sqrt(q * v);
        const along = scale > 0 ? Math.min(1, Math.max(-1, (weightVariance * overlap[net]) / scale)) : 0;
        const sums = openSums({ own, other, start: (net - firstNet) * width, width, along });
        activation[layer + 1][net] = (q * sums.own) / width;
        jacobianVector[layer + 1][net] = (v * sums.direction) / width;
        overlap[net] = (scale * sums.product) / width;
      }
    });
  }
  return { activation, jacobianVector };
}

/** Σ z², Σ w² and Σ z w over the units with z > 0, where w = along · z + √(1 − along²) · other has correlation `along` with z. */
function openSums({
  own,
  other,
  start,
  width,
  along,
}: {
  own: Float32Array;
  other: Float32Array;
  start: number;
  width: number;
  along: number;
}): { own: number; direction: number; product: number } {
  const across = Math.sqrt(1 - along * along);
  let [ownSum, directionSum, productSum] = [0, 0, 0];
  const bits = new Int32Array(own.buffer);
  for (let i = start; i < start + width; i++) {
    const z = own[i];
    const w = along * z + across * other[i];
    // 1 where z > 0, else 0, of its bits: a branch would be mistaken half of the time.
    const open = (-bits[i] & ~bits[i]) >>> 31;
    const openW = open * w;
    ownSum += open * z * z;
    directionSum += openW * w;
    productSum += openW * z;
  }
  return { own: ownSum, direction: directionSum, product: productSum };
}
