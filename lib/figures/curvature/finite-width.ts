import type { Regime } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { circleRegimes } from "../../experiments/curvature/rows";
import { infiniteWidthLimit } from "../../theory";
import { demand, whole } from "../../theory/demand-parts";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/**
 * The squared radius of curvature, 1/κ̄², of a layer over theory against 1/width, with its regression; the intercepts stand to
 * the left of 0.
 */
export function finiteWidthFigure(regimes: readonly Regime[], layer: number): Figure {
  demand("regimes", regimes, circleRegimes);
  const depths = regimes.flatMap(({ measured, theory }) => [
    theory.squaredCurvature.length,
    ...measured.map(({ rows }) => rows.length),
  ]);
  demand("layer", layer, whole(1, Math.min(...depths)));
  const end = 1 / Math.min(...regimes.flatMap(({ measured }) => measured.map(({ parameters }) => parameters.width)));
  const series = regimes.flatMap(({ sigmaW, measured, theory }, color): SeriesSpec[] => {
    const predicted = theory.squaredCurvature[layer - 1];
    const groups = measured.map(({ parameters: { width }, rows }) => {
      return { width, values: rows[layer - 1].squaredCurvature.map((value) => predicted / value) };
    });
    const { estimate, standardError, slope } = infiniteWidthLimit(groups);
    const points = pointsOverNets(
      groups.map(({ width }) => 1 / width),
      groups.map(({ values }) => values),
    );
    const line = { x: [0, end], y: [estimate, estimate + slope * end] };
    const intercept = { x: [-0.03 * end * (color + 1)], y: [estimate], standardError: [standardError] };
    return [
      { name: "regression on 1/width", kind: "guide", color, inLegend: color === 0, ...line },
      measuredSeries(`nets, σ_w = ${sigmaW}`, color, points),
      measuredSeries(`intercept, σ_w = ${sigmaW}`, color, intercept, { inLegend: false }),
    ];
  });
  return figure({
    id: "01-finite-width",
    height: 250,
    title: "Finite nets bend the circle too tightly, by an amount that vanishes as 1/width",
    description: `Measured over theoretical squared radius of curvature in layer ${layer} against 1/width, with regression lines and intercepts.`,
    xAxis: { label: "1 / width", range: [-0.15 * end, 1.05 * end] },
    yAxis: { label: `1/κ̄² in layer ${layer}, measured / theory` },
    series: [theorySeries("theory", 6, { x: [-0.15 * end, 1.05 * end], y: [1, 1] }), ...series],
  });
}
