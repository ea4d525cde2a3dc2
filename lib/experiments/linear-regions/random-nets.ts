import { type PiecewiseLinearNet, randomReluNet } from "../../nets/piecewise-linear";
import { foldIn, key } from "../../random";
import type { RandomNets } from "../../theory";

/** An ensemble of random ReLU nets: plain JSON. */
export interface RandomReluNets extends RandomNets {
  readonly seed: number;
  /** How many. */
  readonly nets: number;
}

/** A segment, as random nets see it: the points distance·e_1 + s·e_2 for start ≤ s ≤ end. */
export interface SegmentPlace {
  /** Of the line from the origin; at least 0. */
  readonly distance: number;
  readonly start: number;
  readonly end: number;
}

/** Net number `index` of an ensemble. @throws RangeError for what `randomReluNet` refuses */
export function randomNet(ensemble: RandomReluNets, index: number): PiecewiseLinearNet {
  const { seed, inputWidth, hiddenWidths, sigmaB, weightVariance = 2 } = ensemble;
  return randomReluNet(foldIn(key(seed), index), { inputWidth, hiddenWidths, sigmaB, weightVariance });
}

/** One row a net, in order; `report` hears of every net. @throws RangeError unless `nets` is a whole number of at least 1 */
export function overNets<Row>(
  ensemble: RandomReluNets,
  measure: (net: PiecewiseLinearNet, index: number) => Row,
  report: (fraction: number) => void,
): Row[] {
  const { nets } = ensemble;
  if (!Number.isSafeInteger(nets) || nets < 1)
    throw new RangeError(`nets is a whole number of at least 1; given ${nets}.`);
  return Array.from({ length: nets }, (_, index) => {
    const row = measure(randomNet(ensemble, index), index);
    report((index + 1) / nets);
    return row;
  });
}

/** The point first·e_1 + second·e_2. @throws RangeError for fewer than two inputs */
export function planePoint(inputWidth: number, first: number, second: number): Float64Array {
  if (inputWidth < 2) throw new RangeError(`a plane needs two inputs; the nets have ${inputWidth}.`);
  const point = new Float64Array(inputWidth);
  point[0] = first;
  point[1] = second;
  return point;
}
