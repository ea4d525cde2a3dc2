import { demand, finite, listOf, positive, record } from "../../theory/demand-parts";
import { infiniteWidthLimit } from "../../theory/statistics";
import type { RegionComparison } from "./regions-on-line";

/** What nets of one width have, each over its prediction. */
export interface RatiosAtWidth {
  /** Of every hidden layer. */
  readonly width: number;
  /** One a net. */
  readonly ratios: readonly number[];
}

/**
 * Ratios to a prediction for infinite width, at widths that tend there: 1 is predicted. Finite nets of several layers fall short of it
 * by the order depth/width, since the lengths of their activations vary from net to net; a regression on 1/width takes that away.
 * @param groups at least two widths, each of at least two nets, all of one depth
 * @throws RangeError for fewer, and for numbers that are not finite
 */
export function infiniteWidthRatio(groups: readonly RatiosAtWidth[]): RegionComparison {
  demand("groups", groups, listOf(record<RatiosAtWidth>({ width: positive, ratios: listOf(finite, 2) }), 2));
  const limit = infiniteWidthLimit(groups.map(({ width, ratios }) => ({ width, values: ratios })));
  const { estimate, standardError, degreesOfFreedom } = limit;
  return { predicted: 1, measured: estimate, standardError, degreesOfFreedom };
}
