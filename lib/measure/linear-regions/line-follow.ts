import { type Breaks, type LineBlock, strideOf } from "./line-block";
import type { AffineWork } from "./line-products";

/** Up to so many new points in a gap follow one by one from the points around it; more of them follow from one another. */
const fewNew = 3;

/** Whether one neuron changes at each new point of a gap, between two points. */
function isChain({ coordinates }: LineBlock, { left, right, neuronsEnd }: Breaks, gap: number): boolean {
  const neurons = neuronsEnd[gap] - (gap === 0 ? 0 : neuronsEnd[gap - 1]);
  if (right[gap] - left[gap] - 1 !== neurons) return false;
  return coordinates[2 * left[gap] + 1] !== 0 && coordinates[2 * right[gap] + 1] !== 0;
}

/** Places whose outputs do not follow from their neighbours': all old points, and new ones where several neurons change at once. */
export function regularPlaces(block: LineBlock): Int32Array {
  const { count, breaks } = block;
  const places = new Int32Array(count);
  let found = 0;
  let place = 0;
  if (breaks !== undefined) {
    for (let gap = 0; gap < breaks.left.length; gap++) {
      const [left, right] = [breaks.left[gap], breaks.right[gap]];
      if (right - left - 1 > fewNew && !isChain(block, breaks, gap)) continue;
      while (place <= left) places[found++] = place++;
      place = right;
    }
  }
  while (place < count) places[found++] = place++;
  return places.subarray(0, found);
}

/**
 * Outputs of many new points in a gap. The input that changes at a point is `bend` below its own chord there and nearer to it
 * in proportion on both sides, so that the outputs' distances from their chord are sums over the points to the left and to
 * the right: what the point before has, and one more.
 */
function followChain(
  { walk, block, operation, to, into, sums, wanted, sum }: AffineWork,
  { alpha, beta }: Breaks,
  neurons: Int32Array,
  left: number,
  right: number,
  wantedCount: number,
): void {
  const { kernels, numbers } = walk.scratch;
  const { fanIn, fanOut, weights } = operation;
  const columns = fanOut + sums;
  const from = strideOf(block) / 8;
  const [a, b] = [to + left * into, to + right * into];
  const bends = Float64Array.from(neurons, (neuron, index) => {
    const [place, input] = [left + 1 + index, block.rows / 8 + neuron];
    const chord = alpha[place] * numbers[input + left * from] + beta[place] * numbers[input + right * from];
    return chord - numbers[input + place * from];
  });
  numbers.fill(0, sum / 8, sum / 8 + columns);
  for (let index = neurons.length - 1; index >= 0; index--) {
    const place = left + 1 + index;
    kernels.addColumn(sum, weights, fanIn, neurons[index], bends[index] / beta[place], wanted, wantedCount);
    kernels.combine(to + place * into, sum, -beta[place], sum, 0, columns);
  }
  numbers.fill(0, sum / 8, sum / 8 + columns);
  neurons.forEach((neuron, index) => {
    const place = left + 1 + index;
    const result = to + place * into;
    kernels.combine(result, result, 1, sum, -alpha[place], columns);
    kernels.combine(result, result, 1, a, alpha[place], columns);
    kernels.combine(result, result, 1, b, beta[place], columns);
    kernels.addColumn(sum, weights, fanIn, neuron, bends[index] / alpha[place], wanted, wantedCount);
  });
}

/** Outputs of new points: those of the points around them, and what neurons that change between add. */
export function follow(work: AffineWork, firstGap: number, endPlace: number, wantedCount: number): number {
  const { walk, block, operation, to, into, sums, wanted } = work;
  const { breaks } = block;
  if (breaks === undefined) return firstGap;
  const { kernels, numbers } = walk.scratch;
  const { fanIn, fanOut } = operation;
  const from = strideOf(block);
  let gap = firstGap;
  for (; gap < breaks.left.length && breaks.left[gap] < endPlace; gap++) {
    const [left, right] = [breaks.left[gap], breaks.right[gap]];
    const neurons = breaks.neurons.subarray(gap === 0 ? 0 : breaks.neuronsEnd[gap - 1], breaks.neuronsEnd[gap]);
    if (right - left - 1 > fewNew) {
      if (isChain(block, breaks, gap)) followChain(work, breaks, neurons, left, right, wantedCount);
      continue;
    }
    for (let place = left + 1; place < right; place++) {
      const [alpha, beta] = [breaks.alpha[place], breaks.beta[place]];
      const result = to + place * into;
      kernels.combine(result, to + left * into, alpha, to + right * into, beta, fanOut + sums);
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
