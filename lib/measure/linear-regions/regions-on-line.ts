import { checkPoint, type PiecewiseLinearNet } from "../../nets/piecewise-linear/piecewise-linear-net";
import { appendCrossing, carriedPoints, type CarriedPoints, carry, homogeneous } from "./carried-points";
import { checkMaximum, type CountOptions, tooMany } from "./count-options";
import { type Rows, zeroRows } from "./rows";
import { roundToZero, tolerance } from "./signs";

/** The regions along a line, a segment or a polyline. */
export interface LineRegions {
  /** One more than there are breakpoints. */
  readonly regions: number;
  /**
   * Positions, rising, at which the activation pattern changes: t of `from + t (to − from)` strictly between 0 and 1; on
   * a polyline the piece's number plus t; on a whole line t of `origin + t direction`.
   */
  readonly breakpoints: Float64Array;
  /** The layer and the neuron (within its layer) that change there; the first of several that change at once. */
  readonly layer: Int32Array;
  readonly neuron: Int32Array;
  /** Breakpoints of each layer. */
  readonly perLayer: number[];
  /** Breakpoints, ends and joints in order; between neighbours the net is affine. Infinite at the ends of a whole line. */
  readonly positions: Float64Array;
  /** The net's outputs there, `[positions, outputWidth]`; at infinity the derivative along the line, outwards. */
  readonly outputs: Float64Array;
}

/** The start of a walk: points in order; a polyline's inner joints become breakpoints only where a neuron changes. */
interface Start {
  readonly coordinates: Rows;
  readonly inputs: Rows;
}

/** What is known of the points besides what they carry. */
interface Line {
  /** Indices of points in order along the line. */
  order: Int32Array;
  /** By point: the layer and neuron that change there; −1 at ends and joints. */
  readonly layers: number[];
  readonly neurons: number[];
}

/** A neuron's change of sign between two neighbours: `key` rises along the line, `width` is how exactly it is known. */
interface Crossing {
  readonly neuron: number;
  readonly key: number;
  readonly width: number;
}

/** The crossings of all neurons between points a and b, in order. */
function crossingsBetween(points: CarriedPoints, a: number, b: number): Crossing[] {
  const { values, width } = points.values;
  const crossings: Crossing[] = [];
  const [fromInfinity, toInfinity] = [homogeneous(points, a) === 0, homogeneous(points, b) === 0];
  for (let neuron = 0; neuron < width; neuron++) {
    const signed = values[a * width + neuron];
    const other = values[b * width + neuron];
    if (!((signed < 0 && other > 0) || (signed > 0 && other < 0))) continue;
    const [za, zb] = [Math.abs(signed), Math.abs(other)];
    const key = fromInfinity ? -zb / za : toInfinity ? za / zb : za / (za + zb);
    const [alpha, beta] = fromInfinity ? [-key, 1] : toInfinity ? [1, key] : [1 - key, key];
    const error = alpha * tolerance(points, a, neuron) + beta * tolerance(points, b, neuron);
    crossings.push({ neuron, key, width: error / (fromInfinity ? za : toInfinity ? zb : za + zb) });
  }
  return crossings.sort((one, two) => one.key - two.key);
}

/** Marks joints at which a neuron of this layer starts or ceases to be active. */
function markJoints(points: CarriedPoints, line: Line, layer: number): void {
  const { values, width } = points.values;
  for (let place = 1; place + 1 < line.order.length; place++) {
    const joint = line.order[place];
    if (line.layers[joint] >= 0) continue;
    const [before, after] = [line.order[place - 1], line.order[place + 1]];
    for (let neuron = 0; neuron < width; neuron++) {
      const changes =
        values[joint * width + neuron] === 0 &&
        values[before * width + neuron] > 0 !== values[after * width + neuron] > 0;
      if (!changes) continue;
      line.layers[joint] = layer;
      line.neurons[joint] = neuron;
      break;
    }
  }
}

/** Adds this layer's breakpoints to the line; `onPoints` is called with the number of points as it grows, and may throw. */
function breakAt(points: CarriedPoints, line: Line, layer: number, onPoints: (points: number) => void): void {
  roundToZero(points);
  markJoints(points, line, layer);
  const { width } = points.values;
  const order: number[] = [line.order[0]];
  for (let place = 0; place + 1 < line.order.length; place++) {
    const [a, b] = [line.order[place], line.order[place + 1]];
    let last: Crossing | undefined;
    for (const crossing of crossingsBetween(points, a, b)) {
      if (last !== undefined && crossing.key - last.key <= crossing.width + last.width) {
        points.values.values[order[order.length - 1] * width + crossing.neuron] = 0;
        continue;
      }
      order.push(appendCrossing(points, a, b, crossing.neuron));
      line.layers.push(layer);
      line.neurons.push(crossing.neuron);
      last = crossing;
    }
    order.push(b);
    onPoints(line.layers.length);
  }
  line.order = Int32Array.from(order);
}

function regionsAlong(net: PiecewiseLinearNet, start: Start, options: CountOptions): LineRegions {
  const maximum = checkMaximum(options);
  const points = carriedPoints(start.coordinates, start.inputs);
  const ends = start.inputs.count;
  const line: Line = {
    order: Int32Array.from({ length: ends }, (_, index) => index),
    layers: new Array<number>(ends).fill(-1),
    neurons: new Array<number>(ends).fill(-1),
  };
  const onPoints = (found: number): void => {
    const regions = found - ends + 1;
    if (regions > maximum) throw tooMany(regions, maximum, "Shorten the line");
  };
  const layers = carry(points, net.steps, (carried, layer) => breakAt(carried, line, layer, onPoints));
  const { order } = line;
  const broken = order.filter((point) => line.layers[point] >= 0);
  const positionOf = (point: number): number =>
    points.coordinates.values[2 * point] / points.coordinates.values[2 * point + 1];
  const outputs = new Float64Array(order.length * net.outputWidth);
  order.forEach((point, place) =>
    outputs.set(
      points.values.values.subarray(point * net.outputWidth, (point + 1) * net.outputWidth),
      place * net.outputWidth,
    ),
  );
  const perLayer = new Array<number>(layers).fill(0);
  broken.forEach((point) => perLayer[line.layers[point]]++);
  return {
    regions: broken.length + 1,
    breakpoints: Float64Array.from(broken, positionOf),
    layer: broken.map((point) => line.layers[point]),
    neuron: broken.map((point) => line.neurons[point]),
    perLayer,
    positions: Float64Array.from(order, positionOf),
    outputs,
  };
}

/**
 * The activation regions along a polyline, exactly: pre-activations are carried from layer to layer at all breakpoints, and
 * a layer's breakpoints lie where they change sign between neighbours. A joint is a breakpoint only where a neuron starts
 * or ceases to be active there; a region that the polyline leaves and enters again counts twice. To close it, repeat
 * the first point.
 * Throws RangeError on fewer than two points, on two equal points in a row, on a wrong length or a value that is not
 * finite, and on more regions than `maximumRegions`.
 */
export function regionsOnPolyline(
  net: PiecewiseLinearNet,
  corners: readonly Float64Array[],
  options: CountOptions = {},
): LineRegions {
  if (corners.length < 2) throw new RangeError(`A polyline has at least two points; given ${corners.length}.`);
  const inputs = zeroRows(corners.length, net.inputWidth);
  const coordinates = zeroRows(corners.length, 2);
  corners.forEach((corner, index) => {
    checkPoint(corner, net.inputWidth, `point ${index}`);
    const before = corners[index - 1];
    if (index > 0 && corner.every((value, axis) => value === before[axis])) {
      throw new RangeError(`Points ${index - 1} and ${index} are equal: there is no line between them. Leave one out.`);
    }
    inputs.values.set(corner, index * net.inputWidth);
    coordinates.values.set([index, 1], 2 * index);
  });
  return regionsAlong(net, { coordinates, inputs }, options);
}

/** The activation regions along the segment between two inputs `[inputWidth]`: `regionsOnPolyline` of two points. */
export function regionsOnSegment(
  net: PiecewiseLinearNet,
  from: Float64Array,
  to: Float64Array,
  options: CountOptions = {},
): LineRegions {
  return regionsOnPolyline(net, [from, to], options);
}

/**
 * The activation regions along the whole line `origin + t direction`, exactly, in homogeneous coordinates: its two ends lie
 * at infinity.
 * Throws RangeError on a direction of zeros, on a wrong length or a value that is not finite, and on more regions than
 * `maximumRegions`.
 */
export function regionsOnLine(
  net: PiecewiseLinearNet,
  origin: Float64Array,
  direction: Float64Array,
  options: CountOptions = {},
): LineRegions {
  checkPoint(origin, net.inputWidth, "origin");
  checkPoint(direction, net.inputWidth, "direction");
  if (direction.every((value) => value === 0))
    throw new RangeError("The direction is zero; a line needs one that is not.");
  const inputs = zeroRows(3, net.inputWidth);
  inputs.values.set(direction.map((value) => -value));
  inputs.values.set(origin, net.inputWidth);
  inputs.values.set(direction, 2 * net.inputWidth);
  const coordinates: Rows = { width: 2, count: 3, values: Float64Array.of(-1, 0, 0, 1, 1, 0) };
  return regionsAlong(net, { coordinates, inputs }, options);
}
