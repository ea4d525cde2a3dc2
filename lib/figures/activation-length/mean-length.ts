import { meanAgainstLayer } from "../../experiments";
import type { LengthStatistics } from "../../measure";
import { figure, type Figure } from "../../report";
import { lengthRows } from "../../experiments/activation-length/rows";
import { called, consistent, demand, each, listOf, positive, record, whole, words } from "../../theory/demand-parts";
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

const netsOfOne = each(
  record<InitialisedNets>({ name: words, rows: lengthRows, drawn: called("layers", listOf(whole(0))) }),
  consistent<InitialisedNets>(({ rows, drawn }) => {
    const beyond = drawn.find((layer) => layer >= rows.length);
    return beyond === undefined ? null : `draws layer ${beyond}; the rows go up to layer ${rows.length - 1}`;
  }),
);

/**
 * The mean activation length against depth, one set of points an initialisation, on the lines κ^l.
 * @param kappas what a layer multiplies the mean length by, one a line
 */
export function meanLengthFigure(nets: readonly InitialisedNets[], kappas: readonly number[]): Figure {
  firstOf(nets, "initialisation");
  demand("nets", nets, listOf(netsOfOne));
  demand("kappas", kappas, called("what a layer multiplies the mean length by", listOf(positive)));
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
