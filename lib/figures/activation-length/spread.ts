import { logVarianceAgainstSum, secondMomentAgainstSum, theoryAgainstSum } from "../../experiments";
import type { LengthStatistics } from "../../measure";
import { figure, type Figure } from "../../report";
import { logLength, secondMomentRatio } from "../../theory";
import { lengthRows } from "../../experiments/activation-length/rows";
import { demand, listOf, record, whole, widths, words } from "../../theory/demand-parts";
import { measuredSeries, theorySeries } from "../series";
import { exponentialBound } from "./exponential-bound";

/** He nets of one shape. */
export interface ShapedNets {
  readonly name: string;
  readonly hiddenWidths: readonly number[];
  readonly color: number;
  /** One a layer, the input's first. */
  readonly rows: readonly LengthStatistics[];
}

const shapedNets = record<ShapedNets>({ name: words, hiddenWidths: widths, color: whole(0), rows: lengthRows });

/**
 * The spread of the activation length against Σ 1/n, each shape on its own theory line.
 * @param nets drawn with their second moments
 * @param deepNets drawn with the variances of their logarithms
 */
export function spreadFigure(nets: readonly ShapedNets[], deepNets: readonly ShapedNets[]): Figure {
  demand("nets", nets, listOf(shapedNets));
  demand("deepNets", deepNets, listOf(shapedNets));
  const secondMoments = nets.flatMap(({ name, hiddenWidths, color, rows }, index) => {
    const line = theoryAgainstSum(hiddenWidths, secondMomentRatio);
    return [
      theorySeries("theory, each shape", color, line, { inLegend: index === 0 }),
      measuredSeries(name, color, secondMomentAgainstSum(rows, hiddenWidths)),
    ];
  });
  const logVariances = deepNets.flatMap(({ name, hiddenWidths, color, rows }) => {
    const line = theoryAgainstSum(hiddenWidths, (widths) => logLength(widths).variance);
    return [
      theorySeries("theory, each shape", color, line, { inLegend: false }),
      measuredSeries(name, color, logVarianceAgainstSum(rows, hiddenWidths)),
    ];
  });
  return figure({
    id: "02-spread",
    title: "Whatever the shape, the spread is set by the sum of reciprocal widths, nearly on one curve",
    description:
      `Left, the second moment of M for ${nets.length} shapes, each on its own theory line, all below exp(5 Σ 1/n). ` +
      "Right, the variance of ln M of deeper nets, likewise.",
    panels: [
      {
        title: "second moment (mean 1)",
        xAxis: { label: "Σ 1/n_l", range: [0, 0.32] },
        yAxis: { label: "E[M²] / E[M]²", range: [0.8, 5] },
        series: [exponentialBound, ...secondMoments],
      },
      {
        title: "variance of the logarithm",
        xAxis: { label: "Σ 1/n_l" },
        yAxis: { label: "Var ln M" },
        series: logVariances,
      },
    ],
  });
}
