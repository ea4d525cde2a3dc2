import { figure, type Figure } from "../../report";
import { lengthMap, lengthMapTrajectory } from "../../theory";
import {
  called,
  consistent,
  demand,
  each,
  listOf,
  notNegative,
  orNull,
  positive,
  record,
} from "../../theory/demand-parts";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";
import { layersTo } from "./layers";
import { regimeTitle } from "./regime-title";
import { demandSignals, meanFieldOf, type Signals } from "./signals";

/** Layers that lengths take to converge, over the plane of the scales. */
export interface ConvergencePlane {
  readonly sigmaW: readonly number[];
  readonly sigmaB: readonly number[];
  /** `[row][column]` at (sigmaW[column], sigmaB[row]); null where they do not converge. */
  readonly layers: readonly (readonly (number | null)[])[];
}

const plane = each(
  record<ConvergencePlane>({
    sigmaW: listOf(positive),
    sigmaB: listOf(notNegative),
    layers: called("needed; null where lengths do not converge", listOf(listOf(orNull(notNegative)))),
  }),
  consistent<ConvergencePlane>(({ sigmaW, sigmaB, layers }) =>
    layers.length === sigmaB.length && layers.every(({ length }) => length === sigmaW.length)
      ? null
      : `has layers that do not fill the plane of ${sigmaB.length} × ${sigmaW.length} scales`,
  ),
);

const layersShown = 7;

/**
 * The length map, its iterates beside measured squared lengths, and the layers that they take.
 * @param starts the squared lengths of the inputs in layer 1, in the order of the rows
 */
export function lengthMapFigure(
  regimes: readonly Signals[],
  starts: readonly number[],
  convergence: ConvergencePlane,
): Figure {
  demandSignals("regimes", regimes, starts, { quantity: "squaredLength", named: true });
  demand("convergence", convergence, plane);
  const longest = Math.max(...starts);
  const lengths = layersTo(60).map((step) => longest * (step / 60) ** 2);
  const layers = layersTo(layersShown);
  const maps = regimes.map((regime, color) => {
    const y = lengths.map((q) => lengthMap(q, meanFieldOf(regime)));
    return theorySeries(regimeTitle(regime), color, { x: lengths, y });
  });
  const falls = regimes.flatMap((regime, color) =>
    starts.flatMap((q, start) => {
      const iterates = { x: layers, y: lengthMapTrajectory(q, layersShown, meanFieldOf(regime)) };
      const measured = regime.rows.slice(0, layersShown).map((row) => row.squaredLength[start]);
      return [
        theorySeries(regimeTitle(regime), color, iterates, { inLegend: false }),
        measuredSeries("random nets", color, pointsOverNets(layers, measured), { inLegend: start + color === 0 }),
      ];
    }),
  );
  const noChange = { name: "no change", kind: "guide", x: [0, longest], y: [0, longest] } as const;
  const { sigmaW, sigmaB, layers: needed } = convergence;
  return figure({
    id: "01-length-map",
    height: 200,
    title: "Within a few layers every squared length has fallen onto its fixed point q*",
    columns: 3,
    description: "The length map; measured squared lengths by layer on its iterates; layers needed over the plane.",
    panels: [
      {
        title: "the length map",
        xAxis: { label: "q in layer l − 1" },
        yAxis: { label: "q in layer l" },
        series: [noChange, ...maps],
      },
      {
        title: `from ${starts.length} starts`,
        xAxis: { label: "layer l" },
        yAxis: { label: "q", scale: "log" },
        series: falls,
      },
      {
        title: "layers until within 1 %",
        xAxis: { label: "σ_w" },
        yAxis: { label: "σ_b" },
        heatmap: { name: "layers", x: sigmaW, y: sigmaB, z: needed },
      },
    ],
  });
}
