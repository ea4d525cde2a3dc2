import type { Initialisation } from "../nets";
import { foldIn, type Key, rectifiedSquares } from "../random";

/** ReLU nets with Gaussian weights, as the exact sampling of their layers takes them. */
export interface GaussianNets {
  /** How many independent nets. */
  nets: number;
  /** n_0. */
  inputWidth: number;
  /** n_1 … n_d. */
  hiddenWidths: readonly number[];
  /** Must be Gaussian with independent entries. */
  initialisation: Initialisation;
  /** σ_b of the biases; default 0. */
  sigmaB?: number;
  /** M_0 = ‖x^0‖²/n_0, default 1. */
  inputLength?: number;
}

/** Throws unless the sizes are whole numbers ≥ 1 and the weights are Gaussian, so that sampling layer by layer is exact. */
export function checkGaussianNets(options: GaussianNets): { sigmaB: number; inputLength: number } {
  const { nets, inputWidth, hiddenWidths, initialisation, sigmaB = 0, inputLength = 1 } = options;
  for (const size of [nets, inputWidth, ...hiddenWidths]) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`nets, inputWidth and hiddenWidths are whole numbers ≥ 1; given ${size}.`);
    }
  }
  if (hiddenWidths.length === 0) throw new RangeError("A net has at least one hidden layer; given hiddenWidths [].");
  if (!initialisation.gaussian || !initialisation.independent) {
    throw new RangeError(
      `W x given x is Gaussian only for Gaussian weights; given ${initialisation.name}. Draw its weights instead: activationLengths.`,
    );
  }
  if (!(Number.isFinite(sigmaB) && sigmaB >= 0))
    throw new RangeError(`sigmaB is a finite number ≥ 0; given ${sigmaB}.`);
  if (!(Number.isFinite(inputLength) && inputLength >= 0)) {
    throw new RangeError(`inputLength is a finite number ≥ 0; given ${inputLength}.`);
  }
  return { sigmaB, inputLength };
}

/**
 * Activation lengths of many ReLU nets seen through one input, without drawing a weight. Given x^{l−1} the
 * preactivations of a fresh Gaussian layer are independent normals of variance `σ_w² M_{l−1} + σ_b²`
 * (σ_w² = fanIn · Var W): n draws a layer instead of n², and exactly the same law. M_0 … M_d, each of `nets` values.
 *
 * Throws RangeError on weights that are not Gaussian, or sizes, σ_b or M_0 that mean nothing.
 */
export function gaussianActivationLengths(key: Key, options: GaussianNets): Float64Array[] {
  const { sigmaB, inputLength } = checkGaussianNets(options);
  const { nets, inputWidth, hiddenWidths, initialisation } = options;
  const widths = [inputWidth, ...hiddenWidths];
  const lengths = widths.map(() => new Float64Array(nets));
  lengths[0].fill(inputLength);
  hiddenWidths.forEach((width, layer) => {
    const weightVariance = widths[layer] * initialisation.variance(widths[layer], width);
    const squares = rectifiedSquares(foldIn(key, layer), { rows: nets, columns: width });
    for (let net = 0; net < nets; net++) {
      const variance = weightVariance * lengths[layer][net] + sigmaB ** 2;
      lengths[layer + 1][net] = (variance * squares[net]) / width;
    }
  });
  return lengths;
}
