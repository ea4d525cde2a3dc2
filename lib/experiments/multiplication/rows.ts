import {
  called,
  type Demand,
  listOf,
  mended,
  notNegative,
  orInfinite,
  orNull,
  positive,
  record,
  seed,
  whole,
} from "../../theory/demand-parts";
import type { TrainedSummary } from "./analysis";
import type { ConstructedError } from "./constructed-products";
import type { PowerRow } from "./powers";
import type { SparseSum } from "./sparse-sums";
import type { TrainedProduct } from "./trained-products";

/** Errors of one construction at several λ. */
export const constructedErrors: Demand = mended(
  listOf(
    record<ConstructedError>({
      lambda: called("the scale of the weights", positive),
      error: called("relative, root mean square", notNegative),
      predicted: called("the leading error in theory", notNegative),
    }),
  ),
  "Give rows as constructedMonomial has them, one a λ.",
);

export const powerRows: Demand = mended(
  listOf(
    record<PowerRow>({
      power: whole(1),
      shallowNeurons: whole(1),
      deepNeurons: whole(1),
      shallowError: called("largest on [−1, 1]", positive),
      deepError: called("largest on [−1, 1]", positive),
    }),
  ),
  "Give rows as constructedPowers has them, one a power.",
);

export const sparseSumRows: Demand = mended(
  listOf(
    record<SparseSum>({
      terms: whole(1),
      neurons: whole(1),
      lower: called("a bound of the neurons", positive),
      upper: called("a bound of the neurons", positive),
      error: notNegative,
    }),
  ),
  "Give rows as sparseSums has them, one a polynomial.",
);

/** Trained nets; an error of null is that of one that diverged. */
export const trainedProductRows: Demand = mended(
  listOf(
    record<TrainedProduct>({
      seed,
      layers: whole(1),
      neurons: whole(1),
      net: whole(0),
      error: called("over that of answering 0; null where it diverged", orNull(notNegative)),
    }),
  ),
  "Give rows as trainedProducts has them, one a net.",
);

/** Nets of each depth and size; an error of Infinity is that of nets that diverged. */
export const trainedSummaries: Demand = mended(
  listOf(
    record<TrainedSummary>({
      layers: whole(1),
      neurons: whole(1),
      nets: whole(1),
      best: called("error; Infinity where all diverged", orInfinite(notNegative)),
      median: called("error; Infinity where half diverged", orInfinite(notNegative)),
    }),
  ),
  "Give what summariseTrained makes of the rows of trainedProducts.",
);
