import type { PhaseRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { orderChaosSigmaW } from "../../theory";
import { phaseRows } from "../../experiments/curvature/rows";
import { called, demand, listOf, notNegative, positive, record } from "../../theory/demand-parts";
import { theorySeries } from "../series";

/**
 * χ1 from theory beside the measured growth of ‖∂h‖², over the plane of the scales, with the line χ1 = 1.
 * @param rows one a point of the plane: for each σ_b in turn, each σ_w
 */
export function phaseDiagramFigure(
  plane: { readonly sigmaW: readonly number[]; readonly sigmaB: readonly number[] },
  rows: readonly PhaseRow[],
): Figure {
  const ofWeights = called("the weights' scales", listOf(positive));
  demand(
    "plane",
    plane,
    record<typeof plane>({ sigmaW: ofWeights, sigmaB: called("the biases'", listOf(notNegative)) }),
  );
  demand("rows", rows, phaseRows);
  const { sigmaW, sigmaB } = plane;
  if (rows.length !== sigmaW.length * sigmaB.length) {
    throw new RangeError(
      `A plane of ${sigmaW.length} × ${sigmaB.length} points has as many rows; given ${rows.length}.`,
    );
  }
  const overPlane = (value: (row: PhaseRow) => number): number[][] =>
    sigmaB.map((_, line) => rows.slice(line * sigmaW.length, (line + 1) * sigmaW.length).map(value));
  const growth = { name: "growth", x: sigmaW, y: sigmaB, center: 1, range: [0, 2.5] } as const;
  const edge = { x: sigmaB.map((bias) => orderChaosSigmaW(bias)), y: sigmaB };
  const axes = {
    xAxis: { label: "σ_w", range: [1, 5] },
    yAxis: { label: "σ_b", range: [0, 4] },
    series: [theorySeries("χ1 = 1, theory", 5, edge)],
  } as const;
  const contours = [{ value: 1, name: "growth 1, nets" }];
  return figure({
    id: "01-phase-diagram",
    height: 220,
    title: "Nets begin to stretch where the theory says: on the line χ1 = 1",
    description:
      "Growth of squared tangent length per layer over the plane of weight and bias scales, theory and measurement.",
    panels: [
      { title: "χ1, theory", ...axes, heatmap: { ...growth, z: overPlane((row) => row.chi1) } },
      {
        title: "growth of ‖∂h‖² per layer, nets",
        ...axes,
        heatmap: { ...growth, z: overPlane((row) => row.measuredGrowth), contours },
      },
    ],
  });
}
