import type { PiecewiseLinearStep } from "../../nets/piecewise-linear";
import { checkSize } from "./largest-value";
import { multiplyRows, storedMap } from "./matrix-product";
import { addPagedRow, pageOf, type PagedRows, rowsOnPage, startOf } from "./paged-rows";
import { withRoom } from "./rows";

/**
 * Points of a plane on their way through a net, in homogeneous coordinates: a point's last coordinate is 1, or
 * 0 where it lies at infinity and stands for a direction. An affine step then reads `W x + coordinate · b`, rectifiers
 * leave it as it is, and a combination with positive coefficients is again a point between the two.
 */
export interface CarriedPoints {
  /** `[count, 3]` as (s, t, w). */
  readonly coordinates: PagedRows;
  /** What the steps so far made of the points: `[count, width]`. */
  values: PagedRows;
  /** The inputs of the residual blocks that are open, outermost first. */
  readonly saved: PagedRows[];
  /** The size of the numbers that each point's values were computed from: rounding errors are in proportion to it. */
  magnitude: Float64Array;
  /** Of the last affine step: each neuron's Euclidean norm of weights, and its bias without the sign. */
  gains: Float64Array;
  offsets: Float64Array;
  /** By what factor the steps since grow errors, typically. */
  growth: number;
}

export function carriedPoints(coordinates: PagedRows, inputs: PagedRows): CarriedPoints {
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
export function homogeneous({ coordinates }: CarriedPoints, point: number): number {
  return pageOf(coordinates, point)[startOf(coordinates, point) + 2];
}

function appendTo(rows: PagedRows, a: number, alpha: number, b: number, beta: number): void {
  const { width } = rows;
  const row = addPagedRow(rows);
  const [pageA, pageB, page] = [pageOf(rows, a), pageOf(rows, b), pageOf(rows, row)];
  const [from, to, at] = [startOf(rows, a), startOf(rows, b), startOf(rows, row)];
  for (let k = 0; k < width; k++) page[at + k] = alpha * pageA[from + k] + beta * pageB[to + k];
}

/**
 * Appends the point where `neuron`'s pre-activation is 0 between points a and b, at which it has opposite signs; all that
 * is carried is interpolated, and the neuron's value set to exactly 0. Returns the new point's index.
 */
export function appendCrossing(points: CarriedPoints, a: number, b: number, neuron: number): number {
  const { coordinates, values } = points;
  const za = Math.abs(pageOf(values, a)[startOf(values, a) + neuron]);
  const zb = Math.abs(pageOf(values, b)[startOf(values, b) + neuron]);
  const finiteA = homogeneous(points, a) !== 0;
  const finiteB = homogeneous(points, b) !== 0;
  // A point and a direction: from the point as far along the direction as it takes; else a convex combination.
  const alpha = finiteA && !finiteB ? 1 : !finiteA && finiteB ? zb / za : zb / (za + zb);
  const beta = finiteA && !finiteB ? za / zb : !finiteA && finiteB ? 1 : za / (za + zb);
  appendTo(coordinates, a, alpha, b, beta);
  appendTo(values, a, alpha, b, beta);
  for (const rows of points.saved) appendTo(rows, a, alpha, b, beta);
  const point = values.count - 1;
  if (finiteA || finiteB) pageOf(coordinates, point)[startOf(coordinates, point) + 2] = 1;
  points.magnitude = withRoom(points.magnitude, point + 1);
  points.magnitude[point] = alpha * points.magnitude[a] + beta * points.magnitude[b];
  pageOf(values, point)[startOf(values, point) + neuron] = 0;
  return point;
}

/** Norms of the rows of a page. */
function normsOf(rows: PagedRows, page: number): Float64Array {
  const { width } = rows;
  const values = rows.pages[page];
  return Float64Array.from({ length: rowsOnPage(rows, page) }, (_, row) => {
    let squares = 0;
    for (let k = row * width; k < (row + 1) * width; k++) squares += values[k] * values[k];
    return Math.sqrt(squares);
  });
}

/** Raises the magnitudes of points from `first` on to the norms of their values; returns the largest. */
function raiseTo(points: CarriedPoints, first: number, norms: Float64Array): number {
  const { magnitude, growth } = points;
  let largest = 0;
  norms.forEach((norm, row) => {
    magnitude[first + row] = Math.max(growth * magnitude[first + row], norm);
    // A comparison with NaN is false.
    if (!(magnitude[first + row] <= largest)) largest = magnitude[first + row];
  });
  checkSize(largest);
  return largest;
}

/** Page by page, so that two copies of all values are never needed. Throws RangeError on values too large to count with. */
function throughAffine(points: CarriedPoints, step: PiecewiseLinearStep & { kind: "affine" }): void {
  const { fanIn, fanOut, weights, biases } = step;
  const map = storedMap(fanIn, fanOut, weights, biases);
  const inputs = points.values;
  const outputs: PagedRows = { width: fanOut, count: inputs.count, shift: inputs.shift, pages: [] };
  let largest = 0;
  inputs.pages.forEach((page, number) => {
    const first = number << inputs.shift;
    const rows = rowsOnPage(inputs, number);
    const norms = new Float64Array(rows);
    // Room for as many points again, which a layer often adds.
    const product = new Float64Array(Math.min(2 * rows, 1 << inputs.shift) * fanOut);
    multiplyRows(map, page, product, rows, (row) => homogeneous(points, first + row) !== 0, norms);
    largest = Math.max(largest, raiseTo(points, first, norms));
    outputs.pages.push(product);
    inputs.pages[number] = empty;
  });
  points.values = outputs;
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
  points.gains.forEach((gain, out) => checkSize(gain * largest + points.offsets[out]));
}

const empty = new Float64Array(0);

function throughRectifier(points: CarriedPoints, negativeSlope: number): void {
  const { values } = points;
  values.pages.forEach((page, number) => {
    const length = rowsOnPage(values, number) * values.width;
    for (let k = 0; k < length; k++) if (!(page[k] > 0)) page[k] = negativeSlope * page[k] + 0;
  });
  points.growth *= Math.sqrt((1 + negativeSlope * negativeSlope) / 2);
}

/** Forgets the last affine step: what comes next is compared with the values themselves. */
function settle(points: CarriedPoints): void {
  const { values } = points;
  values.pages.forEach((_, number) => raiseTo(points, number << values.shift, normsOf(values, number)));
  points.growth = 1;
  points.gains = new Float64Array(values.width).fill(1);
  points.offsets = new Float64Array(values.width);
}

function throughResidual(
  points: CarriedPoints,
  step: PiecewiseLinearStep & { kind: "residual" },
  onRectifier: (points: CarriedPoints, layer: number) => void,
  layer: number,
): number {
  settle(points);
  points.saved.push({ ...points.values, pages: points.values.pages.map((page) => page.slice()) });
  const next = carry(points, step.block, onRectifier, layer);
  const before = points.saved.pop() as PagedRows;
  const after = points.values;
  after.pages.forEach((page, number) => {
    const length = rowsOnPage(after, number) * after.width;
    for (let k = 0; k < length; k++) page[k] = before.pages[number][k] + step.scale * page[k];
  });
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
