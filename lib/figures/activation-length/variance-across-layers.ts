import { type VarianceAcrossLayers, varianceAcrossLayersAgainstDepth } from "../../experiments";
import { figure, type Figure } from "../../report";
import { expectedVarianceAcrossLayers } from "../../theory";
import { varianceRow } from "../../experiments/activation-length/rows";
import { demand, listOf, record, widths, words } from "../../theory/demand-parts";
import { measuredSeries, theorySeries } from "../series";

/** He nets whose width follows one rule, at several depths. */
export interface WidthRule {
  readonly name: string;
  /** The hidden widths at each depth. */
  readonly shapes: readonly (readonly number[])[];
  /** One a shape. */
  readonly rows: readonly VarianceAcrossLayers[];
}

/** The variance of M across the layers of one net against depth, on its closed form. */
export function varianceAcrossLayersFigure(rules: readonly WidthRule[]): Figure {
  const rule = { name: words, shapes: listOf(widths), rows: listOf(varianceRow) };
  demand("rules", rules, listOf(record<WidthRule>(rule)));
  return figure({
    id: "02-variance-across-layers",
    title:
      "Within one net the lengths vary exponentially in depth at constant width, and hardly if width grows with depth",
    description: `Mean variance of M across layers against depth, on closed forms: ${rules.map(({ name }) => name).join("; ")}.`,
    xAxis: { label: "depth d" },
    yAxis: { label: "variance of M₁ … M_d across layers" },
    series: rules.flatMap(({ name, shapes, rows }, color) => {
      const y = shapes.map((widths) => expectedVarianceAcrossLayers(widths));
      return [
        theorySeries(`theory, ${name}`, color, { x: shapes.map((widths) => widths.length), y }),
        measuredSeries(name, color, varianceAcrossLayersAgainstDepth(rows, shapes)),
      ];
    }),
  });
}
