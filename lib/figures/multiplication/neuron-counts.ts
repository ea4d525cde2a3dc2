import { figure, type Figure, type SeriesSpec } from "../../report";
import { bestGrouping, depthCurve } from "../../theory";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** A net that was built, and counted. */
export interface BuiltNet {
  readonly inputs: number;
  /** Hidden layers it was allowed. */
  readonly layers: number;
  readonly neurons: number;
}

/** Neurons that multiply n numbers against n, one line for each number of layers. */
export function neuronCountsFigure(built: readonly BuiltNet[]): Figure {
  firstOf(built, "net");
  const depths = [...new Set(built.map(({ layers }) => layers))].sort((a, b) => a - b);
  const series = depths.flatMap((layers, index): SeriesSpec[] => {
    const color = index % 7;
    const nets = built.filter((net) => net.layers === layers);
    const x = nets.map(({ inputs }) => inputs);
    const name = layers === 1 ? "1 layer" : `at most ${layers} layers`;
    const curve: SeriesSpec = {
      name: "n^{(k−1)/k} 2^{n^{1/k}}, twice",
      kind: "bound",
      color,
      x,
      y: x.map((n) => 2 * depthCurve(n, layers)),
      inLegend: layers === 2,
    };
    return [
      theorySeries(`${name}, best grouping`, color, { x, y: x.map((n) => bestGrouping(n, layers).neurons) }),
      measuredSeries(`${name}, nets built`, color, { x, y: nets.map(({ neurons }) => neurons) }),
      ...(layers === 1 ? [] : [curve]),
    ];
  });
  return figure({
    id: "05-neuron-counts",
    title: "A second layer turns the exponential price of a product into a modest one",
    description:
      "Hidden neurons of nets that multiply n numbers, against n, by number of hidden layers, on a log axis.",
    height: 300,
    xAxis: { label: "numbers multiplied, n" },
    yAxis: { label: "hidden neurons", scale: "log" },
    series,
  });
}
