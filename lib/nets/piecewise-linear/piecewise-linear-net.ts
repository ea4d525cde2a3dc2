import { checkWidth } from "../width";
import { checkChoice } from "../choice";

/**
 * One step of a piecewise linear net.
 *
 * - `affine`: `h = W x + b`, weights `[fanOut, fanIn]` row by row, biases `[fanOut]` (zeros where there are none).
 * - `rectifier`: `max(h, 0) + negativeSlope · min(h, 0)`; slope 0 is ReLU, 0.01 the usual leaky ReLU, −1 the absolute value.
 * - `residual`: `x + scale · block(x)`; the block keeps the width.
 */
export type PiecewiseLinearStep =
  | {
      readonly kind: "affine";
      readonly fanIn: number;
      readonly fanOut: number;
      readonly weights: Float64Array;
      readonly biases: Float64Array;
    }
  | { readonly kind: "rectifier"; readonly width: number; readonly negativeSlope: number }
  | { readonly kind: "residual"; readonly scale: number; readonly block: readonly PiecewiseLinearStep[] };

/** A net made of affine maps, rectifiers and residual links, in float64: affine on each of finitely many regions. */
export interface PiecewiseLinearNet {
  readonly inputWidth: number;
  readonly outputWidth: number;
  readonly steps: readonly PiecewiseLinearStep[];
}

function checkFinite(values: Float64Array, length: number, what: string): void {
  if (!(values instanceof Float64Array)) throw new TypeError(`${what}: expected a Float64Array.`);
  if (values.length !== length) throw new RangeError(`${what}: expected ${length} values; given ${values.length}.`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`${what}: value ${bad} of ${length} is ${values[bad]}; every one must be finite.`);
}

/** Checks the steps in order and returns the width after the last; `path` names a step in errors. */
function widthAfter(steps: readonly PiecewiseLinearStep[], inputWidth: number, path: string): number {
  let width = inputWidth;
  steps.forEach((step, index) => {
    const name = `${path}${index} (${step.kind})`;
    checkChoice(step.kind, ["affine", "rectifier", "residual"], `kind of ${name}`);
    switch (step.kind) {
      case "affine":
        checkWidth(step.fanOut, `${name}: fanOut`);
        if (step.fanIn !== width) throw new RangeError(`${name}: fanIn is ${step.fanIn}, but ${width} values arrive.`);
        checkFinite(step.weights, step.fanOut * step.fanIn, `${name}: weights`);
        checkFinite(step.biases, step.fanOut, `${name}: biases`);
        width = step.fanOut;
        break;
      case "rectifier":
        if (step.width !== width) throw new RangeError(`${name}: width is ${step.width}, but ${width} values arrive.`);
        if (!Number.isFinite(step.negativeSlope)) {
          throw new RangeError(`${name}: the negative slope is a finite number; given ${step.negativeSlope}.`);
        }
        if (step.negativeSlope === 1) {
          throw new RangeError(`${name}: a negative slope of 1 is no rectifier but the identity; leave the step out.`);
        }
        break;
      case "residual": {
        if (!Number.isFinite(step.scale)) throw new RangeError(`${name}: the scale is finite; given ${step.scale}.`);
        const after = widthAfter(step.block, width, `${name}, step `);
        if (after !== width)
          throw new RangeError(`${name}: the block turns ${width} values into ${after}; it keeps the width.`);
        break;
      }
    }
  });
  return width;
}

/**
 * A net of the given steps. The arrays are kept, not copied.
 * Throws RangeError, naming the step, on widths that do not fit or are not whole numbers ≥ 1, on values that are not
 * finite, and on a negative slope of 1 (which would be no rectifier); TypeError where an array is no Float64Array.
 */
export function piecewiseLinearNet(inputWidth: number, steps: readonly PiecewiseLinearStep[]): PiecewiseLinearNet {
  checkWidth(inputWidth, "inputWidth");
  return { inputWidth, outputWidth: widthAfter(steps, inputWidth, "step "), steps };
}

/** Widths of the net's rectifiers in order of use, those inside residual blocks included: its layers of neurons. */
export function rectifierWidths(net: PiecewiseLinearNet): number[] {
  const within = (steps: readonly PiecewiseLinearStep[]): number[] =>
    steps.flatMap((step) =>
      step.kind === "rectifier" ? [step.width] : step.kind === "residual" ? within(step.block) : [],
    );
  return within(net.steps);
}

/** The number of neurons that are rectified; they are numbered layer by layer in order of use. */
export function hiddenNeurons(net: PiecewiseLinearNet): number {
  return rectifierWidths(net).reduce((sum, width) => sum + width, 0);
}

/** `W x + b` of one affine step. */
function affineOf(step: PiecewiseLinearStep & { kind: "affine" }, x: Float64Array): Float64Array {
  const { fanIn, weights } = step;
  return step.biases.map((bias, out) => {
    let sum = bias;
    for (let k = 0; k < fanIn; k++) sum += weights[out * fanIn + k] * x[k];
    return sum;
  });
}

/**
 * What the net does to one input, step by step: `onPreactivations` sees each layer's pre-activations before they are
 * rectified (the array belongs to the callee).
 */
function through(
  steps: readonly PiecewiseLinearStep[],
  x: Float64Array,
  onPreactivations: (values: Float64Array) => void,
): Float64Array {
  return steps.reduce((values, step) => {
    switch (step.kind) {
      case "affine":
        return affineOf(step, values);
      case "rectifier":
        onPreactivations(values);
        return values.map((value) => (value > 0 ? value : step.negativeSlope * value + 0));
      case "residual": {
        const added = through(step.block, values, onPreactivations);
        return values.map((value, index) => value + step.scale * added[index]);
      }
    }
  }, x);
}

/** Throws unless `x` is a finite point of `width` coordinates. */
export function checkPoint(x: Float64Array, width: number, what: string): void {
  checkFinite(x, width, what);
}

/** The net's output at one input `[inputWidth]`. Throws RangeError on a wrong length and on values that are not finite. */
export function outputOf(net: PiecewiseLinearNet, x: Float64Array): Float64Array {
  checkPoint(x, net.inputWidth, "input");
  return through(net.steps, x, () => undefined).slice();
}

/** Every layer's pre-activations at one input, an array a rectifier, in order of use. Errors as in `outputOf`. */
export function preactivationsOf(net: PiecewiseLinearNet, x: Float64Array): Float64Array[] {
  checkPoint(x, net.inputWidth, "input");
  const layers: Float64Array[] = [];
  through(net.steps, x, (values) => layers.push(values.slice()));
  return layers;
}

/** 1 where a neuron's pre-activation is positive, else 0; `[hiddenNeurons]`. Errors as in `outputOf`. */
export function activationPattern(net: PiecewiseLinearNet, x: Float64Array): Uint8Array {
  return Uint8Array.from(
    preactivationsOf(net, x).flatMap((layer) => Array.from(layer, (value) => (value > 0 ? 1 : 0))),
  );
}
