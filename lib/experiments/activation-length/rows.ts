import type { LengthStatistics } from "../../measure";
import {
  called,
  consistent,
  type Demand,
  each,
  finite,
  listOf,
  mended,
  notNegative,
  oneOf,
  orAbsent,
  orNull,
  positive,
  record,
  share,
  whole,
  widths,
  words,
} from "../../theory/demand-parts";
import type { Design } from "./comparisons";
import type { ProductRatio } from "./matrix-products";
import type { ResidualEnsemble } from "./residual-lengths";
import type { EstimatedSecondMoment } from "./second-moment-estimators";
import type { TrainingByInitialisationRow } from "./training-by-initialisation";
import type { TrainingByShapeRow } from "./training-by-shape";
import type { TrainingOfResidualNetsRow } from "./training-of-residual-nets";
import type { TrainingOutcome } from "./training-run";
import type { VarianceAcrossLayers } from "./variance-across-layers";

/** Nets of one kind, layer by layer. */
export const lengthRows: Demand = mended(
  listOf(
    each(
      record<LengthStatistics>({
        layer: whole(0),
        nets: whole(1),
        dead: called("nets whose length is 0", whole(0)),
        mean: called("of M over nets", notNegative),
        secondMoment: called("the mean of M² over nets", notNegative),
        fourthMoment: called("the mean of M⁴ over nets", notNegative),
        ratioSecondMoment: notNegative,
        ratioFourthMoment: notNegative,
        logMean: called("the mean of ln M over living nets", orNull(finite)),
        logVariance: called("the variance of ln M over living nets", orNull(notNegative)),
        logFourthMoment: called("the fourth central moment of ln M over living nets", orNull(notNegative)),
      }),
      consistent<LengthStatistics>(({ nets, dead }) => (dead > nets ? `has ${dead} dead nets of ${nets}` : null)),
    ),
  ),
  "Give rows as activationLengthMoments or residualLengthMoments has them, one a layer.",
);

/** Nets that theory is asked about. */
export const designOfNets: Demand = record<Design>({
  inputWidth: whole(1),
  hiddenWidths: widths,
  initialisation: record({ scheme: words }),
  sigmaB: called("the biases' standard deviation", orAbsent(notNegative)),
  input: orAbsent(oneOf("flat", "peaked")),
});

/** Residual nets of one kind. */
export const residualNets: Demand = record<Pick<ResidualEnsemble, "width" | "scales" | "blockEnd">>({
  width: whole(1),
  scales: called("the blocks' scales η", listOf(finite)),
  blockEnd: oneOf("linear", "relu"),
});

export const productRows: Demand = mended(
  listOf(record<ProductRatio>({ ratio: called("‖K … K y‖²/‖y‖²", notNegative) }), 2),
  "Give rows as matrixProducts has them, one a draw.",
);

export const estimatorRows: Demand = mended(
  listOf(
    record<EstimatedSecondMoment>({
      naive: called("the mean of M² over nets", notNegative),
      layerByLayer: called("the product of the layers' means", notNegative),
    }),
  ),
  "Give rows as secondMomentEstimators has them, one a repetition.",
);

export const varianceRow: Demand = mended(
  record<VarianceAcrossLayers>({
    nets: whole(1),
    mean: called("over nets, of the variance across layers", notNegative),
    variance: called("over nets, of the variance across layers", notNegative),
  }),
  "Give rows as varianceAcrossLayers has them.",
);

/** What became of one net that was trained. */
export const trainingOutcome: Demand = each(
  record<TrainingOutcome>({
    outcome: oneOf("reached", "unfinished", "diverged"),
    epochs: called("to the accuracy", orNull(notNegative)),
    accuracy: called("test images read", share),
  }),
  consistent<TrainingOutcome>(({ outcome, epochs }) =>
    outcome === "reached" && epochs === null ? "reached the accuracy after null epochs; say after how many" : null,
  ),
);

const howToTrain = "Give one row a run, as the experiments of training have them.";

/** Runs of any training experiment. */
export const trainingRuns: Demand = mended(listOf(trainingOutcome), howToTrain);

function runsWith<Row extends TrainingOutcome>(parts: { readonly [Name in keyof Row]?: Demand }): Demand {
  return mended(listOf(each(trainingOutcome, record<Row>(parts))), howToTrain);
}

export const runsByInitialisation: Demand = runsWith<TrainingByInitialisationRow>({
  initialisation: words,
  depth: whole(1),
});

export const runsByShape: Demand = runsWith<TrainingByShapeRow>({
  pattern: widths,
  depth: whole(1),
  sumOfInverseWidths: called("Σ 1/n", positive),
});

export const runsOfResidualNets: Demand = runsWith<TrainingOfResidualNetsRow>({
  base: called("of the scales η_l = base^l", positive),
  blocks: whole(1),
});
