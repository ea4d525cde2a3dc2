import { figure, type Figure, type SeriesSpec } from "../../report";
import { bestGrouping, depthCurve } from "../../theory";
import { demand, listOf, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** A net that was built, and counted. */
export interface BuiltNet {
  readonly inputs: number;
  /** Hidden layers it was allowed. */
  readonly layers: number;
  readonly neurons: number;
}

/**
 * Neurons that multiply n numbers against n: all depths on a logarithmic axis, and those of several layers by themselves.
 * @param built of one layer and more; depths up to three are drawn, beyond which the counts are the same for n ≤ 16
 * @throws RangeError unless there are nets of one layer and of two
 */
export function neuronCountsFigure(built: readonly BuiltNet[]): Figure {
  demand("built", built, listOf(record<BuiltNet>({ inputs: whole(2), layers: whole(1), neurons: whole(1) }), 0));
  const depths = [1, 2, 3].filter((layers) => layers < 3 || built.some((net) => net.layers === layers));
  const seriesOf = (layers: number, bound: boolean): SeriesSpec[] => {
    const nets = built.filter((net) => net.layers === layers);
    firstOf(nets, `net of ${layers} ${layers === 1 ? "layer" : "layers"}`);
    const color = layers - 1;
    const x = nets.map(({ inputs }) => inputs);
    const name = layers === 1 ? "1 layer" : `at most ${layers} layers`;
    const curve = { x, y: x.map((n) => 2 * depthCurve(n, layers)) };
    return [
      theorySeries(`${name}: best grouping`, color, { x, y: x.map((n) => bestGrouping(n, layers).neurons) }),
      measuredSeries(`${name}: nets`, color, { x, y: nets.map(({ neurons }) => neurons) }),
      ...(bound ? [{ name: `k = ${layers}: twice the paper's order`, kind: "bound", color, ...curve } as const] : []),
    ];
  };
  const xAxis = { label: "numbers multiplied, n" };
  return figure({
    id: "05-neuron-counts",
    title: `One layer pays exponentially for a product; a second layer all but ends that${depths.length === 3 ? ", a third ends it" : ""}`,
    description: "Hidden neurons of nets that multiply n numbers, against n, by number of hidden layers.",
    panels: [
      {
        title: "all depths",
        xAxis,
        yAxis: { label: "hidden neurons", scale: "log" },
        series: depths.flatMap((layers) => seriesOf(layers, false)),
      },
      {
        title: depths.length === 3 ? "two layers and three" : "two layers",
        xAxis,
        yAxis: { label: "hidden neurons" },
        series: depths.slice(1).flatMap((layers) => seriesOf(layers, true)),
      },
    ],
  });
}
