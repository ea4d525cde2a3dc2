import { figure, type Figure } from "../../report";
import { correlationMap, correlationMapTrajectory } from "../../theory";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";
import { layersTo } from "./layers";
import { regimeTitle } from "./regime-title";
import { demandSignals, meanFieldOf, type Signals } from "./signals";

const layersShown = 8;

/**
 * The correlation map, and its iterates beside measured correlations.
 * @param starts the correlations of the pairs in layer 1, in the order of the rows
 */
export function correlationMapFigure(regimes: readonly Signals[], starts: readonly number[]): Figure {
  demandSignals("regimes", regimes, starts, { quantity: "correlation", named: true });
  const correlations = layersTo(40).map((step) => (step - 20.5) / 19.5);
  const layers = layersTo(layersShown);
  const maps = regimes.map((regime, color) => {
    const y = correlations.map((c) => correlationMap(c, meanFieldOf(regime)));
    return theorySeries(regimeTitle(regime), color, { x: correlations, y });
  });
  const paths = regimes.flatMap((regime, color) =>
    starts.flatMap((c, pair) => {
      const iterates = { x: layers, y: correlationMapTrajectory(c, layersShown, meanFieldOf(regime)) };
      const measured = regime.rows.slice(0, layersShown).map((row) => row.correlation[pair]);
      return [
        theorySeries(regimeTitle(regime), color, iterates, { inLegend: false }),
        measuredSeries("random nets", color, pointsOverNets(layers, measured), { inLegend: pair + color === 0 }),
      ];
    }),
  );
  const noChange = { name: "no change", kind: "guide", x: [-1, 1], y: [-1, 1] } as const;
  return figure({
    id: "01-correlation-map",
    height: 220,
    title: "Ordered nets merge two inputs, chaotic nets drive them apart to one correlation c*",
    description: `Correlation maps of ${regimes.length} weight scales against the diagonal, and correlations by layer with measured means.`,
    panels: [
      {
        title: "the correlation map",
        xAxis: { label: "c in layer l − 1" },
        yAxis: { label: "c in layer l" },
        series: [noChange, ...maps],
      },
      {
        title: `from ${starts.length} starts`,
        xAxis: { label: "layer l" },
        yAxis: { label: "c", range: [-0.6, 1.05] },
        series: paths,
      },
    ],
  });
}
