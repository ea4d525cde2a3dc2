import type { CarriedPoints } from "./carried-points";
import { pageOf, startOf } from "./paged-rows";
import { withRoom } from "./rows";
import { roundingUnit } from "./rounding-unit";

/** The signs of one layer's pre-activations at every point: `words` 32-bit words a point, a bit a neuron; 0 has no bit. */
export interface LayerSigns {
  readonly words: number;
  positive: Int32Array;
  negative: Int32Array;
}

/** No signs yet. */
export function layerSigns(width: number, points: number): LayerSigns {
  const words = Math.ceil(width / 32);
  return { words, positive: new Int32Array(points * words), negative: new Int32Array(points * words) };
}

/**
 * Writes a point's signs. Of neurons from `first` on, pre-activations that are 0 but for rounding are set to exactly 0; the
 * others have been split by.
 */
export function writeSigns(points: CarriedPoints, signs: LayerSigns, point: number, first: number): void {
  const { values, gains, offsets } = points;
  const { words } = signs;
  const magnitude = points.magnitude[point];
  const page = pageOf(values, point);
  const start = startOf(values, point);
  signs.positive = withRoom(signs.positive, (point + 1) * words);
  signs.negative = withRoom(signs.negative, (point + 1) * words);
  for (let word = 0, neuron = 0; word < words; word++) {
    const end = Math.min(neuron + 32, values.width);
    let positive = 0;
    let negative = 0;
    for (let bit = 1; neuron < end; neuron++, bit <<= 1) {
      const value = page[start + neuron];
      const bound = neuron < first ? 0 : roundingUnit * (gains[neuron] * magnitude + offsets[neuron]);
      if (value > bound) positive |= bit;
      else if (value < -bound) negative |= bit;
      else page[start + neuron] = 0;
    }
    signs.positive[point * words + word] = positive;
    signs.negative[point * words + word] = negative;
  }
}
