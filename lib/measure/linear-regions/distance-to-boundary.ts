import {
  checkPoint,
  type PiecewiseLinearNet,
  type PiecewiseLinearStep,
} from "../../nets/piecewise-linear/piecewise-linear-net";
import { checkSize } from "./largest-value";
import { productWithWeights } from "./matrix-product";
import type { Rows } from "./rows";

/** The nearest boundary of a region, and the neuron whose it is. */
export interface DistanceToBoundary {
  /** Euclidean, in input space; Infinity where no neuron changes. */
  readonly distance: number;
  /** −1 where no neuron changes. */
  readonly layer: number;
  /** Within its layer. */
  readonly neuron: number;
}

/** A gradient below this, relative to what was summed to it, is 0: a neuron that is constant nearby. */
const roundingUnit = 2 ** -44;

/** A layer's values and their gradients: `[values and inputs, width]`, the values in row 0. */
function throughSteps(
  steps: readonly PiecewiseLinearStep[],
  start: Rows,
  onPreactivations: (values: Rows, scale: (neuron: number) => number) => void,
): Rows {
  let rows = start;
  let scale: (neuron: number) => number = () => 0;
  for (const step of steps) {
    const { width, count, values } = rows;
    if (step.kind === "affine") {
      rows = productWithWeights(rows, step.weights, step.fanOut);
      step.biases.forEach((bias, out) => (rows.values[out] += bias));
      let squares = 0;
      for (let k = width; k < count * width; k++) squares += values[k] * values[k];
      scale = (neuron) =>
        Math.sqrt(
          step.weights.subarray(neuron * width, (neuron + 1) * width).reduce((sum, w) => sum + w * w, 0) * squares,
        );
    } else if (step.kind === "rectifier") {
      onPreactivations(rows, scale);
      const rectified = values.slice();
      for (let neuron = 0; neuron < width; neuron++) {
        if (values[neuron] > 0) continue;
        for (let k = neuron; k < rectified.length; k += width) rectified[k] *= step.negativeSlope;
      }
      rows = { width, count, values: rectified };
    } else {
      const block = throughSteps(step.block, rows, onPreactivations);
      rows = { width, count, values: values.map((value, k) => value + step.scale * block.values[k]) };
      scale = () => 0;
    }
  }
  return rows;
}

/**
 * The distance from an input to the nearest boundary of its activation region, exactly: the least |z_j| / ‖∇z_j‖ over all
 * neurons. Neurons of later layers bend only where an earlier one changes, which is no nearer; so the least is attained.
 * A neuron that is constant on the region has no boundary. On a boundary the distance is 0.
 * Throws RangeError on a wrong length, and on values that are not finite or beyond 1e100 on the way.
 */
export function distanceToBoundary(net: PiecewiseLinearNet, x: Float64Array): DistanceToBoundary {
  checkPoint(x, net.inputWidth, "input");
  const inputs = net.inputWidth;
  const start: Rows = { width: inputs, count: inputs + 1, values: new Float64Array((inputs + 1) * inputs) };
  start.values.set(x);
  for (let axis = 0; axis < inputs; axis++) start.values[(axis + 1) * inputs + axis] = 1;
  let nearest: DistanceToBoundary = { distance: Infinity, layer: -1, neuron: -1 };
  let layer = 0;
  throughSteps(net.steps, start, ({ values, width }, scale) => {
    for (let neuron = 0; neuron < width; neuron++) {
      let squares = 0;
      for (let k = width + neuron; k < values.length; k += width) squares += values[k] * values[k];
      const slope = Math.sqrt(squares);
      checkSize(slope);
      checkSize(Math.abs(values[neuron]));
      if (slope === 0 || slope <= roundingUnit * scale(neuron)) continue;
      const distance = Math.abs(values[neuron]) / slope;
      if (distance < nearest.distance) nearest = { distance, layer, neuron };
    }
    layer++;
  });
  return nearest;
}
