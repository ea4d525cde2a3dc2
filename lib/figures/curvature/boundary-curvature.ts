import { type BoundaryRow, meanOverNets, type RegimePoint } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { boundaryRows, regimePoint } from "../../experiments/curvature/rows";
import { demand, each, listOf, record } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";
import { regimeTitle } from "./regime-title";

/** The boundary of one net. */
export interface NetBoundary extends RegimePoint {
  /** One a layer, from the input on. */
  readonly rows: readonly BoundaryRow[];
}

/** The extreme principal curvatures of a decision boundary against layers travelled backwards, means over its points. */
export function boundaryCurvatureFigure(nets: readonly NetBoundary[]): Figure {
  firstOf(nets, "net");
  for (const { rows } of nets) firstOf(rows, "layer");
  demand("nets", nets, listOf(each(regimePoint, record<NetBoundary>({ rows: boundaryRows }))));
  const ranked = (rows: readonly BoundaryRow[], side: "largest" | "smallest", color: number): SeriesSpec[] => {
    // In the last layer the boundary is flat.
    const curved = rows.slice(0, -1);
    const x = curved.map((row) => rows.length - 1 - row.layer);
    return rows[0][side].map((_, rank, ranks) => {
      const y = curved.map((row) => meanOverNets(row[side][rank]).measured);
      return measuredSeries(`${ranks.length} ${side}`, color, { x, y }, { mark: "line", inLegend: rank === 0 });
    });
  };
  const kept = nets[0].rows[0].largest.length;
  return figure({
    id: "01-boundary-curvature",
    height: 210,
    title: "Layer by layer towards the input, a chaotic net's boundary bends exponentially",
    description: `The ${kept} largest and ${kept} smallest principal curvatures of a decision boundary against layers travelled backwards.`,
    panels: nets.map((net) => ({
      title: regimeTitle(net),
      xAxis: { label: "layers back from the last" },
      yAxis: { label: "principal curvature" },
      series: [...ranked(net.rows, "largest", 1), ...ranked(net.rows, "smallest", 2)],
    })),
  });
}
