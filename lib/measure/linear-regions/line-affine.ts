import { checkSize } from "./largest-value";
import { type LineBlock, type LineWalk, otherArea, raiseMagnitudes, rowBytes } from "./line-block";
import { type AffineOperation, productRows } from "./line-program";
import { allocate } from "./row-kernels";
import { roundingUnit } from "./rounding-unit";

/** Every byte of −5.3e303. It stands for what is negative, which is all that need be known of it before a ReLU. */
const negativeByte = 0xfe;

/** With more new points than this in a gap, products for each of them cost less than what follows from the others'. */
const mostFollowing = 8;

/** What an affine step works with. */
interface AffineWork {
  readonly walk: LineWalk;
  readonly block: LineBlock;
  readonly operation: AffineOperation;
  /** Rows of results. */
  readonly to: number;
  /** Room for a list of outputs, and of addresses of rows and of results. */
  readonly wanted: number;
  readonly rows: number;
  readonly results: number;
}

/** Places whose outputs do not follow from their neighbours': all, without the new points of gaps with few of them. */
function regularPlaces({ count, breaks }: LineBlock): Int32Array {
  const places = new Int32Array(count);
  let found = 0;
  let place = 0;
  if (breaks !== undefined) {
    for (let gap = 0; gap < breaks.left.length; gap++) {
      const [left, right] = [breaks.left[gap], breaks.right[gap]];
      if (right - left - 1 > mostFollowing) continue;
      while (place <= left) places[found++] = place++;
      place = right;
    }
  }
  while (place < count) places[found++] = place++;
  return places.subarray(0, found);
}

/** Fills a list's last four up by repeating an entry. */
function padToFour(list: Uint32Array, address: number, count: number): number {
  const start = address / 4;
  let padded = count;
  while (padded % 4 !== 0) list[start + padded++] = list[start + count - 1];
  return padded;
}

/** Lists all outputs; returns how many. */
function listAll({ walk, operation, wanted }: AffineWork): number {
  const { integers } = walk.scratch;
  for (let out = 0; out < operation.fanOut; out++) integers[wanted / 4 + out] = out;
  return operation.fanOut;
}

/** The wanted outputs at places[begin … end) in steps of `stride`, biases included. */
function multiplyPlaces(
  work: AffineWork,
  places: Int32Array,
  begin: number,
  end: number,
  stride: number,
  wantedCount: number,
): void {
  const { walk, block, operation, to } = work;
  const { kernels, integers } = walk.scratch;
  const { fanIn, fanOut } = operation;
  const [from, into] = [rowBytes(fanIn), rowBytes(fanOut)];
  const { coordinates } = block;
  // Directions, which have no bias, are at a line's ends.
  const endless = coordinates[1] === 0 || coordinates[2 * block.count - 1] === 0;
  const { zeros, room } = walk.program;
  const biases = endless ? zeros : operation.biases;
  const outputs = padToFour(integers, work.wanted, wantedCount);
  let at = begin;
  while (at < end) {
    let count = 0;
    for (; at < end && count < productRows; at += stride) {
      integers[work.rows / 4 + count] = block.rows + places[at] * from;
      integers[work.results / 4 + count++] = to + places[at] * into;
    }
    const padded = padToFour(integers, work.rows, count);
    padToFour(integers, work.results, count);
    kernels.multiply(work.rows, work.results, padded, operation.weights, fanIn, work.wanted, outputs, biases, room);
    if (!endless) continue;
    for (let row = 0; row < count; row++) {
      const result = integers[work.results / 4 + row];
      const finite = coordinates[2 * ((result - to) / into) + 1] !== 0;
      if (finite) kernels.addTo(result, operation.biases, fanOut);
    }
  }
}

/** The farthest that inputs between two places are from the chord. */
function distanceFromChord({ walk, block, operation }: AffineWork, from: number, to: number): number {
  const { coordinates, rows } = block;
  const { fanIn } = operation;
  const start = coordinates[2 * from];
  const length = coordinates[2 * to] - start;
  const stride = rowBytes(fanIn);
  let farthest = 0;
  for (let place = from + 1; place < to; place++) {
    const distance = walk.scratch.kernels.distanceFromChord(
      rows + place * stride,
      rows + from * stride,
      rows + to * stride,
      (coordinates[2 * place] - start) / length,
      fanIn,
    );
    // A comparison with NaN is false.
    if (!(distance <= farthest)) farthest = distance;
  }
  return farthest;
}

/** Outputs of new points: those of the points around them, and what neurons that change between add. */
function follow(
  { walk, block, operation, to, wanted }: AffineWork,
  firstGap: number,
  endPlace: number,
  wantedCount: number,
): number {
  const { breaks } = block;
  if (breaks === undefined) return firstGap;
  const { kernels, numbers } = walk.scratch;
  const { fanIn, fanOut } = operation;
  const [from, into] = [rowBytes(fanIn), rowBytes(fanOut)];
  let gap = firstGap;
  for (; gap < breaks.left.length && breaks.left[gap] < endPlace; gap++) {
    const [left, right] = [breaks.left[gap], breaks.right[gap]];
    if (right - left - 1 > mostFollowing) continue;
    const neurons = breaks.neurons.subarray(gap === 0 ? 0 : breaks.neuronsEnd[gap - 1], breaks.neuronsEnd[gap]);
    for (let place = left + 1; place < right; place++) {
      const [alpha, beta] = [breaks.alpha[place], breaks.beta[place]];
      const result = to + place * into;
      kernels.combine(result, to + left * into, alpha, to + right * into, beta, fanOut);
      for (const neuron of neurons) {
        const input = block.rows + 8 * neuron;
        const straight = alpha * numbers[(input + left * from) / 8] + beta * numbers[(input + right * from) / 8];
        const bend = numbers[(input + place * from) / 8] - straight;
        if (bend !== 0) kernels.addColumn(result, operation.weights, fanIn, neuron, bend, wanted, wantedCount);
      }
    }
  }
  return gap;
}

/**
 * All outputs at every stretch's ends; between them only those that may be ≥ 0 there. By the distance of the inputs from the
 * chord most negative outputs are known to be so.
 */
function multiplyStretches(work: AffineWork, places: Int32Array, largest: number): void {
  const { walk, block, operation, to } = work;
  const { kernels, bytes } = walk.scratch;
  const { fanOut, gains, offsets } = operation;
  const stretch = productRows + 1;
  const into = rowBytes(fanOut);
  const last = places.length - 1;
  const all = listAll(work);
  multiplyPlaces(work, places, 0, last, stretch, all);
  multiplyPlaces(work, places, last, last + 1, 1, all);
  let gap = 0;
  for (let begin = 0; begin < last; begin += stretch) {
    const end = Math.min(begin + stretch, last);
    const [from, until] = [places[begin], places[end]];
    const [a, b] = [to + from * into, to + until * into];
    const { coordinates } = block;
    let count: number;
    if (coordinates[2 * from + 1] === 0 || coordinates[2 * until + 1] === 0) count = listAll(work);
    else {
      // Rounded sums may be a little off.
      const distance = 1.000001 * distanceFromChord(work, from, until);
      const unit = 4 * roundingUnit;
      count = kernels.listWanted(a, b, gains, offsets, distance, largest, unit, fanOut, work.wanted);
      bytes.fill(negativeByte, a + into, b);
    }
    if (count > 0) multiplyPlaces(work, places, begin + 1, end, 1, count);
    gap = follow(work, gap, until, count);
  }
}

/** Carries a block through an affine step. Throws RangeError on values that are too large to count with. */
export function throughAffine(walk: LineWalk, block: LineBlock, operation: AffineOperation): void {
  const { fanOut, gains, offsets } = operation;
  const largest = raiseMagnitudes(walk, block);
  const to = otherArea(walk, block, block.count);
  const top = walk.scratch.top;
  const work: AffineWork = {
    walk,
    block,
    operation,
    to,
    wanted: allocate(walk.scratch, 4 * (fanOut + 4)),
    rows: allocate(walk.scratch, 4 * (productRows + 4)),
    results: allocate(walk.scratch, 4 * (productRows + 4)),
  };
  const places = regularPlaces(block);
  if (operation.onlyRectified && places.length > productRows) multiplyStretches(work, places, largest);
  else {
    const all = listAll(work);
    multiplyPlaces(work, places, 0, places.length, 1, all);
    follow(work, 0, block.count, all);
  }
  walk.scratch.top = top;
  const { numbers } = walk.scratch;
  for (let out = 0; out < fanOut; out++) checkSize(numbers[gains / 8 + out] * largest + numbers[offsets / 8 + out]);
  block.rows = to;
  block.width = fanOut;
  block.gains = gains;
  block.offsets = offsets;
  block.growth = operation.growth;
  block.breaks = undefined;
  block.norms = undefined;
}
