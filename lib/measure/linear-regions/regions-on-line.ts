import { checkPoint, type PiecewiseLinearNet } from "../../nets/piecewise-linear/piecewise-linear-net";
import { checkMaximum, type CountOptions, tooMany } from "./count-options";
import { throughAffine } from "./line-affine";
import { copyOfRows, type LineBlock, type LineWalk, placeRows, raiseMagnitudes, rowBytes } from "./line-block";
import { lineProgram } from "./line-program";
import { throughRectifier } from "./line-rectifier";
import { emptyScratch } from "./row-kernels";
import { withRoom } from "./rows";

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
  readonly coordinates: Float64Array;
  readonly inputs: Float64Array;
}

/** What has been found so far, from the start of the line on; arrays have room for more. */
interface Found {
  count: number;
  positions: Float64Array;
  outputs: Float64Array;
  layer: Int32Array;
  neuron: Int32Array;
}

/** Rows of a block wider than this are carried on in parts, one after the other, so that memory does not grow with them. */
const blockBytes = 2 ** 22;

/** Appends a block that has come through the net; its first point is the last of the block before. */
function append(found: Found, walk: LineWalk, block: LineBlock): void {
  const { width, coordinates } = block;
  const shared = found.count === 0 ? 0 : 1;
  const start = found.count - shared;
  const count = start + block.count;
  found.positions = withRoom(found.positions, count);
  found.outputs = withRoom(found.outputs, count * width);
  found.layer = withRoom(found.layer, count);
  found.neuron = withRoom(found.neuron, count);
  for (let place = 0; place < block.count; place++) {
    found.positions[start + place] = coordinates[2 * place] / coordinates[2 * place + 1];
  }
  found.outputs.set(copyOfRows(walk, block, 0, block.count), start * width);
  found.layer.set(block.layer, start);
  found.neuron.set(block.neuron, start);
  found.count = count;
}

/** A part of a block, its rows copied out of the kernels' memory. */
interface Part {
  readonly block: LineBlock;
  readonly values: Float64Array;
}

/** The places from `begin` to `end`, both included. */
function partOf(walk: LineWalk, block: LineBlock, begin: number, end: number): Part {
  return {
    block: {
      ...block,
      count: end - begin + 1,
      coordinates: block.coordinates.slice(2 * begin, 2 * end + 2),
      magnitude: block.magnitude.slice(begin, end + 1),
      layer: block.layer.slice(begin, end + 1),
      neuron: block.neuron.slice(begin, end + 1),
      breaks: undefined,
      norms: undefined,
      saved: block.saved.map((saved) => {
        const savedWidth = saved.length / block.count;
        return saved.slice(begin * savedWidth, (end + 1) * savedWidth);
      }),
    },
    values: copyOfRows(walk, block, begin, end + 1),
  };
}

/** Forgets the last affine step: what comes next is compared with the rows themselves. */
function settle(walk: LineWalk, block: LineBlock): void {
  raiseMagnitudes(walk, block);
  block.gains = walk.program.ones;
  block.offsets = walk.program.zeros;
}

function openResidual(walk: LineWalk, block: LineBlock): void {
  block.saved = [...block.saved, copyOfRows(walk, block, 0, block.count)];
}

function closeResidual(walk: LineWalk, block: LineBlock, scale: number): void {
  const values = copyOfRows(walk, block, 0, block.count);
  const saved = block.saved[block.saved.length - 1];
  for (let k = 0; k < saved.length; k++) values[k] = saved[k] + scale * values[k];
  placeRows(walk, block, values);
  block.saved = block.saved.slice(0, -1);
  block.breaks = undefined;
  block.norms = undefined;
}

/** Carries a block through the operations from `first` on and appends it; large ones part by part, from the left. */
function carryOn(
  walk: LineWalk,
  block: LineBlock,
  first: number,
  found: Found,
  onPoints: (added: number) => void,
): void {
  const { operations, widest } = walk.program;
  for (let index = first; index < operations.length; index++) {
    const operation = operations[index];
    if (operation.kind === "affine") throughAffine(walk, block, operation);
    else if (operation.kind === "settle") settle(walk, block);
    else if (operation.kind === "open") openResidual(walk, block);
    else if (operation.kind === "close") closeResidual(walk, block, operation.scale);
    else {
      onPoints(throughRectifier(walk, block, operation.layer, operation.negativeSlope));
      const most = Math.max(64, Math.floor(blockBytes / rowBytes(widest)));
      if (block.count <= 2 * most) continue;
      const parts: Part[] = [];
      for (let begin = 0; begin + 1 < block.count; begin += most) {
        parts.push(partOf(walk, block, begin, Math.min(begin + most, block.count - 1)));
      }
      for (const part of parts) {
        placeRows(walk, part.block, part.values);
        carryOn(walk, part.block, index + 1, found, onPoints);
      }
      return;
    }
  }
  append(found, walk, block);
}

function regionsAlong(net: PiecewiseLinearNet, { coordinates, inputs }: Start, options: CountOptions): LineRegions {
  const maximum = checkMaximum(options);
  const scratch = emptyScratch();
  const program = lineProgram(scratch, net);
  const walk: LineWalk = { scratch, program, areas: [0, 0], sizes: [0, 0] };
  const count = coordinates.length / 2;
  const block: LineBlock = {
    count,
    rows: 0,
    width: net.inputWidth,
    sums: 0,
    coordinates,
    magnitude: new Float64Array(count),
    norms: undefined,
    layer: new Int32Array(count).fill(-1),
    neuron: new Int32Array(count).fill(-1),
    breaks: undefined,
    saved: [],
    gains: program.ones,
    offsets: program.zeros,
    growth: 1,
  };
  placeRows(walk, block, inputs);
  const found: Found = {
    count: 0,
    positions: new Float64Array(16),
    outputs: new Float64Array(16),
    layer: new Int32Array(16),
    neuron: new Int32Array(16),
  };
  let regions = 1;
  carryOn(walk, block, 0, found, (added) => {
    regions += added;
    if (regions > maximum) throw tooMany(regions, maximum, "Shorten the line");
  });
  return lineRegions(net, program.layers, found);
}

function lineRegions(net: PiecewiseLinearNet, layers: number, found: Found): LineRegions {
  const places = new Int32Array(found.count);
  const perLayer = new Array<number>(layers).fill(0);
  let count = 0;
  for (let place = 0; place < found.count; place++) {
    if (found.layer[place] < 0) continue;
    places[count++] = place;
    perLayer[found.layer[place]]++;
  }
  const breakpoints = new Float64Array(count);
  const layer = new Int32Array(count);
  const neuron = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    breakpoints[index] = found.positions[places[index]];
    layer[index] = found.layer[places[index]];
    neuron[index] = found.neuron[places[index]];
  }
  return {
    regions: count + 1,
    breakpoints,
    layer,
    neuron,
    perLayer,
    positions: found.positions.slice(0, found.count),
    outputs: found.outputs.slice(0, found.count * net.outputWidth),
  };
}

/**
 * The activation regions along a polyline, exactly: pre-activations are carried from layer to layer at all breakpoints, and
 * a layer's breakpoints lie where they change sign between neighbours. A joint is a breakpoint only where a neuron starts
 * or ceases to be active there; a region that the polyline leaves and enters again counts twice. To close it, repeat
 * the first point. Memory beside the result does not grow with the number of regions: a long line is carried on in parts.
 * Throws RangeError on fewer than two points, on two equal points in a row, on a wrong length or a value that is not
 * finite, and on more regions than `maximumRegions`.
 */
export function regionsOnPolyline(
  net: PiecewiseLinearNet,
  corners: readonly Float64Array[],
  options: CountOptions = {},
): LineRegions {
  if (corners.length < 2) throw new RangeError(`A polyline has at least two points; given ${corners.length}.`);
  const inputs = new Float64Array(corners.length * net.inputWidth);
  const coordinates = new Float64Array(corners.length * 2);
  corners.forEach((corner, index) => {
    checkPoint(corner, net.inputWidth, `point ${index}`);
    const before = corners[index - 1];
    if (index > 0 && corner.every((value, axis) => value === before[axis])) {
      throw new RangeError(`Points ${index - 1} and ${index} are equal: there is no line between them. Leave one out.`);
    }
    inputs.set(corner, index * net.inputWidth);
    coordinates.set([index, 1], 2 * index);
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
  const inputs = new Float64Array(3 * net.inputWidth);
  inputs.set(direction.map((value) => -value));
  inputs.set(origin, net.inputWidth);
  inputs.set(direction, 2 * net.inputWidth);
  const coordinates = Float64Array.of(-1, 0, 0, 1, 1, 0);
  return regionsAlong(net, { coordinates, inputs }, options);
}
