import { lineFit, signTest } from "../../theory/statistics";
import { roundingFloor } from "../../theory/multiplication";
import { demandCount, demandFinite, demandNotNegative, demandNumbers } from "../../theory/demand";
import { demand, record } from "../../theory/demand-parts";
import type { ConstructedError } from "./constructed-products";
import { constructedErrors, trainedProductRows, trainedSummaries } from "./rows";
import type { TrainedProduct } from "./trained-products";

/**
 * Slope of ln error against ln λ, least squares over the rows with `from` ≤ λ ≤ `to`.
 * @throws RangeError where fewer than three rows are left
 */
export function errorSlope(rows: readonly ConstructedError[], from: number, to: number): number {
  demand("rows", rows, constructedErrors);
  demandFinite("from", from);
  demandFinite("to", to);
  const used = rows.filter(({ lambda }) => lambda >= from && lambda <= to);
  if (used.length < 3) throw new RangeError(`a slope needs three λ in [${from}, ${to}]; there are ${used.length}`);
  return lineFit(
    used.map(({ lambda }) => Math.log(lambda)),
    used.map(({ error }) => Math.log(error)),
  ).slope;
}

/** log10 of the smallest error over all λ to the rounding floor ε^{2/(d+2)}, d the degree. */
export function decadesFromFloor(rows: readonly ConstructedError[], degree: number, epsilon: number): number {
  demand("rows", rows, constructedErrors);
  const finite = rows.map(({ error }) => error).filter((error) => Number.isFinite(error) && error > 0);
  if (finite.length === 0) throw new RangeError("there is no finite error to compare with the floor");
  return Math.log10(Math.min(...finite) / roundingFloor(degree, epsilon));
}

/** The number farthest from `centre`. */
export function farthestFrom(centre: number, values: readonly number[]): number {
  demandFinite("centre", centre);
  demandNumbers("values", values);
  return values.reduce((worst, value) => (Math.abs(value - centre) > Math.abs(worst - centre) ? value : worst));
}

/** Nets of one depth and size. */
export interface TrainedSummary {
  readonly layers: number;
  readonly neurons: number;
  readonly nets: number;
  readonly best: number;
  readonly median: number;
}

/** Best and median error of each depth and size, in the order of the rows; a net that diverged counts as infinitely bad. */
export function summariseTrained(rows: readonly TrainedProduct[]): TrainedSummary[] {
  demand("rows", rows, trainedProductRows);
  const groups = new Map<string, TrainedProduct[]>();
  for (const row of rows) {
    const name = `${row.layers} ${row.neurons}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()].map((members) => {
    const errors = members.map(errorOf).sort((a, b) => a - b);
    const middle = (errors.length - 1) / 2;
    return {
      layers: members[0].layers,
      neurons: members[0].neurons,
      nets: members.length,
      best: errors[0],
      median: (errors[Math.floor(middle)] + errors[Math.ceil(middle)]) / 2,
    };
  });
}

/** The fewest neurons with which the best net of a depth has at most this error; null where none has. */
export function fewestNeurons(summaries: readonly TrainedSummary[], layers: number, error: number): number | null {
  demand("summaries", summaries, trainedSummaries);
  demandCount("layers", layers);
  demandNotNegative("error", error);
  const enough = summaries.filter((one) => one.layers === layers && one.best <= error).map(({ neurons }) => neurons);
  return enough.length === 0 ? null : Math.min(...enough);
}

export interface DepthContest {
  /** Share of pairs in which the deeper net has the smaller error. */
  readonly statistic: number;
  /** One-sided sign test against "either is as likely". */
  readonly pValue: number;
  readonly wins: number;
  readonly pairs: number;
}

/**
 * Whether nets of `deeper` layers beat nets of `shallower` layers with as many neurons: pairs of one seed, size and number of net,
 * whose initial weights are independent given the examples, which those of a seed share. Ties count for neither.
 * @param contest.from pairs have at least so many neurons
 * @throws RangeError where there are no pairs
 */
export function depthContest(
  rows: readonly TrainedProduct[],
  contest: { readonly deeper: number; readonly shallower: number; readonly from?: number },
): DepthContest {
  demand("rows", rows, trainedProductRows);
  demand("contest", contest, record({}));
  const { deeper, shallower, from = 0 } = contest;
  demandCount("deeper", deeper);
  demandCount("shallower", shallower);
  demandNotNegative("from", from);
  const signs = rows
    .filter(({ layers, neurons }) => layers === deeper && neurons >= from)
    .flatMap((deep) => {
      const partner = rows.find(
        ({ layers, neurons, net, seed }) =>
          layers === shallower && neurons === deep.neurons && net === deep.net && seed === deep.seed,
      );
      return partner === undefined ? [] : [Math.sign(errorOf(partner) - errorOf(deep)) || 0];
    })
    .filter((sign) => sign !== 0);
  if (signs.length === 0) throw new RangeError(`there are no pairs of ${deeper} and ${shallower} layers`);
  const wins = signs.filter((sign) => sign > 0).length;
  return { statistic: wins / signs.length, pValue: signTest(wins, signs.length), wins, pairs: signs.length };
}

function errorOf({ error }: TrainedProduct): number {
  return error ?? Infinity;
}
