import type { SignalRow } from "../../experiments";
import { figure, type Figure, type FrameSpec, type SeriesSpec } from "../../report";
import { chi1, correlationFixedPoint, correlationMap, correlationMapTrajectory } from "../../theory";
import { demand, positive } from "../../theory/demand-parts";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";
import { layersTo } from "./layers";
import { demandSignals, meanFieldOf } from "./signals";

const layersShown = 8;

/** Pairs of inputs sent through tanh nets of one weight scale. */
export interface PairSignals {
  readonly sigmaW: number;
  readonly sigmaB: number;
  /** One a layer. */
  readonly rows: readonly SignalRow[];
}

/**
 * The correlation map and its iterates beside measured correlations, for one weight scale at a time: a slider moves it.
 * @param nets in ascending order of σ_w, at least two
 * @param starts the correlations of the pairs in layer 1, in the order of the rows
 * @param sigmaW shown at first
 */
export function orderToChaosFigure(nets: readonly PairSignals[], starts: readonly number[], sigmaW: number): Figure {
  demandSignals("nets", nets, starts, { quantity: "correlation", named: false });
  demand("sigmaW", sigmaW, positive);
  return figure({
    id: "01-order-to-chaos",
    height: 210,
    title: "Where the map’s slope at c = 1 passes 1, the fixed point leaves 1 and takes all pairs with it",
    description:
      "The correlation map of one weight scale against the diagonal, and correlations by layer from " +
      `${starts.length} starts with measured means; the fixed point c* as a grey line.`,
    slider: { label: "σ_w", start: sigmaW, frames: nets.map((net) => frameOf(net, starts)) },
  });
}

function frameOf(net: PairSignals, starts: readonly number[]): FrameSpec {
  const field = meanFieldOf({ name: "", ...net });
  const fixedPoint = correlationFixedPoint(field);
  const correlations = layersTo(40).map((step) => (step - 20.5) / 19.5);
  const layers = layersTo(layersShown);
  const guide = (name: string, x: number[], y: number[]): SeriesSpec => ({ name, kind: "guide", x, y });
  const paths = starts.flatMap((c, pair) => {
    const measured = net.rows.slice(0, layersShown).map((row) => row.correlation[pair]);
    return [
      theorySeries("theory", 0, { x: layers, y: correlationMapTrajectory(c, layersShown, field) }, { inLegend: false }),
      measuredSeries("random nets", 0, pointsOverNets(layers, measured), { inLegend: pair === 0 }),
    ];
  });
  return {
    value: net.sigmaW,
    panels: [
      {
        title: `the map: slope χ₁ = ${chi1(field).toFixed(2)} at c = 1`,
        xAxis: { label: "c in layer l − 1", range: [-1.03, 1.03] },
        yAxis: { label: "c in layer l", range: [-1.03, 1.06] },
        series: [
          guide("no change, c*", [-1, 1], [-1, 1]),
          guide("no change, c*", [fixedPoint, fixedPoint], [-1, fixedPoint]),
          theorySeries("theory", 0, { x: correlations, y: correlations.map((c) => correlationMap(c, field)) }),
        ],
      },
      {
        title: `from ${starts.length} starts to c* = ${fixedPoint.toFixed(2)}`,
        xAxis: { label: "layer l" },
        yAxis: { label: "c", range: [-1.03, 1.06] },
        series: [guide("no change, c*", [1, layersShown], [fixedPoint, fixedPoint]), ...paths],
      },
    ],
  };
}
