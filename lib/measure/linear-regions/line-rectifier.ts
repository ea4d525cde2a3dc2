import { type Breaks, type LineBlock, type LineWalk, otherArea, strideOf } from "./line-block";
import { allocate } from "./row-kernels";
import { addRow, type Rows, withRoom } from "./rows";
import { roundingUnit } from "./rounding-unit";

/** Changes of sign between neighbours, gap by gap and in order within each. */
interface Crossings {
  count: number;
  /** The neuron; the place to the left; whether it changes where the crossing before it does. */
  neuron: Int32Array;
  left: Int32Array;
  merged: Int8Array;
  /** What the point is: `alpha` of its neighbour to the left and `beta` of that to the right. */
  alpha: Float64Array;
  beta: Float64Array;
}

/** The sign changes of a gap, before they are put in order. */
interface GapRoom {
  /** Rises along the line, and how exactly it is known. */
  readonly keys: Float64Array;
  readonly widths: Float64Array;
}

/** Appends the crossings between a place and the next, which the kernels have listed, in order. */
function addGap(
  walk: LineWalk,
  block: LineBlock,
  left: number,
  list: number,
  listed: number,
  crossings: Crossings,
  { keys, widths }: GapRoom,
): void {
  const { numbers, integers } = walk.scratch;
  const { coordinates, magnitude } = block;
  const rowA = (block.rows + left * strideOf(block)) / 8;
  const rowB = rowA + strideOf(block) / 8;
  const [gains, offsets] = [block.gains / 8, block.offsets / 8];
  const fromInfinity = coordinates[2 * left + 1] === 0;
  const toInfinity = coordinates[2 * left + 3] === 0;
  const order: number[] = [];
  for (let index = 0; index < listed; index++) {
    const neuron = integers[list / 4 + index];
    const [za, zb] = [Math.abs(numbers[rowA + neuron]), Math.abs(numbers[rowB + neuron])];
    const key = fromInfinity ? -zb / za : toInfinity ? za / zb : za / (za + zb);
    const [alpha, beta] = fromInfinity ? [-key, 1] : toInfinity ? [1, key] : [1 - key, key];
    const [gain, offset] = [numbers[gains + neuron], numbers[offsets + neuron]];
    const error =
      roundingUnit * (alpha * (gain * magnitude[left] + offset) + beta * (gain * magnitude[left + 1] + offset));
    keys[index] = key;
    widths[index] = error / (fromInfinity ? za : toInfinity ? zb : za + zb);
    order.push(index);
  }
  if (listed > 1) order.sort((one, other) => keys[one] - keys[other]);
  let last = -1;
  for (const index of order) {
    const at = crossings.count++;
    if (at >= crossings.neuron.length) growCrossings(crossings, at + 1);
    const neuron = integers[list / 4 + index];
    crossings.neuron[at] = neuron;
    crossings.left[at] = left;
    crossings.merged[at] = last >= 0 && keys[index] - keys[last] <= widths[index] + widths[last] ? 1 : 0;
    if (crossings.merged[at] === 1) continue;
    last = index;
    const [za, zb] = [Math.abs(numbers[rowA + neuron]), Math.abs(numbers[rowB + neuron])];
    // A point and a direction: from the point as far along the direction as it takes; else a convex combination.
    crossings.alpha[at] = fromInfinity ? zb / za : toInfinity ? 1 : zb / (za + zb);
    crossings.beta[at] = fromInfinity ? 1 : toInfinity ? za / zb : za / (za + zb);
  }
}

function growCrossings(crossings: Crossings, length: number): void {
  crossings.neuron = withRoom(crossings.neuron, length);
  crossings.left = withRoom(crossings.left, length);
  crossings.merged = withRoom(crossings.merged, length);
  crossings.alpha = withRoom(crossings.alpha, length);
  crossings.beta = withRoom(crossings.beta, length);
}

/** Rounds what is 0 but for rounding, and finds where neurons change their sign. */
function crossingsOf(walk: LineWalk, block: LineBlock): Crossings {
  const { kernels, top } = walk.scratch;
  const { width, rows, count } = block;
  const crossings: Crossings = {
    count: 0,
    neuron: new Int32Array(width),
    left: new Int32Array(width),
    merged: new Int8Array(width),
    alpha: new Float64Array(width),
    beta: new Float64Array(width),
  };
  const room: GapRoom = { keys: new Float64Array(width), widths: new Float64Array(width) };
  const list = allocate(walk.scratch, 4 * width);
  const stride = strideOf(block);
  const round = (place: number): void => {
    const { gains, offsets, magnitude } = block;
    kernels.roundToZero(rows + place * stride, gains, offsets, magnitude[place], roundingUnit, width);
  };
  round(0);
  for (let left = 0; left + 1 < count; left++) {
    const row = rows + left * stride;
    round(left + 1);
    const listed = kernels.listCrossings(row, row + stride, width, list);
    if (listed > 0) addGap(walk, block, left, list, listed, crossings, room);
  }
  walk.scratch.top = top;
  return crossings;
}

/** Marks joints, at which nothing changed so far, where a neuron of this layer starts or ceases to be active. */
function markJoints(walk: LineWalk, block: LineBlock, layer: number): void {
  const { numbers } = walk.scratch;
  const { width } = block;
  for (let place = 1; place + 1 < block.count; place++) {
    if (block.layer[place] >= 0) continue;
    const stride = strideOf(block) / 8;
    const joint = block.rows / 8 + place * stride;
    for (let neuron = 0; neuron < width; neuron++) {
      const at = joint + neuron;
      if (numbers[at] !== 0 || numbers[at - stride] > 0 === numbers[at + stride] > 0) continue;
      block.layer[place] = layer;
      block.neuron[place] = neuron;
      break;
    }
  }
}

/** The saved rows with the new points' between them. */
function savedWithBreaks(saved: Float64Array, count: number, crossings: Crossings, places: Int32Array): Float64Array {
  const width = saved.length / count;
  const rows: Rows = { width, count: 0, values: new Float64Array(places.length * width) };
  for (const place of places) {
    const to = addRow(rows) * width;
    if (place >= 0) rows.values.set(saved.subarray(place * width, (place + 1) * width), to);
    else {
      const { alpha, beta, left } = crossings;
      const from = left[~place] * width;
      for (let k = 0; k < width; k++) {
        rows.values[to + k] = alpha[~place] * saved[from + k] + beta[~place] * saved[from + width + k];
      }
    }
  }
  return rows.values;
}

/** The order of old and new points: an old one's place, or −1 − the number of the new one's crossing. */
function mergedOrder(count: number, crossings: Crossings): Int32Array {
  const order = new Int32Array(count + crossings.count);
  let found = 0;
  let crossing = 0;
  for (let place = 0; place < count; place++) {
    order[found++] = place;
    for (; crossing < crossings.count && crossings.left[crossing] === place; crossing++) {
      if (crossings.merged[crossing] === 0) order[found++] = ~crossing;
    }
  }
  return order.subarray(0, found);
}

function breaksOf(order: Int32Array, crossings: Crossings): Breaks {
  const gaps = crossings.count;
  const left = new Int32Array(gaps);
  const right = new Int32Array(gaps);
  const neuronsEnd = new Int32Array(gaps);
  const alpha = new Float64Array(order.length);
  const beta = new Float64Array(order.length);
  let found = 0;
  for (let place = 0; place < order.length; place++) {
    if (order[place] >= 0) continue;
    const crossing = ~order[place];
    alpha[place] = crossings.alpha[crossing];
    beta[place] = crossings.beta[crossing];
    if (order[place - 1] >= 0) {
      left[found] = place - 1;
      let end = crossing;
      while (end < crossings.count && crossings.left[end] === crossings.left[crossing]) end++;
      neuronsEnd[found++] = end;
    }
    right[found - 1] = place + 1;
  }
  const neurons = crossings.neuron.subarray(0, crossings.count);
  return {
    left: left.subarray(0, found),
    right: right.subarray(0, found),
    neuronsEnd: neuronsEnd.subarray(0, found),
    neurons,
    alpha,
    beta,
  };
}

/** Where the numbers of a block's points go that are not rows. */
function rearranged(block: LineBlock, order: Int32Array, crossings: Crossings, layer: number): void {
  const { coordinates, magnitude } = block;
  const count = order.length;
  const after = {
    coordinates: new Float64Array(2 * count),
    magnitude: new Float64Array(count),
    layer: new Int32Array(count),
    neuron: new Int32Array(count),
  };
  for (let place = 0; place < count; place++) {
    const from = order[place];
    if (from >= 0) {
      after.coordinates[2 * place] = coordinates[2 * from];
      after.coordinates[2 * place + 1] = coordinates[2 * from + 1];
      after.magnitude[place] = magnitude[from];
      after.layer[place] = block.layer[from];
      after.neuron[place] = block.neuron[from];
      continue;
    }
    const [alpha, beta, left] = [crossings.alpha[~from], crossings.beta[~from], crossings.left[~from]];
    after.coordinates[2 * place] = alpha * coordinates[2 * left] + beta * coordinates[2 * left + 2];
    const between = alpha * coordinates[2 * left + 1] + beta * coordinates[2 * left + 3];
    // Between a point and another, or a point and a direction, lies a point.
    after.coordinates[2 * place + 1] = coordinates[2 * left + 1] + coordinates[2 * left + 3] > 0 ? 1 : between;
    after.magnitude[place] = alpha * magnitude[left] + beta * magnitude[left + 1];
    after.layer[place] = layer;
    after.neuron[place] = crossings.neuron[~from];
  }
  Object.assign(block, after, { count });
}

/** Breaks a block where neurons change their sign, and rectifies its rows. Returns the number of new points. */
export function throughRectifier(walk: LineWalk, block: LineBlock, layer: number, negativeSlope: number): number {
  const { kernels } = walk.scratch;
  const { width, sums, rows, count } = block;
  const stride = strideOf(block);
  const crossings = crossingsOf(walk, block);
  markJoints(walk, block, layer);
  const order = mergedOrder(count, crossings);
  const to = otherArea(walk, block, order.length);
  const { numbers } = walk.scratch;
  const norms = new Float64Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const from = order[place];
    const row = to + place * stride;
    if (from >= 0) {
      norms[place] = kernels.rectify(row, rows + from * stride, negativeSlope, width);
      for (let sum = width; sum < width + sums; sum++)
        numbers[row / 8 + sum] = numbers[(rows + from * stride) / 8 + sum];
      continue;
    }
    const left = crossings.left[~from];
    const a = rows + left * stride;
    kernels.combine(row, a, crossings.alpha[~from], a + stride, crossings.beta[~from], width + sums);
    let crossing = ~from;
    do numbers[row / 8 + crossings.neuron[crossing++]] = 0;
    while (crossing < crossings.count && crossings.merged[crossing] === 1);
    norms[place] = kernels.rectify(row, row, negativeSlope, width);
  }
  block.saved = block.saved.map((saved) => savedWithBreaks(saved, count, crossings, order));
  rearranged(block, order, crossings, layer);
  block.breaks = breaksOf(order, crossings);
  block.rows = to;
  block.norms = norms;
  block.growth *= Math.sqrt((1 + negativeSlope * negativeSlope) / 2);
  return order.length - count;
}
