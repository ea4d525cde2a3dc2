import { foldIn, type Key } from "../../random/key";
import { normalArray } from "../../random/normal";
import { denseSteps, type DenseWeights } from "./dense-steps";
import { piecewiseLinearNet, type PiecewiseLinearNet } from "./piecewise-linear-net";

/** What a random ReLU net is made of. */
export interface RandomReluNetOptions {
  readonly inputWidth: number;
  readonly hiddenWidths: readonly number[];
  /** Width of the linear readout; default 1. */
  readonly outputWidth?: number;
  /** σ_w² of `W_ij ~ N(0, σ_w²/fanIn)`; default 2, He's. */
  readonly weightVariance?: number;
  /** σ_b of `b_i ~ N(0, σ_b²)`; default 0. */
  readonly sigmaB?: number;
  /** Slope of the rectifiers on the negative side; default 0. */
  readonly negativeSlope?: number;
}

/**
 * A fully connected ReLU net with Gaussian weights and biases, the readout included; float32 draws promoted to float64.
 * Throws RangeError on widths that are not whole numbers ≥ 1, and on a variance or σ_b that is negative or not finite.
 */
export function randomReluNet(key: Key, options: RandomReluNetOptions): PiecewiseLinearNet {
  const { inputWidth, hiddenWidths, outputWidth = 1, weightVariance = 2, sigmaB = 0, negativeSlope = 0 } = options;
  for (const [value, name] of [
    [weightVariance, "weightVariance"],
    [sigmaB, "sigmaB"],
  ] as const) {
    if (!(Number.isFinite(value) && value >= 0))
      throw new RangeError(`${name} is a finite number ≥ 0; given ${value}.`);
  }
  const widths = [inputWidth, ...hiddenWidths, outputWidth];
  for (const width of widths) {
    if (!Number.isSafeInteger(width) || width < 1) {
      throw new RangeError(`Widths are whole numbers ≥ 1; given [${widths.join(", ")}] from input to output.`);
    }
  }
  const layers = widths.slice(1).map((fanOut, layer): DenseWeights => {
    const fanIn = widths[layer];
    const layerKey = foldIn(key, layer);
    const deviation = Math.sqrt(weightVariance / fanIn);
    return {
      weights: Float64Array.from(normalArray(foldIn(layerKey, "weights"), fanIn * fanOut), (draw) => deviation * draw),
      biases: Float64Array.from(normalArray(foldIn(layerKey, "biases"), fanOut), (draw) => sigmaB * draw),
    };
  });
  return piecewiseLinearNet(inputWidth, denseSteps(layers, negativeSlope));
}
