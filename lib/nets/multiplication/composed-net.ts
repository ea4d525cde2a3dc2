import { checkWidth } from "../width";
import type { Block } from "./monomial-block";
import type { SmoothLayer, SmoothNet } from "./smooth-net";
import type { TaylorActivation } from "./taylor-activation";

/**
 * A fully connected net from blocks: the values of one layer's blocks are the inputs of the next layer's. What a block reads
 * out is linear, and so is what the next block takes in: one matrix does both, and no neuron is spent between.
 * @param layers the blocks of each hidden layer; every value is numbered by its block
 * @param combination weights of the last blocks' values in the output; 1 for each unless given
 * @throws RangeError where a block reads a value that there is not, its parts do not fit or are not finite
 */
export function composedNet(
  inputWidth: number,
  layers: readonly (readonly Block[])[],
  activation: TaylorActivation,
  combination?: readonly number[],
): SmoothNet {
  if (layers.length === 0 || layers.some((blocks) => blocks.length === 0)) {
    throw new RangeError("a net has at least one hidden layer, and each at least one block");
  }
  checkWidth(inputWidth, "inputWidth");
  layers.forEach((blocks) => blocks.forEach(checkBlock));
  const last = layers[layers.length - 1];
  const weights = combination ?? last.map(() => 1);
  if (weights.length !== last.length) {
    throw new RangeError(`${last.length} values are combined by as many weights; given ${weights.length}`);
  }
  checkFinite(weights, "weights of the combination");
  let values = identity(inputWidth);
  const dense = layers.map((blocks) => {
    const into = blocks.flatMap((block) =>
      block.directions.map((direction) =>
        combine(
          values,
          block.inputs,
          direction.map((a) => a * block.lambda),
        ),
      ),
    );
    values = readouts(blocks);
    return layerOf(into, activation.shift);
  });
  const output = combine(
    values,
    last.map((_, block) => block),
    weights,
  );
  return { activation, layers: [...dense, layerOf([output], 0)] };
}

function checkBlock({ inputs, directions, readout, lambda }: Block): void {
  if (directions.length === 0 || readout.length !== directions.length) {
    throw new RangeError(`a block reads out every neuron; given ${readout.length} weights for ${directions.length}`);
  }
  for (const direction of directions) {
    if (direction.length !== inputs.length) {
      throw new RangeError(`a direction has one number an input; given ${direction.length} for ${inputs.length}`);
    }
    checkFinite(direction, "directions");
  }
  checkFinite(readout, "readouts");
  if (!(Number.isFinite(lambda) && lambda > 0)) throw new RangeError(`λ is a finite number above 0; given ${lambda}`);
}

function checkFinite(values: readonly number[], what: string): void {
  const astray = values.find((value) => !Number.isFinite(value));
  if (astray !== undefined) throw new RangeError(`${what} are finite numbers; given ${astray}`);
}

/** How values come from the neurons (or inputs) of one layer: row by row. */
interface Values {
  readonly width: number;
  readonly rows: readonly { readonly from: number; readonly weights: readonly number[] }[];
}

function identity(width: number): Values {
  return { width, rows: Array.from({ length: width }, (_, from) => ({ from, weights: [1] })) };
}

function readouts(blocks: readonly Block[]): Values {
  let width = 0;
  const rows = blocks.map(({ readout }) => {
    const row = { from: width, weights: readout };
    width += readout.length;
    return row;
  });
  return { width, rows };
}

/** Σ_i weights_i · value_{indices_i}, as one row over the neurons below. */
function combine(values: Values, indices: readonly number[], weights: readonly number[]): Float64Array {
  const row = new Float64Array(values.width);
  indices.forEach((index, i) => {
    const value = values.rows[index];
    if (value === undefined) throw new RangeError(`a block reads value ${index}; there are ${values.rows.length}`);
    value.weights.forEach((weight, neuron) => (row[value.from + neuron] += weights[i] * weight));
  });
  return row;
}

function layerOf(rows: readonly Float64Array[], bias: number): SmoothLayer {
  const fanIn = rows[0].length;
  const weights = new Float64Array(rows.length * fanIn);
  rows.forEach((row, index) => weights.set(row, index * fanIn));
  return { fanIn, fanOut: rows.length, weights, biases: new Float64Array(rows.length).fill(bias) };
}
