import type { PiecewiseLinearStep } from "./piecewise-linear-net";

/** A layer `h = W x + b`: weights `[fanOut, fanIn]` row by row, biases `[fanOut]`. */
export interface DenseWeights {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/**
 * The steps of a fully connected net: a rectifier after every layer but the last, which is linear. The fan-in is the
 * number of weights over the number of biases.
 * Throws RangeError on no layer, on a layer without biases (give zeros), or on weights that are not a multiple of them.
 */
export function denseSteps(layers: readonly DenseWeights[], negativeSlope: number = 0): PiecewiseLinearStep[] {
  if (layers.length === 0) throw new RangeError("A fully connected net has at least one layer; given [].");
  return layers.flatMap(({ weights, biases }, index): PiecewiseLinearStep[] => {
    const fanOut = biases.length;
    const fanIn = weights.length / fanOut;
    if (!Number.isSafeInteger(fanIn) || fanIn < 1) {
      throw new RangeError(
        `Layer ${index}: ${weights.length} weights are no [${fanOut}, fanIn] matrix; a layer without biases needs zeros.`,
      );
    }
    const affine: PiecewiseLinearStep = { kind: "affine", fanIn, fanOut, weights, biases };
    return index === layers.length - 1 ? [affine] : [affine, { kind: "rectifier", width: fanOut, negativeSlope }];
  });
}
