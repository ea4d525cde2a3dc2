import { checkWidth } from "../width";
import type { Block } from "./monomial-block";
import type { SmoothLayer, SmoothNet } from "./smooth-net";
import type { TaylorActivation } from "./taylor-activation";

/**
 * A fully connected net from blocks: the values of one layer's blocks are the inputs of the next layer's. What a block reads
 * out is linear, and so is what the next block takes in: the two matrices are one, and no neuron is spent between. They are
 * kept apart all the same. Multiplied out, each of its rows would round the values in a way of its own, and the next block
 * divides what its neurons disagree about by λ^degree.
 * @param layers the blocks of each hidden layer; every value is numbered by its block
 * @param combination weights of the last blocks' values in the output; 1 for each unless given
 * @throws RangeError where a block reads a value that there is not, its parts do not fit or are not finite; TypeError for what is
 *   no activation
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
  if (typeof activation?.value !== "function") {
    throw new TypeError(`an activation is what taylorActivation makes; given ${typeof activation}`);
  }
  layers.forEach((blocks) => blocks.forEach(checkBlock));
  const last = layers[layers.length - 1];
  const weights = combination ?? last.map(() => 1);
  if (weights.length !== last.length) {
    throw new RangeError(`${last.length} values are combined by as many weights; given ${weights.length}`);
  }
  checkFinite(weights, "weights of the combination");
  const combined = last.flatMap(({ readout }, block) => readout.map((weight) => weights[block] * weight));
  const output = layerOf([Float64Array.from(combined)], { linear: true, bias: 0 });
  const dense = layers.flatMap((blocks, index) => {
    const fanIn = index === 0 ? inputWidth : layers[index - 1].length;
    return [hiddenLayer(blocks, fanIn, activation.shift), index < layers.length - 1 ? readoutLayer(blocks) : output];
  });
  return { activation, layers: dense };
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
  const astray = values.findIndex((value) => !Number.isFinite(value));
  if (astray >= 0) throw new RangeError(`${what} are finite numbers; given ${values[astray]}`);
}

/** One row a neuron: its direction over the values that its block reads, times λ. */
function hiddenLayer(blocks: readonly Block[], fanIn: number, shift: number): SmoothLayer {
  const rows = blocks.flatMap(({ inputs, directions, lambda }) =>
    directions.map((direction) => {
      const row = new Float64Array(fanIn);
      inputs.forEach((input, i) => {
        if (!Number.isSafeInteger(input) || input < 0 || input >= fanIn) {
          throw new RangeError(`a block reads value ${input}; there are ${fanIn}`);
        }
        row[input] += direction[i] * lambda;
      });
      return row;
    }),
  );
  return layerOf(rows, { linear: false, bias: shift });
}

/** One row a block: its readout over its own neurons. */
function readoutLayer(blocks: readonly Block[]): SmoothLayer {
  const neurons = blocks.reduce((sum, { readout }) => sum + readout.length, 0);
  let from = 0;
  const rows = blocks.map(({ readout }) => {
    const row = new Float64Array(neurons);
    row.set(readout, from);
    from += readout.length;
    return row;
  });
  return layerOf(rows, { linear: true, bias: 0 });
}

function layerOf(rows: readonly Float64Array[], { linear, bias }: { linear: boolean; bias: number }): SmoothLayer {
  const fanIn = rows[0].length;
  const weights = new Float64Array(rows.length * fanIn);
  rows.forEach((row, index) => weights.set(row, index * fanIn));
  return { linear, fanIn, fanOut: rows.length, weights, biases: new Float64Array(rows.length).fill(bias) };
}
