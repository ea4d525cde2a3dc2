import type { PowerRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { deepPowerBound, machineEpsilon, roundingFloor } from "../../theory";
import { powerRows } from "../../experiments/multiplication/rows";
import { demand } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** x^d from one layer and from repeated squaring, in float64: neurons and errors against d. */
export function powersFigure(rows: readonly PowerRow[]): Figure {
  firstOf(rows, "power");
  demand("rows", rows, powerRows);
  const x = rows.map(({ power }) => power);
  const axis = { label: "power d", scale: "log" } as const;
  return figure({
    id: "05-powers",
    title: "Repeated squaring saves neurons for large powers, and rounding errors for all",
    description: "Neurons and errors of nets for x^d against d: one layer beside repeated squaring.",
    panels: [
      {
        title: "neurons",
        xAxis: axis,
        yAxis: { label: "hidden neurons", scale: "log" },
        series: [
          theorySeries("one layer: d + 1", 1, { x, y: x.map((power) => power + 1) }),
          measuredSeries("one layer", 1, { x, y: rows.map((row) => row.shallowNeurons) }),
          { name: "bound: 7 a doubling of d", kind: "bound", color: 2, x, y: x.map(deepPowerBound) },
          measuredSeries("repeated squaring", 2, { x, y: rows.map((row) => row.deepNeurons) }),
        ],
      },
      {
        title: "error on [−1, 1], best λ, float64",
        xAxis: axis,
        yAxis: { label: "largest error", scale: "log" },
        series: [
          {
            name: "floor ε^{2/(d+2)}",
            kind: "bound",
            color: 1,
            x,
            y: x.map((power) => roundingFloor(power, machineEpsilon.float64)),
          },
          measuredSeries("one layer", 1, { x, y: rows.map((row) => row.shallowError) }),
          measuredSeries("repeated squaring", 2, { x, y: rows.map((row) => row.deepError) }),
        ],
      },
    ],
  });
}
