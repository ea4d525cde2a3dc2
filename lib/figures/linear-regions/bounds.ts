import type { FoldingRow } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import {
  activationPatternBound,
  arrangementRegions,
  foldingLowerBound,
  layerwiseUpperBound,
  rankedUpperBound,
} from "../../theory";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/** Random nets of one shape, counted in the whole plane. */
export interface CountedShape {
  readonly hiddenWidths: readonly number[];
  /** One a net. */
  readonly regions: readonly number[];
}

/**
 * What a net of two inputs can have, is built to have, and has at random, against its neurons: layers of one width, added
 * one by one.
 * @param width of every layer, even
 * @param folding folding nets with this width of folding layers
 * @param random nets of layers of this width
 */
export function boundsFigure(
  width: number,
  layers: number,
  folding: readonly FoldingRow[],
  random: readonly CountedShape[],
): Figure {
  firstOf(folding, "folding net");
  firstOf(random, "random net");
  const depths = Array.from({ length: layers }, (_, index) => index + 1);
  const stack = (depth: number): number[] => Array<number>(depth).fill(width);
  const x = depths.map((depth) => depth * width);
  const over = (of: (hiddenWidths: number[]) => bigint): number[] => depths.map((depth) => Number(of(stack(depth))));
  const bound = (name: string, color: number, y: number[]): SeriesSpec => ({ name, kind: "bound", color, x, y });
  return figure({
    id: "03-bounds",
    height: 330,
    title: "What depth can do is exponential; what random depth does is not",
    description:
      `Regions of nets with two inputs and layers of ${width}, on a log scale, against neurons: upper bounds, the folding ` +
      "construction between them and a single layer of as many neurons, on which random nets lie at every depth.",
    xAxis: { label: `neurons N, in layers of ${width}` },
    yAxis: { label: "regions", scale: "log" },
    series: [
      bound("2^N patterns", 6, over(activationPatternBound)),
      bound(
        "Montúfar 2017",
        3,
        over((widths) => layerwiseUpperBound(2, widths)),
      ),
      bound(
        "Serra et al. 2018",
        4,
        over((widths) => rankedUpperBound(2, widths)),
      ),
      theorySeries("folding, Montúfar et al. 2014", 1, { x, y: over((widths) => foldingLowerBound(2, widths)) }),
      measuredSeries("folding nets, counted", 1, {
        x: folding.map(({ neurons }) => neurons),
        y: folding.map(({ activationRegions }) => activationRegions),
      }),
      theorySeries("one layer of N", 0, { x, y: x.map((neurons) => Number(arrangementRegions(neurons, 2))) }),
      measuredSeries(
        "random nets, whole plane",
        2,
        pointsOverNets(
          random.map(({ hiddenWidths }) => hiddenWidths.reduce((sum, one) => sum + one, 0)),
          random.map(({ regions }) => regions),
        ),
      ),
    ],
  });
}
