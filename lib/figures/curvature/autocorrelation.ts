import type { Regime } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { correlationMapTrajectory } from "../../theory";
import { layerNumbers, circleRegimes } from "../../experiments/curvature/rows";
import { called, demand, listOf, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";
import { regimeTitle } from "./regime-title";
import { widestRows } from "./widest";

/** The correlation of two points of the circle against the angle between them in some layers, a panel a regime. */
export function autocorrelationFigure(regimes: readonly Regime[], layers: readonly number[]): Figure {
  firstOf(regimes, "regime");
  for (const { measured } of regimes) firstOf(measured, "width");
  const lags = { lags: called("steps between points", listOf(whole(0))), angles: called("points", whole(1)) };
  demand("regimes", regimes, listOf(record<Regime>({ measured: listOf(record({ parameters: record(lags) })) })));
  demand("regimes", regimes, circleRegimes);
  demand("layers", layers, layerNumbers);
  for (const regime of regimes) {
    const depth = widestRows(regime).length;
    demand("layers", layers, listOf(called(`layers of σ_w = ${regime.sigmaW}`, whole(1, depth))));
  }
  const seriesOf = (regime: Regime): SeriesSpec[] => {
    const { lags, angles: points } = firstOf(regime.measured, "width").parameters;
    const angles = lags.map((lag) => (2 * Math.PI * lag) / points);
    const deepest = Math.max(...layers);
    const iterates = angles.map((angle) => correlationMapTrajectory(Math.cos(angle), deepest, regime.meanField));
    return layers.flatMap((layer, index) => {
      const shade = layers.length === 1 ? 0 : index / (layers.length - 1);
      const correlations = widestRows(regime)[layer - 1].autocorrelation.map((ofNets) =>
        ofNets.map((value) => value / regime.squaredLength),
      );
      return [
        theorySeries(`layer ${layer}`, 0, { x: angles, y: iterates.map((path) => path[layer - 1]) }, { shade }),
        measuredSeries("random nets", 0, pointsOverNets(angles, correlations), { shade, inLegend: index === 0 }),
      ];
    });
  };
  return figure({
    id: "01-autocorrelation",
    height: 200,
    title: "Order pulls the whole circle together; in chaos only the nearest points stay alike",
    description:
      "Correlation of two points of the circle against the angle between them, by layer, theory and measurement.",
    columns: 3,
    panels: regimes.map((regime) => ({
      title: regimeTitle(regime),
      xAxis: { label: "angle Δθ (radians)" },
      yAxis: { label: "correlation", range: [-1.05, 1.05] },
      series: seriesOf(regime),
    })),
  });
}
