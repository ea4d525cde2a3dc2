import type { CarriedPoints } from "./carried-points";

/**
 * A pre-activation counts as 0 when it is below this times the size of what was summed: 256 units in the last place.
 * Coinciding boundaries are told from close ones by it; regions thinner than it are lost.
 */
export const roundingUnit: number = 2 ** -44;

/** Below this, neuron `neuron`'s pre-activation at `point` counts as 0. */
export function tolerance(points: CarriedPoints, point: number, neuron: number): number {
  return roundingUnit * (points.gains[neuron] * points.magnitude[point] + points.offsets[neuron]);
}

/**
 * Writes the sign of a neuron's pre-activation at every point to `signs`, and sets what is 0 but for rounding to exactly 0.
 * Returns whether both signs occur.
 */
export function writeSigns(points: CarriedPoints, neuron: number, signs: Int8Array): boolean {
  const { values, count, width } = points.values;
  const { magnitude } = points;
  const gain = roundingUnit * points.gains[neuron];
  const offset = roundingUnit * points.offsets[neuron];
  let positive = 0;
  let negative = 0;
  for (let point = 0, at = neuron; point < count; point++, at += width) {
    const value = values[at];
    const bound = gain * magnitude[point] + offset;
    if (value > bound) {
      signs[point] = 1;
      positive = 1;
    } else if (value < -bound) {
      signs[point] = -1;
      negative = 1;
    } else {
      signs[point] = 0;
      values[at] = 0;
    }
  }
  return positive + negative === 2;
}

/** Sets all pre-activations that are 0 but for rounding to exactly 0. */
export function roundToZero(points: CarriedPoints): void {
  const { values, count, width } = points.values;
  const { gains, offsets, magnitude } = points;
  for (let point = 0, at = 0; point < count; point++) {
    const size = magnitude[point];
    for (let neuron = 0; neuron < width; neuron++, at++) {
      if (Math.abs(values[at]) <= roundingUnit * (gains[neuron] * size + offsets[neuron])) values[at] = 0;
    }
  }
}
