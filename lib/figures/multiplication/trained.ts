import type { TrainedSummary } from "../../experiments";
import { figure, type Figure, type NoteSpec, type PanelSpec, type SeriesSpec } from "../../report";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";

/** Error of trained nets over the plane of neurons and layers: the best net of each kind, and the median. */
export function trainedMapFigure(summaries: readonly TrainedSummary[]): Figure {
  firstOf(summaries, "kind of net");
  const neurons = [...new Set(summaries.map((one) => one.neurons))].sort((a, b) => a - b);
  const depths = [...new Set(summaries.map(({ layers }) => layers))].sort((a, b) => a - b);
  const errors = summaries.flatMap(({ best, median }) => [best, median]).filter(Number.isFinite);
  const range = [Math.min(...errors), Math.max(1, ...errors)] as const;
  const panel = (title: string, value: (one: TrainedSummary) => number): PanelSpec => {
    const at = (layers: number, count: number): number | null => {
      const one = summaries.find((summary) => summary.layers === layers && summary.neurons === count);
      return one === undefined || !Number.isFinite(value(one)) ? null : value(one);
    };
    const notes = depths.flatMap((layers) =>
      neurons.flatMap((count): NoteSpec[] => {
        const error = at(layers, count);
        return error === null ? [] : [{ x: Math.log2(count), y: layers, text: error.toFixed(2) }];
      }),
    );
    const z = depths.map((layers) => neurons.map((count) => at(layers, count)));
    return {
      title,
      xAxis: { label: "log2 of hidden neurons N" },
      yAxis: { label: "hidden layers k" },
      heatmap: { name: "error / zero's", x: neurons.map(Math.log2), y: depths, z, range },
      notes,
    };
  };
  return figure({
    id: "05-trained-map",
    title: "Trained nets multiply better with more layers, at the same number of neurons",
    description:
      "Error of trained nets over that of answering zero, by layers and hidden neurons; best and median net.",
    height: 200,
    panels: [panel("best net", ({ best }) => best), panel("median net", ({ median }) => median)],
  });
}

/**
 * Error of trained nets against hidden neurons by depth: median as points with bars down to the best net.
 * @param enough the stated error; the fewest neurons that reach it are in the name of each depth
 */
export function trainedErrorFigure(
  summaries: readonly TrainedSummary[],
  enough: { readonly error: number; readonly fewest: readonly { layers: number; neurons: number | null }[] },
): Figure {
  firstOf(summaries, "kind of net");
  const depths = [...new Set(summaries.map(({ layers }) => layers))].sort((a, b) => a - b);
  const all = summaries.map(({ neurons }) => neurons);
  const series = depths.map((layers, color): SeriesSpec => {
    const nets = summaries.filter((one) => one.layers === layers && Number.isFinite(one.median));
    const fewest = enough.fewest.find((one) => one.layers === layers)?.neurons ?? null;
    const reached = fewest === null ? "not reached" : `reached with ${fewest}`;
    return measuredSeries(
      `${layers} ${layers === 1 ? "layer" : "layers"}: ${reached}`,
      color,
      {
        x: nets.map(({ neurons }) => neurons),
        y: nets.map(({ median }) => median),
        low: nets.map(({ best }) => best),
        high: nets.map(({ median }) => median),
      },
      { mark: "both" },
    );
  });
  const line = [Math.min(...all), Math.max(...all)];
  return figure({
    id: "05-trained-error",
    title: "Each layer lowers the error that a given number of neurons can be trained to",
    description: "Median error of trained nets against hidden neurons, by depth, with bars down to the best net.",
    height: 270,
    xAxis: { label: "hidden neurons N", scale: "log" },
    yAxis: { label: "error over that of answering 0", scale: "log" },
    series: [{ name: `error ${enough.error}`, kind: "guide", x: line, y: [enough.error, enough.error] }, ...series],
  });
}
