import type { LengthStatistics } from "../../measure";
import { lengthMoment, secondMomentRatio, sumOfInverseWidths } from "../../theory";
import { demandCount, demandWidths } from "../../theory/demand";
import { called, demand, each, finite, listOf, notNegative, orNull, record, widths } from "../../theory/demand-parts";
import { meanVarianceAcrossLayers } from "./comparisons";
import { lengthRows, varianceRow } from "./rows";
import type { EpochsSummary } from "./training-analysis";
import type { VarianceAcrossLayers } from "./variance-across-layers";

/** Points of a figure, in its own units; the standard error is of y. */
export interface Points {
  x: number[];
  y: number[];
  standardError: number[];
}

/** The widths of the layers up to one, and the sum of their reciprocals. */
function upTo(hiddenWidths: readonly number[], layer: number): { widths: readonly number[]; sum: number } {
  if (layer > hiddenWidths.length) {
    throw new RangeError(`Rows of layer ${layer} belong to a deeper net than the ${hiddenWidths.length} widths given.`);
  }
  const widths = hiddenWidths.slice(0, layer);
  return { widths, sum: sumOfInverseWidths(widths) };
}

function hidden(rows: readonly LengthStatistics[]): LengthStatistics[] {
  return rows.filter(({ layer }) => layer > 0);
}

/** Any theory of a net's widths, after each of its layers, against Σ 1/n. */
export function theoryAgainstSum(
  hiddenWidths: readonly number[],
  theory: (widths: readonly number[]) => number,
): { x: number[]; y: number[] } {
  demandWidths("hiddenWidths", hiddenWidths);
  const parts = hiddenWidths.map((_, index) => upTo(hiddenWidths, index + 1));
  return { x: parts.map(({ sum }) => sum), y: parts.map(({ widths }) => theory(widths)) };
}

/** Mean of M_l against the layer, with the sample's standard error. */
export function meanAgainstLayer(rows: readonly LengthStatistics[]): Points {
  demand("rows", rows, lengthRows);
  return {
    x: rows.map(({ layer }) => layer),
    y: rows.map(({ mean }) => mean),
    standardError: rows.map(({ mean, secondMoment, nets }) => Math.sqrt(Math.max(0, secondMoment - mean ** 2) / nets)),
  };
}

/** E[M²] of He nets (or of ‖Jv‖²/n) against Σ 1/n, with the exact standard error that a heavy-tailed sample hides. */
export function secondMomentAgainstSum(rows: readonly LengthStatistics[], hiddenWidths: readonly number[]): Points {
  demand("rows", rows, lengthRows);
  demand("hiddenWidths", hiddenWidths, widths);
  const layers = hidden(rows).map((row) => ({ row, ...upTo(hiddenWidths, row.layer) }));
  return {
    x: layers.map(({ sum }) => sum),
    y: layers.map(({ row }) => row.secondMoment),
    standardError: layers.map(({ row, widths }) =>
      Math.sqrt((lengthMoment(widths, 4) - secondMomentRatio(widths) ** 2) / row.nets),
    ),
  };
}

/** E[M²] against the layer, with the sample's standard error: for weights whose fourth moment has no closed form. */
export function secondMomentAgainstLayer(rows: readonly LengthStatistics[]): Points {
  demand("rows", rows, lengthRows);
  return {
    x: rows.map(({ layer }) => layer),
    y: rows.map(({ secondMoment }) => secondMoment),
    standardError: rows.map(({ secondMoment, fourthMoment, nets }) =>
      Math.sqrt(Math.max(0, fourthMoment - secondMoment ** 2) / nets),
    ),
  };
}

/** Var ln M among living nets against Σ 1/n, at about `count` layers. Throws RangeError where too few nets live. */
export function logVarianceAgainstSum(
  rows: readonly LengthStatistics[],
  hiddenWidths: readonly number[],
  count: number = 10,
): Points {
  demand("rows", rows, lengthRows);
  demand("hiddenWidths", hiddenWidths, widths);
  demandCount("count", count);
  const step = Math.max(1, Math.floor(hiddenWidths.length / count));
  const layers = hidden(rows).filter(({ layer }) => layer % step === 0);
  const living = layers.map(({ layer, nets, dead, logVariance, logFourthMoment }) => {
    if (logVariance === null || logFourthMoment === null) {
      throw new RangeError(`Fewer than two of ${nets} nets live at layer ${layer}.`);
    }
    const standardError = Math.sqrt((logFourthMoment - logVariance ** 2) / (nets - dead));
    return { x: upTo(hiddenWidths, layer).sum, y: logVariance, standardError };
  });
  return {
    x: living.map(({ x }) => x),
    y: living.map(({ y }) => y),
    standardError: living.map(({ standardError }) => standardError),
  };
}

/**
 * A third of the kurtosis of one Jacobian entry of He nets against Σ 1/n: Π (1 + 5/n) by theory. One net of rows a depth,
 * each ending with the entry's row, for the first layers of `hiddenWidths`.
 */
export function entryKurtosisAgainstSum(
  nets: readonly (readonly LengthStatistics[])[],
  hiddenWidths: readonly number[],
): Points {
  demand("nets", nets, listOf(called("rows up to the entry's", each(listOf(record({}), 3), lengthRows))));
  demand("hiddenWidths", hiddenWidths, widths);
  const depths = nets.map((rows) => ({ entry: rows[rows.length - 1], ...upTo(hiddenWidths, rows.length - 2) }));
  return {
    x: depths.map(({ sum }) => sum),
    y: depths.map(({ entry }) => entry.secondMoment / 3),
    standardError: depths.map(
      ({ entry, widths }) =>
        Math.sqrt((105 * lengthMoment(widths, 4) - 9 * secondMomentRatio(widths) ** 2) / entry.nets) / 3,
    ),
  };
}

/** The variance across the layers of one He net against depth, for nets of the given widths; exact standard errors. */
export function varianceAcrossLayersAgainstDepth(
  rows: readonly VarianceAcrossLayers[],
  shapes: readonly (readonly number[])[],
): Points {
  demand("rows", rows, listOf(varianceRow));
  demand("shapes", shapes, listOf(widths));
  if (rows.length !== shapes.length) {
    throw new RangeError(`Expected one row a shape; given ${rows.length} rows and ${shapes.length} shapes.`);
  }
  return {
    x: shapes.map((widths) => widths.length),
    y: rows.map(({ mean }) => mean),
    standardError: rows.map((row, index) => meanVarianceAcrossLayers(row, shapes[index]).standardError),
  };
}

/** Mean epochs against what they were summarised by; no standard error where there was one run. */
export function meanEpochs(summaries: readonly EpochsSummary[]): {
  x: number[];
  y: number[];
  standardError: (number | null)[];
} {
  demand(
    "summaries",
    summaries,
    listOf(record<EpochsSummary>({ x: finite, mean: notNegative, standardError: orNull(notNegative) })),
  );
  return {
    x: summaries.map(({ x }) => x),
    y: summaries.map(({ mean }) => mean),
    standardError: summaries.map(({ standardError }) => standardError),
  };
}
