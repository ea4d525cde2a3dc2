import { meanAgainstLayer } from "../../experiments";
import type { LengthStatistics } from "../../measure";
import { figure, type Figure } from "../../report";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** Nets of one initialisation. */
export interface InitialisedNets {
  readonly name: string;
  /** One a layer, the input's first. */
  readonly rows: readonly LengthStatistics[];
  /** The layers whose points are drawn: schemes with one κ take turns along their line, or their points would hide. */
  readonly drawn: readonly number[];
}

/**
 * The mean activation length against depth, one set of points an initialisation, on the lines κ^l.
 * @param kappas what a layer multiplies the mean length by, one a line
 */
export function meanLengthFigure(nets: readonly InitialisedNets[], kappas: readonly number[]): Figure {
  const layers = firstOf(nets, "initialisation").rows.map(({ layer }) => layer);
  return figure({
    id: "02-mean-length",
    title: "The mean length survives depth only under He's variance; an uncorrected truncation loses 23 % a layer",
    description: `Mean activation length against depth for ${nets.length} initialisations; the points follow the line of their κ.`,
    xAxis: { label: "layer l" },
    yAxis: { label: "mean of M_l over nets, M₀ = 1", scale: "log" },
    series: [
      ...kappas.map((kappa, color) =>
        theorySeries(`κ = ${kappa.toFixed(2)}`, color, { x: layers, y: layers.map((layer) => kappa ** layer) }),
      ),
      ...nets.map(({ name, rows, drawn }, color) =>
        measuredSeries(name, color, meanAgainstLayer(drawn.map((layer) => rows[layer]))),
      ),
    ],
  });
}
