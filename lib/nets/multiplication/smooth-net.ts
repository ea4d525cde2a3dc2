import type { TaylorActivation } from "./taylor-activation";

/** Floating-point numbers that a net is evaluated in. */
export type Precision = "float64" | "float32";

/** z = W x + b, then the activation unless it is linear. */
export interface SmoothLayer {
  /** Whether it reads values out, which takes no neurons. */
  readonly linear: boolean;
  readonly fanIn: number;
  readonly fanOut: number;
  /** [fanOut, fanIn], row by row. */
  readonly weights: Float64Array;
  /** [fanOut] */
  readonly biases: Float64Array;
}

/** A plain fully connected net with an analytic activation after its hidden layers; the last layer is linear. */
export interface SmoothNet {
  readonly activation: TaylorActivation;
  readonly layers: readonly SmoothLayer[];
}

/** The layers that are made of neurons. */
export function hiddenLayersOf(net: SmoothNet): SmoothLayer[] {
  return net.layers.filter(({ linear }) => !linear);
}

/** Neurons of all hidden layers. */
export function neuronsOf(net: SmoothNet): number {
  return hiddenLayersOf(net).reduce((sum, layer) => sum + layer.fanOut, 0);
}

/**
 * The net's outputs for some inputs, every product and every sum rounded to the precision; float32 rounds the weights too.
 * @param inputs [examples, fanIn], row by row
 * @returns [examples, fanOut of the last layer]
 * @throws RangeError where the inputs do not fill rows or are not finite
 */
export function smoothNetOutputs(net: SmoothNet, inputs: Float64Array, precision: Precision = "float64"): Float64Array {
  const { fanIn } = net.layers[0];
  if (inputs.length === 0 || inputs.length % fanIn !== 0) {
    throw new RangeError(`the net takes ${fanIn} numbers an example; given ${inputs.length} in all`);
  }
  const astray = inputs.findIndex((input) => !Number.isFinite(input));
  if (astray >= 0) throw new RangeError(`inputs are finite numbers; given ${inputs[astray]}`);
  if (precision !== "float64" && precision !== "float32") {
    throw new RangeError(`a precision is float64 or float32; given ${String(precision)}`);
  }
  const layers = precision === "float64" ? net.layers : net.layers.map(rounded);
  const examples = inputs.length / fanIn;
  const { fanOut } = layers[layers.length - 1];
  const outputs = new Float64Array(examples * fanOut);
  for (let example = 0; example < examples; example++) {
    let values: Float64Array | Float32Array = inputs.subarray(example * fanIn, (example + 1) * fanIn);
    if (precision === "float32") values = Float32Array.from(values);
    layers.forEach((layer) => {
      values = precision === "float64" ? affineDouble(layer, values) : affineSingle(layer, values);
      if (!layer.linear) values = values.map((z) => net.activation.value(z));
    });
    outputs.set(values, example * fanOut);
  }
  return outputs;
}

function affineDouble({ fanIn, fanOut, weights, biases }: SmoothLayer, x: Float64Array | Float32Array): Float64Array {
  const z = new Float64Array(fanOut);
  for (let row = 0; row < fanOut; row++) {
    let sum = biases[row];
    for (let column = 0; column < fanIn; column++) sum += weights[row * fanIn + column] * x[column];
    z[row] = sum;
  }
  return z;
}

function affineSingle({ fanIn, fanOut, weights, biases }: SmoothLayer, x: Float64Array | Float32Array): Float32Array {
  const z = new Float32Array(fanOut);
  for (let row = 0; row < fanOut; row++) {
    let sum = biases[row];
    for (let column = 0; column < fanIn; column++) {
      sum = Math.fround(sum + Math.fround(weights[row * fanIn + column] * x[column]));
    }
    z[row] = sum;
  }
  return z;
}

function rounded(layer: SmoothLayer): SmoothLayer {
  return { ...layer, weights: layer.weights.map(Math.fround), biases: layer.biases.map(Math.fround) };
}
