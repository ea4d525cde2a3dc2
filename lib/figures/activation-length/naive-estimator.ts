import type { EstimatedSecondMoment } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { secondMomentRatio, sumOfInverseWidths } from "../../theory";
import { estimatorRows } from "../../experiments/activation-length/rows";
import { demand, listOf, record, whole, widths } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** A study of one shape, repeated. */
export interface RepeatedStudy {
  readonly hiddenWidths: readonly number[];
  /** In each repetition. */
  readonly nets: number;
  /** One a repetition. */
  readonly rows: readonly EstimatedSecondMoment[];
}

/** Two estimators of E[M²] over its true value against Σ 1/n: median, and 10 % to 90 % of the repetitions. */
export function naiveEstimatorFigure(studies: readonly RepeatedStudy[]): Figure {
  firstOf(studies, "study");
  demand(
    "studies",
    studies,
    listOf(record<RepeatedStudy>({ hiddenWidths: widths, nets: whole(1), rows: estimatorRows })),
  );
  const x = studies.map(({ hiddenWidths }) => sumOfInverseWidths(hiddenWidths));
  const estimator = (name: string, color: number, pick: (row: EstimatedSecondMoment) => number): SeriesSpec => {
    const ofTruth = (at: number): number[] =>
      studies.map(({ hiddenWidths, rows }) => quantile(rows.map(pick), at) / secondMomentRatio(hiddenWidths));
    return measuredSeries(name, color, { x, y: ofTruth(0.5), low: ofTruth(0.1), high: ofTruth(0.9) });
  };
  const shares = studies.map(
    (study) =>
      secondMomentRatio(study.hiddenWidths) /
      quantile(
        study.rows.map(({ naive }) => naive),
        0.5,
      ),
  );
  const worst = Number(Math.max(...shares).toPrecision(1));
  const { nets, rows, hiddenWidths } = firstOf(studies, "study");
  const depths = studies.map((study) => study.hiddenWidths.length);
  return figure({
    id: "02-naive-estimator",
    title: `The mean of M² over ${nets} nets misses the answer by a factor of up to ${worst}; averaging layer by layer does not`,
    description: `Estimate over truth against Σ 1/n: median and 10 % to 90 % of ${rows.length} studies, for two estimators.`,
    xAxis: { label: `Σ 1/n_l (${hiddenWidths[0]} wide, ${Math.min(...depths)} to ${Math.max(...depths)} layers)` },
    yAxis: { label: "estimate of E[M²] / true value", scale: "log" },
    series: [
      theorySeries("true", 2, { x: [0, Math.max(...x)], y: [1, 1] }),
      estimator(`mean of M² over ${nets} nets`, 0, ({ naive }) => naive),
      estimator("product of the layers' means", 1, ({ layerByLayer }) => layerByLayer),
    ],
  });
}

function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.round(at * (values.length - 1))];
}
