import type { SparseSum } from "../../experiments";
import { figure, type Figure } from "../../report";
import { sparseSumRows } from "../../experiments/multiplication/rows";
import { demand } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";

/**
 * Neurons of one-layer nets for sparse polynomials against the number of terms: means over polynomials, bars from the smallest
 * to the largest, between the means of both bounds.
 */
export function sparseSumsFigure(rows: readonly SparseSum[]): Figure {
  firstOf(rows, "polynomial");
  demand("rows", rows, sparseSumRows);
  const x = [...new Set(rows.map(({ terms }) => terms))].sort((a, b) => a - b);
  const over = (pick: (row: SparseSum) => number): number[][] =>
    x.map((terms) => rows.filter((row) => row.terms === terms).map(pick));
  const means = (pick: (row: SparseSum) => number): number[] =>
    over(pick).map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const neurons = over((row) => row.neurons);
  return figure({
    id: "05-sparse-sums",
    title: "A sparse sum costs what its terms cost, less what they share",
    description:
      "Neurons of nets for random sparse polynomials against the number of terms, between the paper's bounds, and what the " +
      "dearest term takes alone.",
    height: 250,
    xAxis: { label: "terms c" },
    yAxis: { label: "hidden neurons", scale: "log" },
    series: [
      { name: "at most: its terms together", kind: "bound", color: 1, x, y: means((row) => row.upper) },
      { name: "its dearest term alone", kind: "guide", color: 6, x, y: means((row) => row.lower * row.terms) },
      { name: "at least: a c-th of its dearest term", kind: "bound", color: 0, x, y: means((row) => row.lower) },
      measuredSeries("nets", 2, {
        x,
        y: means((row) => row.neurons),
        low: neurons.map((values) => Math.min(...values)),
        high: neurons.map((values) => Math.max(...values)),
      }),
    ],
  });
}
