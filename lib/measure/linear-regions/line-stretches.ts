import { strideOf } from "./line-block";
import { follow } from "./line-follow";
import { type AffineWork, listAll, multiplyPlaces } from "./line-products";
import { type AffineOperation, productRows } from "./line-program";
import { roundingUnit } from "./rounding-unit";

/** Every byte of −5.3e303. It stands for what is negative, which is all that need be known of it before a ReLU. */
const negativeByte = 0xfe;
const negative = new Float64Array(new Uint8Array(8).fill(negativeByte).buffer)[0];

/** Places in a row that are multiplied at once, from one whose outputs are all known to the next. */
const stretch = productRows + 1;

/** The farthest that inputs between two places are from the chord. */
function distanceFromChord({ walk, block, operation }: AffineWork, from: number, to: number): number {
  const { coordinates, rows } = block;
  const { fanIn } = operation;
  const start = coordinates[2 * from];
  const length = coordinates[2 * to] - start;
  const stride = strideOf(block);
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

/** The places at which stretches begin and end, and how far the inputs between are from the chord; infinite with directions. */
function stretchesOf(work: AffineWork, places: Int32Array): { ends: Int32Array; distances: Float64Array } {
  const { coordinates } = work.block;
  const last = places.length - 1;
  const count = Math.ceil(last / stretch);
  const ends = Int32Array.from({ length: count + 1 }, (_, index) => places[Math.min(index * stretch, last)]);
  const distances = Float64Array.from({ length: count }, (_, index) => {
    const [from, to] = [ends[index], ends[index + 1]];
    if (coordinates[2 * from + 1] === 0 || coordinates[2 * to + 1] === 0) return Infinity;
    // Rounded sums may be a little off.
    return 1.000001 * distanceFromChord(work, from, to);
  });
  return { ends, distances };
}

/** Neurons that are > 0 all along the line, by the same bounds as those that are wanted. */
function alwaysActive(
  { walk, operation, to, into }: AffineWork,
  ends: Int32Array,
  distances: Float64Array,
  largest: number,
): number[] {
  const { numbers } = walk.scratch;
  const { fanOut, gains, offsets } = operation;
  const unit = 4 * roundingUnit;
  const active: number[] = [];
  for (let out = 0; out < fanOut; out++) {
    const [gain, offset] = [numbers[gains / 8 + out], numbers[offsets / 8 + out]];
    const certain = distances.every((distance, index) => {
      const [a, b] = [(to + ends[index] * into) / 8 + out, (to + ends[index + 1] * into) / 8 + out];
      return Math.min(numbers[a], numbers[b]) > gain * (distance + unit * largest) + unit * offset;
    });
    if (certain) active.push(out);
  }
  return active;
}

/**
 * The readout's sums over neurons that are active all along the line take the place of these neurons: weights and biases of
 * the sums are put behind the step's own, and to a ReLU the neurons look inactive.
 */
function sumAlwaysActive(
  work: AffineWork,
  readout: AffineOperation,
  ends: Int32Array,
  active: readonly number[],
): void {
  const { walk, operation, to, into } = work;
  const { kernels, numbers, integers } = walk.scratch;
  const { fanIn, fanOut, weights, biases } = operation;
  for (let sum = 0; sum < readout.fanOut; sum++) {
    const row = weights + 8 * (fanOut + sum) * fanIn;
    numbers.fill(0, row / 8, row / 8 + fanIn);
    let bias = 0;
    for (const neuron of active) {
      const weight = numbers[readout.weights / 8 + sum * fanOut + neuron];
      kernels.combine(row, row, 1, weights + 8 * neuron * fanIn, weight, fanIn);
      bias += weight * numbers[biases / 8 + neuron];
    }
    numbers[biases / 8 + fanOut + sum] = bias;
    integers[work.wanted / 4 + sum] = fanOut + sum;
  }
  multiplyPlaces(work, ends, 0, ends.length, readout.fanOut);
  for (const place of ends) {
    for (const neuron of active) numbers[(to + place * into) / 8 + neuron] = negative;
  }
}

/**
 * All outputs at every stretch's ends; between them only those that may be ≥ 0 there. By the distance of the inputs from the
 * chord most negative outputs are known to be so.
 */
export function multiplyStretches(work: AffineWork, places: Int32Array, largest: number): void {
  const { walk, operation, to, into, sums } = work;
  const { kernels, bytes, integers } = walk.scratch;
  const { fanOut, gains, offsets, readout } = operation;
  const { ends, distances } = stretchesOf(work, places);
  multiplyPlaces(work, ends, 0, ends.length, listAll(work));
  if (readout !== undefined && sums > 0) {
    sumAlwaysActive(work, readout, ends, alwaysActive(work, ends, distances, largest));
  }
  let gap = 0;
  distances.forEach((distance, index) => {
    const [a, b] = [to + ends[index] * into, to + ends[index + 1] * into];
    let count: number;
    if (distance === Infinity) count = listAll(work);
    else {
      const unit = 4 * roundingUnit;
      count = kernels.listWanted(a, b, gains, offsets, distance, largest, unit, fanOut, work.wanted);
      bytes.fill(negativeByte, a + into, b);
    }
    for (let sum = 0; sum < sums; sum++) integers[work.wanted / 4 + count++] = fanOut + sum;
    const begin = index * stretch;
    const end = Math.min(begin + stretch, places.length - 1);
    if (count > 0) multiplyPlaces(work, places, begin + 1, end, count);
    gap = follow(work, gap, ends[index + 1], count);
  });
}
