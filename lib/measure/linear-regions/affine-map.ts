import { hiddenNeurons, type PiecewiseLinearNet, type PiecewiseLinearStep } from "../../nets/piecewise-linear";

/** An affine map `x ↦ jacobian x + bias`; the Jacobian is `[outputs, inputs]` row by row. */
export interface AffineMap {
  readonly jacobian: Float64Array;
  readonly bias: Float64Array;
}

/** Columns `[width, columns]` row by row through the steps, with the rectifiers frozen at a pattern from `neuron` on. */
function throughSteps(
  steps: readonly PiecewiseLinearStep[],
  start: Float64Array,
  columns: number,
  pattern: Uint8Array,
  neuron: number,
): { matrix: Float64Array; neuron: number } {
  let matrix = start;
  let next = neuron;
  for (const step of steps) {
    if (step.kind === "affine") {
      const product = new Float64Array(step.fanOut * columns);
      for (let out = 0; out < step.fanOut; out++) {
        for (let k = 0; k < step.fanIn; k++) {
          const weight = step.weights[out * step.fanIn + k];
          if (weight === 0) continue;
          for (let column = 0; column < columns; column++) {
            product[out * columns + column] += weight * matrix[k * columns + column];
          }
        }
        product[(out + 1) * columns - 1] += step.biases[out];
      }
      matrix = product;
    } else if (step.kind === "rectifier") {
      const rectified = matrix.slice();
      for (let unit = 0; unit < step.width; unit++) {
        if (pattern[next + unit] !== 0) continue;
        for (let k = unit * columns; k < (unit + 1) * columns; k++) rectified[k] *= step.negativeSlope;
      }
      matrix = rectified;
      next += step.width;
    } else {
      const block = throughSteps(step.block, matrix, columns, pattern, next);
      matrix = matrix.map((value, k) => value + step.scale * block.matrix[k]);
      next = block.neuron;
    }
  }
  return { matrix, neuron: next };
}

/**
 * The affine map that the net is where it has activation pattern `pattern` `[hiddenNeurons]`, 1 for an active neuron, else 0.
 * @throws RangeError for a pattern of another length, or with other numbers
 */
export function affineMapOf(net: PiecewiseLinearNet, pattern: Uint8Array): AffineMap {
  const neurons = hiddenNeurons(net);
  if (pattern.length !== neurons) {
    throw new RangeError(`The net has ${neurons} neurons, so has its pattern; given ${pattern.length}.`);
  }
  const astray = pattern.findIndex((bit) => bit !== 0 && bit !== 1);
  if (astray >= 0) throw new RangeError(`A pattern is made of 0 and 1; given ${pattern[astray]} at ${astray}.`);
  const inputs = net.inputWidth;
  const columns = inputs + 1;
  const start = new Float64Array(inputs * columns);
  for (let axis = 0; axis < inputs; axis++) start[axis * columns + axis] = 1;
  const { matrix } = throughSteps(net.steps, start, columns, pattern, 0);
  const jacobian = new Float64Array(net.outputWidth * inputs);
  const bias = new Float64Array(net.outputWidth);
  for (let out = 0; out < net.outputWidth; out++) {
    jacobian.set(matrix.subarray(out * columns, out * columns + inputs), out * inputs);
    bias[out] = matrix[out * columns + inputs];
  }
  return { jacobian, bias };
}
