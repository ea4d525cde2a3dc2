import type { LengthStatistics } from "../../measure";
import { initialisationNamed } from "../../nets";
import {
  excessKurtosis,
  expectedVarianceAcrossLayers,
  jacobianEntryKurtosis,
  lengthMoment,
  lengthMoments,
  logLength,
  meanEstimate,
  meanLengthRatio,
  orthogonalSecondMomentRatio,
  residualLengthRatio,
  secondMomentRatio,
  secondMomentsOfSymmetricWeights,
  secondMomentStandardError,
} from "../../theory";
import { demand, listOf, notNegative, whole, widths } from "../../theory/demand-parts";
import { type Ensemble, inputVector } from "./ensemble";
import type { ProductRatio } from "./matrix-products";
import { designOfNets, estimatorRows, lengthRows, productRows, varianceRow } from "./rows";
import type { EstimatedSecondMoment } from "./second-moment-estimators";
import type { VarianceAcrossLayers } from "./variance-across-layers";

/** A prediction beside a measurement; the standard error is over nets. */
export interface LengthComparison {
  predicted: number;
  measured: number;
  standardError: number;
}

/** What theory is asked about: the ensemble less its seed and way of drawing. */
export type Design = Pick<Ensemble, "inputWidth" | "hiddenWidths" | "initialisation" | "sigmaB" | "input">;

function layerKappas({ inputWidth, hiddenWidths, initialisation }: Design): number[] {
  const widths = [inputWidth, ...hiddenWidths];
  const drawn = initialisationNamed(initialisation);
  return hiddenWidths.map((width, layer) => (widths[layer] * drawn.variance(widths[layer], width)) / 2);
}

/**
 * E[M_l] and E[M_l²] of every hidden layer, M_0 = 1. Biases are allowed where all layers have one κ and Gaussian
 * weights; orthogonal weights must be square. Throws RangeError where no closed form applies.
 */
export function predictedMoments(design: Design): { mean: number[]; secondMoment: number[] } {
  demand("design", design, designOfNets);
  const { inputWidth, hiddenWidths, sigmaB = 0, input = "flat" } = design;
  const initialisation = initialisationNamed(design.initialisation);
  const kappas = layerKappas(design);
  if (sigmaB > 0) {
    if (!initialisation.gaussian || kappas.some((kappa) => Math.abs(kappa - kappas[0]) > 1e-12)) {
      throw new RangeError(`With biases the moments need Gaussian weights and one κ; given ${initialisation.name}.`);
    }
    return lengthMoments({ hiddenWidths, kappa: kappas[0], sigmaB });
  }
  const mean = kappas.map((_, layer) => meanLengthRatio(kappas.slice(0, layer + 1)));
  let ratios: number[];
  if (initialisation.excessKurtosis === null) {
    if (hiddenWidths.some((width) => width !== inputWidth)) {
      throw new RangeError("Orthogonal weights have a closed form only where all widths, the input's too, are equal.");
    }
    ratios = hiddenWidths.map((_, layer) => orthogonalSecondMomentRatio(hiddenWidths.slice(0, layer + 1)));
  } else {
    const kurtosis = initialisation.gaussian ? excessKurtosis.gaussian : initialisation.excessKurtosis;
    ratios = secondMomentsOfSymmetricWeights(hiddenWidths, kurtosis, inputVector(inputWidth, input));
  }
  return { mean, secondMoment: ratios.map((ratio, layer) => ratio * mean[layer] ** 2) };
}

/**
 * Standard error of a mean over nets, from the sample's own moments.
 * @throws RangeError for moments that no sample has
 */
function sampleError({ mean, square, nets }: { mean: number; square: number; nets: number }): number {
  const variance = square - mean ** 2;
  // A mean of squares is at least the square of the mean, up to rounding.
  if (variance < -1e-6 * square) {
    throw new RangeError(
      `No sample has the mean ${mean} and the mean square ${square}; give rows as they were measured.`,
    );
  }
  return Math.sqrt(Math.max(0, variance) / nets);
}

function lastLayer(rows: readonly LengthStatistics[], design: Design): LengthStatistics {
  demand("design", design, designOfNets);
  demand("rows", rows, lengthRows);
  const depth = design.hiddenWidths.length;
  if (rows.length <= depth) {
    throw new RangeError(`A net of ${depth} hidden layers has ${depth + 1} rows; given ${rows.length}.`);
  }
  return rowOfLayer(rows, depth);
}

function rowOfLayer(rows: readonly LengthStatistics[], layer: number): LengthStatistics {
  if (rows[layer].layer !== layer) {
    throw new RangeError(`rows[${layer}] is of layer ${rows[layer].layer}; give one row a layer, the input's first.`);
  }
  return rows[layer];
}

/** E[M_d] = Π κ_l (or with biases, its recursion), standard error from the exact second moment. */
export function meanLength(rows: readonly LengthStatistics[], design: Design): LengthComparison {
  const { nets, mean: measured } = lastLayer(rows, design);
  const { mean, secondMoment } = predictedMoments(design);
  const predicted = mean[mean.length - 1];
  const variance = secondMoment[mean.length - 1] - predicted ** 2;
  return { predicted, measured, standardError: Math.sqrt(variance / nets) };
}

/** ln E[M_d] / d, the mean growth of ln E[M] a layer; standard error by the delta method from the exact moments. */
export function growthPerLayer(rows: readonly LengthStatistics[], design: Design): LengthComparison {
  const { predicted, measured, standardError } = meanLength(rows, design);
  const depth = design.hiddenWidths.length;
  if (measured === 0) throw new RangeError("All nets are dead in the last layer: ln E[M] has no slope.");
  return {
    predicted: Math.log(predicted) / depth,
    measured: Math.log(measured) / depth,
    standardError: standardError / predicted / depth,
  };
}

/**
 * E[M_d²]/E[M_d]², the mean taken from theory. For Gaussian weights without biases the standard error comes from the
 * exact fourth moment, which a sample of a heavy tail would underestimate; else from the sample.
 */
export function spreadOfLength(rows: readonly LengthStatistics[], design: Design): LengthComparison {
  const { nets, secondMoment: measured, fourthMoment } = lastLayer(rows, design);
  const { mean, secondMoment } = predictedMoments(design);
  const last = mean.length - 1;
  const scale = mean[last] ** 2;
  const exact = initialisationNamed(design.initialisation).gaussian && (design.sigmaB ?? 0) === 0;
  return {
    predicted: secondMoment[last] / scale,
    measured: measured / scale,
    standardError: exact
      ? secondMomentStandardError(design.hiddenWidths, nets)
      : sampleError({ mean: measured, square: fourthMoment, nets }) / scale,
  };
}

/** Kurtosis of one Jacobian entry, 3 Π(1 + 5/n): J² has mean 1 under He, so this is E[(J²)²]. Row d + 1 holds J². */
export function kurtosisOfJacobianEntry(
  rows: readonly LengthStatistics[],
  hiddenWidths: readonly number[],
): LengthComparison {
  demand("rows", rows, lengthRows);
  demand("hiddenWidths", hiddenWidths, widths);
  const entry = rows[hiddenWidths.length + 1];
  if (rows.length !== hiddenWidths.length + 2) {
    throw new RangeError(`Rows of a Jacobian entry end with the entry itself: expected ${hiddenWidths.length + 2}.`);
  }
  // E J⁸ = 105 Π E ξ⁴ for a normal readout.
  const eighth = 105 * lengthMoment(hiddenWidths, 4);
  const predicted = jacobianEntryKurtosis(hiddenWidths);
  return {
    predicted,
    measured: entry.secondMoment,
    standardError: Math.sqrt((eighth - predicted ** 2) / entry.nets),
  };
}

/** Mean and variance of ln M_l among living He nets, at one layer. */
export function logOfLength(
  rows: readonly LengthStatistics[],
  hiddenWidths: readonly number[],
  layer: number = hiddenWidths.length,
): { mean: LengthComparison; variance: LengthComparison } {
  demand("rows", rows, lengthRows);
  demand("hiddenWidths", hiddenWidths, widths);
  demand("layer", layer, whole(1));
  if (!Number.isInteger(layer) || layer < 1 || layer > hiddenWidths.length || rows.length <= layer) {
    throw new RangeError(`layer is a whole number from 1 to ${hiddenWidths.length}; given ${layer}.`);
  }
  const predicted = logLength(hiddenWidths.slice(0, layer));
  const { nets, dead, logMean, logVariance, logFourthMoment } = rowOfLayer(rows, layer);
  if (logMean === null || logVariance === null || logFourthMoment === null) {
    throw new RangeError(
      `Fewer than two of ${nets} nets are alive at layer ${layer}: there is no logarithm to compare.`,
    );
  }
  const alive = nets - dead;
  if (alive < 2) throw new RangeError(`${alive} of ${nets} nets are alive at layer ${layer}; a variance needs two.`);
  return {
    mean: { predicted: predicted.mean, measured: logMean, standardError: Math.sqrt(predicted.variance / alive) },
    variance: {
      predicted: predicted.variance,
      measured: logVariance,
      standardError: sampleError({ mean: logVariance, square: logFourthMoment, nets: alive }),
    },
  };
}

/**
 * The expected variance of M_1 … M_d across the layers of one He net, with the standard error from its exact second
 * moment: E[M_i M_j M_k M_l], i ≤ j ≤ k ≤ l, is a product of ξ's moments of order 4 up to i, 3 up to j, 2 up to k.
 */
export function meanVarianceAcrossLayers(row: VarianceAcrossLayers, hiddenWidths: readonly number[]): LengthComparison {
  demand("row", row, varianceRow);
  const predicted = expectedVarianceAcrossLayers(hiddenWidths);
  const depth = hiddenWidths.length;
  const logs = [2, 3, 4].map((order) => {
    const cumulative = [0];
    for (const width of hiddenWidths) {
      cumulative.push(cumulative[cumulative.length - 1] + Math.log(lengthMoment([width], order)));
    }
    return cumulative;
  });
  const mixed = (...layers: number[]): number => {
    const [i, j, k] = layers.sort((a, b) => a - b);
    return Math.exp(logs[2][i] + (logs[1][j] - logs[1][i]) + (logs[0][k] - logs[0][j]));
  };
  let second = 0;
  for (let a = 1; a <= depth; a++) {
    for (let b = 1; b <= depth; b++) {
      second += mixed(a, a, b, b) / depth ** 2;
      for (let c = 1; c <= depth; c++) {
        second -= (2 * mixed(a, a, b, c)) / depth ** 3;
        for (let e = 1; e <= depth; e++) second += mixed(a, b, c, e) / depth ** 4;
      }
    }
  }
  return { predicted, measured: row.mean, standardError: Math.sqrt((second - predicted ** 2) / row.nets) };
}

/** E[M_d²] under He estimated layer by layer, averaged over repetitions: unbiased, and converges at any depth. */
export function layerByLayerSecondMoment(
  rows: readonly EstimatedSecondMoment[],
  hiddenWidths: readonly number[],
): LengthComparison {
  demand("rows", rows, estimatorRows);
  const { estimate, standardError } = meanEstimate(rows.map((row) => row.layerByLayer));
  return { predicted: secondMomentRatio(hiddenWidths), measured: estimate, standardError };
}

/** E[M_L] = Π (1 + η_l²) of residual nets whose blocks end linearly; standard error from the sample. */
export function meanResidualLength(rows: readonly LengthStatistics[], scales: readonly number[]): LengthComparison {
  demand("rows", rows, lengthRows);
  demand("scales", scales, listOf(notNegative));
  if (rows.length !== scales.length + 1) {
    throw new RangeError(`${scales.length} blocks have ${scales.length + 1} rows; given ${rows.length}.`);
  }
  const { mean, secondMoment, nets } = rowOfLayer(rows, scales.length);
  return {
    predicted: residualLengthRatio(scales),
    measured: mean,
    standardError: sampleError({ mean, square: secondMoment, nets }),
  };
}

/** E‖K_d … K_1 y‖²/‖y‖² = (n Var K_ij)^d, and what was drawn, both divided by the prediction. */
export function meanProductRatio(rows: readonly ProductRatio[], predicted: number): LengthComparison {
  if (!(Number.isFinite(predicted) && predicted > 0)) throw new RangeError(`predicted is above 0; given ${predicted}.`);
  demand("rows", rows, productRows);
  const { estimate, standardError } = meanEstimate(rows.map((row) => row.ratio / predicted));
  return { predicted: 1, measured: estimate, standardError };
}
