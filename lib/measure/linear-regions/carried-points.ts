import type { PiecewiseLinearStep } from "../../nets/piecewise-linear";
import { checkSize } from "./largest-value";
import { productWithWeights } from "./matrix-product";
import { addRow, type Rows, withRoom } from "./rows";

/**
 * Points of a line or a plane on their way through a net, in homogeneous coordinates: a point's last coordinate is 1, or
 * 0 where it lies at infinity and stands for a direction. An affine step then reads `W x + coordinate · b`, rectifiers
 * leave it as it is, and a combination with positive coefficients is again a point between the two.
 */
export interface CarriedPoints {
  /** `[count, 2]` as (t, w) on a line, `[count, 3]` as (s, t, w) in a plane. */
  readonly coordinates: Rows;
  /** What the steps so far made of the points: `[count, width]`. */
  values: Rows;
  /** The inputs of the residual blocks that are open, outermost first. */
  readonly saved: Rows[];
  /** The size of the numbers that each point's values were computed from: rounding errors are in proportion to it. */
  magnitude: Float64Array;
  /** Of the last affine step: each neuron's Euclidean norm of weights, and its bias without the sign. */
  gains: Float64Array;
  offsets: Float64Array;
  /** By what factor the steps since grow errors, typically. */
  growth: number;
}

export function carriedPoints(coordinates: Rows, inputs: Rows): CarriedPoints {
  return {
    coordinates,
    values: inputs,
    saved: [],
    magnitude: new Float64Array(coordinates.count),
    gains: new Float64Array(inputs.width).fill(1),
    offsets: new Float64Array(inputs.width),
    growth: 1,
  };
}

/** 1 for a point, 0 for a direction. */
export function homogeneous(points: CarriedPoints, point: number): number {
  const { values, width } = points.coordinates;
  return values[point * width + width - 1];
}

function appendTo(rows: Rows, a: number, alpha: number, b: number, beta: number): void {
  const row = addRow(rows);
  const { values, width } = rows;
  const [from, to, at] = [a * width, b * width, row * width];
  for (let k = 0; k < width; k++) values[at + k] = alpha * values[from + k] + beta * values[to + k];
}

/**
 * Appends the point where `neuron`'s pre-activation is 0 between points a and b, at which it has opposite signs; all that
 * is carried is interpolated, and the neuron's value set to exactly 0. Returns the new point's index.
 */
export function appendCrossing(points: CarriedPoints, a: number, b: number, neuron: number): number {
  const { coordinates, values } = points;
  const za = Math.abs(values.values[a * values.width + neuron]);
  const zb = Math.abs(values.values[b * values.width + neuron]);
  const finiteA = homogeneous(points, a) !== 0;
  const finiteB = homogeneous(points, b) !== 0;
  // A point and a direction: from the point as far along the direction as it takes; else a convex combination.
  const alpha = finiteA && !finiteB ? 1 : !finiteA && finiteB ? zb / za : zb / (za + zb);
  const beta = finiteA && !finiteB ? za / zb : !finiteA && finiteB ? 1 : za / (za + zb);
  appendTo(coordinates, a, alpha, b, beta);
  appendTo(values, a, alpha, b, beta);
  for (const rows of points.saved) appendTo(rows, a, alpha, b, beta);
  const point = values.count - 1;
  if (finiteA || finiteB) coordinates.values[(point + 1) * coordinates.width - 1] = 1;
  points.magnitude = withRoom(points.magnitude, point + 1);
  points.magnitude[point] = alpha * points.magnitude[a] + beta * points.magnitude[b];
  values.values[point * values.width + neuron] = 0;
  return point;
}

/** Raises each point's magnitude to the norm of its values. @throws RangeError where they are too large to count with */
function raiseMagnitudes(points: CarriedPoints): void {
  const { values, count, width } = points.values;
  let largest = 0;
  for (let point = 0; point < count; point++) {
    let squares = 0;
    for (let k = point * width; k < (point + 1) * width; k++) squares += values[k] * values[k];
    points.magnitude[point] = Math.max(points.growth * points.magnitude[point], Math.sqrt(squares));
    // A comparison with NaN is false.
    if (!(points.magnitude[point] <= largest)) largest = points.magnitude[point];
  }
  points.growth = 1;
  checkSize(largest);
}

function throughAffine(points: CarriedPoints, step: PiecewiseLinearStep & { kind: "affine" }): void {
  const { fanIn, fanOut, weights, biases } = step;
  raiseMagnitudes(points);
  const product = productWithWeights(points.values, weights, fanOut);
  const sums = product.values;
  for (let point = 0; point < product.count; point++) {
    if (homogeneous(points, point) === 0) continue;
    for (let out = 0, at = point * fanOut; out < fanOut; out++, at++) sums[at] += biases[out];
  }
  points.values = product;
  points.gains = new Float64Array(fanOut);
  points.offsets = biases.map(Math.abs);
  let squares = 0;
  for (let out = 0; out < fanOut; out++) {
    let own = 0;
    for (let k = out * fanIn; k < (out + 1) * fanIn; k++) own += weights[k] * weights[k];
    points.gains[out] = Math.sqrt(own);
    squares += own;
  }
  points.growth = Math.sqrt(squares / fanIn);
  const largest = points.magnitude.subarray(0, product.count).reduce((found, size) => Math.max(found, size), 0);
  points.gains.forEach((gain, out) => checkSize(gain * largest + points.offsets[out]));
}

function throughRectifier(points: CarriedPoints, negativeSlope: number): void {
  const { values, count, width } = points.values;
  for (let k = 0; k < count * width; k++) if (!(values[k] > 0)) values[k] = negativeSlope * values[k] + 0;
  points.growth *= Math.sqrt((1 + negativeSlope * negativeSlope) / 2);
}

/** Forgets the last affine step: what comes next is compared with the values themselves. */
function settle(points: CarriedPoints): void {
  raiseMagnitudes(points);
  points.gains = new Float64Array(points.values.width).fill(1);
  points.offsets = new Float64Array(points.values.width);
}

function throughResidual(
  points: CarriedPoints,
  step: PiecewiseLinearStep & { kind: "residual" },
  onRectifier: (points: CarriedPoints, layer: number) => void,
  layer: number,
): number {
  settle(points);
  const { values, count, width } = points.values;
  points.saved.push({ values: values.slice(), count, width });
  const next = carry(points, step.block, onRectifier, layer);
  const before = points.saved.pop() as Rows;
  const after = points.values;
  for (let k = 0; k < after.count * after.width; k++) after.values[k] = before.values[k] + step.scale * after.values[k];
  settle(points);
  return next;
}

/**
 * Carries points through steps; before each rectifier `onRectifier` sees the pre-activations in `points.values` and may
 * append points. Layers are numbered from `layer`; returns the next layer's number.
 */
export function carry(
  points: CarriedPoints,
  steps: readonly PiecewiseLinearStep[],
  onRectifier: (points: CarriedPoints, layer: number) => void,
  layer: number = 0,
): number {
  let next = layer;
  let afterAffine = false;
  for (const step of steps) {
    if (step.kind === "affine") throughAffine(points, step);
    else if (step.kind === "residual") next = throughResidual(points, step, onRectifier, next);
    else {
      if (!afterAffine) settle(points);
      onRectifier(points, next++);
      throughRectifier(points, step.negativeSlope);
    }
    afterAffine = step.kind === "affine";
  }
  return next;
}
