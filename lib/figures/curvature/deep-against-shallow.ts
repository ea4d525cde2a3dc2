import type { CircleRow, ShallowRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { chi1, fixedPoint, type MeanField, shallowLengthBound } from "../../theory";
import { circleRows, scales, shallowRows } from "../../experiments/curvature/rows";
import { demand, record, whole } from "../../theory/demand-parts";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/**
 * Length of the activations' curve against hidden neurons: deep nets layer by layer, random shallow nets, and the bound
 * for every shallow net.
 * @param deep nets of one width, a row a layer
 */
export function deepAgainstShallowFigure(
  field: MeanField,
  deep: { readonly width: number; readonly rows: readonly CircleRow[] },
  shallow: readonly ShallowRow[],
): Figure {
  demand("field", field, scales);
  demand("deep", deep, record<typeof deep>({ width: whole(1), rows: circleRows("activationLength", 2) }));
  demand("shallow", shallow, shallowRows);
  const { sigmaW, sigmaB } = field;
  const [q, stretch] = [fixedPoint(field), chi1(field)];
  const hidden = shallow.map(({ hiddenWidth }) => hiddenWidth);
  const neurons = deep.rows.map(({ layer }) => layer * deep.width);
  const randomRate = (2 * Math.PI * Math.sqrt(stretch * (q - sigmaB ** 2))) / sigmaW;
  const random = { x: hidden, y: hidden.map((width) => randomRate * Math.sqrt(width)) };
  const deepTheory = deep.rows.map(
    ({ layer }) => (2 * Math.PI * Math.sqrt(deep.width * q * stretch ** layer)) / sigmaW,
  );
  const deepLengths = deep.rows.map((row) => row.activationLength.map((length) => length * Math.sqrt(deep.width)));
  const shallowLengths = shallow.map((row) => row.lengths);
  const bound = { x: hidden, y: hidden.map((width) => shallowLengthBound(width, field.activation)) };
  return figure({
    id: "01-deep-against-shallow",
    height: 290,
    title: "With equally many neurons a deep net's curve outgrows that of every shallow one",
    description: `Curve length against hidden neurons: deep nets of width ${deep.width}, random shallow nets, and the bound for all shallow nets.`,
    xAxis: { label: "hidden neurons N", scale: "log" },
    yAxis: { label: "length of the activations' curve", scale: "log" },
    series: [
      {
        name: `bound for every shallow ${field.activation.name} net, ${shallowLengthBound(1, field.activation)} N`,
        kind: "bound",
        color: 6,
        ...bound,
      },
      theorySeries(`random shallow nets, theory: ${randomRate.toFixed(2)} √N`, 1, random),
      measuredSeries("random shallow nets", 1, pointsOverNets(hidden, shallowLengths)),
      theorySeries(`deep nets of width ${deep.width}, theory`, 2, { x: neurons, y: deepTheory }),
      measuredSeries(`deep nets of width ${deep.width}, layer by layer`, 2, pointsOverNets(neurons, deepLengths)),
    ],
  });
}
