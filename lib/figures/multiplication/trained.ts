import type { TrainedSummary } from "../../experiments";
import { figure, type Figure, type NoteSpec, type PanelSpec, type SeriesSpec } from "../../report";
import { bestGrouping } from "../../theory";
import { trainedSummaries } from "../../experiments/multiplication/rows";
import { called, demand, listOf, orNull, positive, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";

/** Error of trained nets over the plane of neurons and layers: the best net of each kind, and the median. */
export function trainedMapFigure(summaries: readonly TrainedSummary[]): Figure {
  firstOf(summaries, "kind of net");
  demand("summaries", summaries, trainedSummaries);
  const neurons = [...new Set(summaries.map((one) => one.neurons))].sort((a, b) => a - b);
  const depths = [...new Set(summaries.map(({ layers }) => layers))].sort((a, b) => a - b);
  const errors = summaries.flatMap(({ best, median }) => [best, median]).filter(Number.isFinite);
  const range = [Math.min(...errors), Math.max(...errors)] as const;
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
      xAxis: { label: "hidden neurons N", ticks: neurons.map((count) => [Math.log2(count), String(count)]) },
      yAxis: { label: "hidden layers k", ticks: depths.map((layers) => [layers, String(layers)]) },
      heatmap: { name: "relative error", x: neurons.map(Math.log2), y: depths, z, range },
      notes,
    };
  };
  return figure({
    id: "05-trained-map",
    title: deeperIsBetter(summaries)
      ? "Trained nets multiply better with more layers, at the same number of neurons"
      : "How well trained nets multiply, by layers and number of neurons",
    description:
      "Error of trained nets over that of answering zero, by layers and hidden neurons; best and median net.",
    height: 200,
    panels: [panel("best net", ({ best }) => best), panel("median net", ({ median }) => median)],
  });
}

/** Whether at every number of neurons the median error falls with each further layer. */
function deeperIsBetter(summaries: readonly TrainedSummary[]): boolean {
  return summaries.every((deep) =>
    summaries.every(
      (other) => other.neurons !== deep.neurons || other.layers >= deep.layers || deep.median < other.median,
    ),
  );
}

/** What is drawn beside the errors of trained nets. */
export interface TrainedMarks {
  /** n, the numbers multiplied. */
  readonly inputs: number;
  /** A stated error. */
  readonly error: number;
  /** The fewest neurons whose best net reaches it. */
  readonly fewest: readonly { readonly layers: number; readonly neurons: number | null }[];
}

const trainedMarks = record<TrainedMarks>({
  inputs: called("numbers multiplied", whole(2)),
  error: positive,
  fewest: listOf(record({ layers: whole(1), neurons: orNull(whole(1)) }), 0),
});

/**
 * Error of trained nets against hidden neurons by depth: the median net as points, with bars down to the best; from the stated
 * error a line falls to the fewest neurons whose best net reaches it. Dashed, the neurons of the construction of as many
 * layers, which is another thing than what training needs. Where more than half of the nets diverged there is no point.
 */
export function trainedErrorFigure(summaries: readonly TrainedSummary[], marks: TrainedMarks): Figure {
  firstOf(summaries, "kind of net");
  demand("summaries", summaries, trainedSummaries);
  demand("marks", marks, trainedMarks);
  const depths = [...new Set(summaries.map(({ layers }) => layers))].sort((a, b) => a - b);
  const all = summaries.map(({ neurons }) => neurons);
  const errors = summaries.flatMap(({ best, median }) => [best, median]).filter(Number.isFinite);
  const heights = [Math.min(...errors, marks.error), Math.max(...errors, marks.error)];
  const trained = depths.map((layers, color): SeriesSpec => {
    const nets = summaries.filter((one) => one.layers === layers && Number.isFinite(one.median));
    const fewest = fewestOf(marks, layers);
    const reached = fewest === null ? `${marks.error} not reached` : `${marks.error} reached with ${fewest}`;
    const [median, best] = [nets.map((one) => one.median), nets.map((one) => one.best)];
    return measuredSeries(
      `${layers} ${layers === 1 ? "layer" : "layers"}: ${reached}`,
      color,
      { x: nets.map(({ neurons }) => neurons), y: median, low: best, high: median },
      { mark: "both" },
    );
  });
  const counts = depths.map((layers) => bestGrouping(marks.inputs, layers).neurons);
  const constructed = counts.flatMap((count, index): SeriesSpec[] => {
    // Twenty numbers in one layer take a million, far off the picture.
    if (counts.indexOf(count) !== index || count > 4 * Math.max(...all)) return [];
    const layers = depths.filter((_, other) => counts[other] === count).join(", ");
    return [
      { name: `construction, k = ${layers}: ${count}`, kind: "bound", color: index, x: [count, count], y: heights },
    ];
  });
  const reaching = depths.flatMap((layers, color) => {
    const fewest = fewestOf(marks, layers);
    return fewest === null ? [] : [{ layers, color, fewest }];
  });
  const falls = reaching.map(({ layers, color, fewest }): SeriesSpec => {
    const line = { x: [fewest, fewest], y: [marks.error, heights[0]] };
    return { name: `fewest neurons, k = ${layers}`, kind: "guide", color, inLegend: false, ...line };
  });
  const line = [Math.min(...all), Math.max(...all)];
  return figure({
    id: "05-trained-error",
    title: deeperIsBetter(summaries)
      ? "More layers lower the error that a given number of neurons can be trained to"
      : "The error of trained nets against their number of neurons, by layers",
    description: "Median error of trained nets against hidden neurons, by depth, with bars down to the best net.",
    height: 270,
    xAxis: { label: "hidden neurons N", scale: "log" },
    yAxis: { label: "error over that of answering 0", scale: "log" },
    series: [
      { name: `error ${marks.error}`, kind: "guide", x: line, y: [marks.error, marks.error] },
      ...constructed,
      ...falls,
      ...trained,
    ],
    notes: reaching.map(({ layers, fewest }) => ({ x: fewest, y: heights[0], text: `k = ${layers}: ${fewest}` })),
  });
}

function fewestOf({ fewest }: TrainedMarks, layers: number): number | null {
  return fewest.find((one) => one.layers === layers)?.neurons ?? null;
}
