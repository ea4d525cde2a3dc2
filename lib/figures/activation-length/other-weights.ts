import { type Design, predictedMoments, secondMomentAgainstLayer } from "../../experiments";
import type { LengthStatistics } from "../../measure";
import { figure, type Figure } from "../../report";
import { designOfNets, lengthRows } from "../../experiments/activation-length/rows";
import { demand, listOf, record, words } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** Nets whose weights have one law. */
export interface NetsOfLaw {
  readonly name: string;
  /** What theory is taken of. */
  readonly design: Design;
  /** One a layer, the input's first. */
  readonly rows: readonly LengthStatistics[];
}

/** The second moment of the activation length against the layer, for several laws of the weights, on predicted lines. */
export function otherWeightsFigure(laws: readonly NetsOfLaw[]): Figure {
  firstOf(laws, "law");
  demand("laws", laws, listOf(record<NetsOfLaw>({ name: words, design: designOfNets, rows: lengthRows })));
  const width = firstOf(laws, "law").design.hiddenWidths[0];
  return figure({
    id: "02-other-weights",
    title: `At width ${width} the law of the weights shows: lighter tails spread less, orthogonal matrices least in the long run`,
    description: `Second moment of M against depth on predicted lines: ${laws.map(({ name }) => name).join("; ")}.`,
    xAxis: { label: "layer l" },
    yAxis: { label: "E[M²] / E[M]²", scale: "log" },
    series: laws.flatMap(({ name, design, rows }, color) => {
      const y = [1, ...predictedMoments(design).secondMoment];
      return [
        theorySeries("theory", color, { x: y.map((_, layer) => layer), y }, { inLegend: color === 0 }),
        measuredSeries(name, color, secondMomentAgainstLayer(rows)),
      ];
    }),
  });
}
