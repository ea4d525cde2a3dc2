import type { CircleQuantity, Regime } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import type { CircleRecursion } from "../../theory";
import { circleRegimes } from "../../experiments/curvature/rows";
import { demand } from "../../theory/demand-parts";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";
import { layersTo } from "./layers";
import { regimeTitle } from "./regime-title";
import { widestRows } from "./widest";

/** Length, curvature and turning of a circle by layer: the widest nets of each regime on the recursion's lines. */
export function lengthsAndCurvatureFigure(regimes: readonly Regime[]): Figure {
  demand("regimes", regimes, circleRegimes);
  const series = (quantity: CircleQuantity & keyof CircleRecursion): SeriesSpec[] =>
    regimes.flatMap((regime, color) => {
      const rows = widestRows(regime);
      const layers = layersTo(rows.length);
      const measured = pointsOverNets(
        layers,
        rows.map((row) => row[quantity]),
      );
      return [
        theorySeries(regimeTitle(regime), color, { x: layers, y: regime.theory[quantity] }),
        measuredSeries("random nets", color, measured, { inLegend: color === 0 }),
      ];
    });
  const xAxis = { label: "layer l" };
  return figure({
    id: "01-lengths-and-curvature",
    height: 210,
    title: "Chaotic nets stretch the circle but do not straighten it, so it turns ever more",
    description: `Euclidean length, squared curvature and Grassmannian length of a circle by layer for ${regimes.length} weight scales.`,
    columns: 3,
    panels: [
      { title: "length", xAxis, yAxis: { label: "L_E / √n", scale: "log" }, series: series("euclideanLength") },
      { title: "curvature", xAxis, yAxis: { label: "κ̄² = n κ²" }, series: series("squaredCurvature") },
      {
        title: "turning of the tangent",
        xAxis,
        yAxis: { label: "L_G", scale: "log" },
        series: series("grassmannianLength"),
      },
    ],
  });
}
