import { type PiecewiseLinearNet, preactivationsOf } from "../../lib/nets/piecewise-linear";

/** Inputs and values beyond this are refused: their squares and products would overflow, and counts be wrong. */
export const largestMagnitude = 1e100;

/** @throws RangeError when the net's values at one of the points are too large to be computed with */
export function checkMagnitudes(net: PiecewiseLinearNet, points: readonly Float64Array[]): void {
  for (const point of points) {
    preactivationsOf(net, point).forEach((values, layer) => {
      const large = values.find((value) => !(Math.abs(value) <= largestMagnitude));
      if (large === undefined) return;
      throw new RangeError(
        `The net's values reach ${large} in layer ${layer + 1}; beyond ±1e100 counts would be wrong.`,
      );
    });
  }
}
