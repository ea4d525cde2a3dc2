import type { FoldingRow } from "../../experiments";
import { figure, type Figure, type PanelSpec, type SeriesSpec } from "../../report";
import {
  activationPatternBound,
  arrangementRegions,
  foldingLowerBound,
  layerwiseUpperBound,
  rankedUpperBound,
} from "../../theory";
import { foldingRows } from "../../experiments/linear-regions/rows";
import { demand, listOf, record, whole, widths } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/** Random nets of one shape, counted in the whole plane. */
export interface CountedShape {
  readonly hiddenWidths: readonly number[];
  /** One a net. */
  readonly regions: readonly number[];
}

/**
 * What nets can have, are built to have, and have at random, against their neurons, in layers of one width added one by
 * one: two inputs, where nets are counted, and four.
 * @param width of every layer, a multiple of four
 * @param folding folding nets of two inputs with this width of all layers
 * @param random nets of two inputs with layers of this width
 */
export function boundsFigure(
  width: number,
  layers: number,
  folding: readonly FoldingRow[],
  random: readonly CountedShape[],
): Figure {
  demand("width", width, whole(1));
  demand("layers", layers, whole(1));
  firstOf(folding, "folding net");
  demand("folding", folding, foldingRows);
  firstOf(random, "random net");
  demand("random", random, listOf(record<CountedShape>({ hiddenWidths: widths, regions: listOf(whole(1), 2) })));
  const depths = Array.from({ length: layers }, (_, index) => index + 1);
  const x = depths.map((depth) => depth * width);
  const bounds = (inputs: number): SeriesSpec[] => {
    const over = (of: (hiddenWidths: number[]) => bigint): number[] =>
      depths.map((depth) => Number(of(Array<number>(depth).fill(width))));
    return [
      { name: "2<sup>N</sup> patterns", kind: "bound", color: 6, x, y: over(activationPatternBound) },
      { name: "Montúfar 2017", kind: "bound", color: 5, x, y: over((widths) => layerwiseUpperBound(inputs, widths)) },
      { name: "Serra et al. 2018", kind: "bound", color: 3, x, y: over((widths) => rankedUpperBound(inputs, widths)) },
      theorySeries("folding, Montúfar et al. 2014", 1, { x, y: over((widths) => foldingLowerBound(inputs, widths)) }),
      theorySeries("one layer of N", 0, { x, y: x.map((neurons) => Number(arrangementRegions(neurons, inputs))) }),
    ];
  };
  const counted = [
    measuredSeries("folding nets, counted", 1, {
      x: folding.map(({ neurons }) => neurons),
      y: folding.map(({ activationRegions }) => activationRegions),
    }),
    measuredSeries(
      "random nets, whole plane",
      2,
      pointsOverNets(
        random.map(({ hiddenWidths }) => hiddenWidths.reduce((sum, one) => sum + one, 0)),
        random.map(({ regions }) => regions),
      ),
    ),
  ];
  const panel = (title: string, series: readonly SeriesSpec[]): PanelSpec => ({
    title,
    xAxis: { label: `neurons N, in layers of ${width}` },
    yAxis: { label: "regions", scale: "log" },
    series,
  });
  return figure({
    id: "03-bounds",
    height: 230,
    title: "What depth can do is exponential; what random depth does is not",
    description:
      `Regions of nets with layers of ${width}, on a log scale, against neurons, for two and four inputs: upper bounds, the ` +
      "folding construction between them and a single layer of as many neurons, on which random nets lie at every depth.",
    panels: [panel("two inputs", [...bounds(2), ...counted]), panel("four inputs", bounds(4))],
  });
}
