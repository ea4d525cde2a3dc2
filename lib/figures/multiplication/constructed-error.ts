import { type ConstructedError, errorSlope } from "../../experiments";
import type { Precision } from "../../nets";
import { figure, type Figure, type PanelSpec, type SeriesSpec } from "../../report";
import { machineEpsilon, roundingFloor } from "../../theory";
import { constructedErrors } from "../../experiments/multiplication/rows";
import { demand, listOf, oneOf, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** One product at several λ, in one precision. */
export interface ConstructedRun {
  readonly inputs: number;
  readonly precision: Precision;
  readonly rows: readonly ConstructedError[];
}

/** λ from which on rounding, and up to which the next order, leave the slope alone. */
function slopeRange(inputs: number, precision: Precision): [from: number, to: number] {
  return [10 * machineEpsilon[precision] ** (1 / (inputs + 2)), 0.1 + 1e-9];
}

/**
 * Relative error of the one-layer construction against λ, float64 beside float32: λ² on the right, rounding on the left. Slopes
 * of ln error on ln λ are fitted where neither rounding nor the next order counts, and told in the panels' titles; none in
 * float32, which has no such λ.
 */
export function constructedErrorFigure(runs: readonly ConstructedRun[]): Figure {
  const run = { inputs: whole(2), precision: oneOf("float64", "float32"), rows: constructedErrors };
  demand("runs", runs, listOf(record<ConstructedRun>(run)));
  const panel = (precision: Precision): PanelSpec => {
    const shown = runs.filter((run) => run.precision === precision);
    firstOf(shown, `run in ${precision}`);
    const series = shown.flatMap(({ inputs, rows }, color): SeriesSpec[] => {
      // Below this rounding has grown past any use, and the picture would be all of it.
      const seen = rows.filter(({ error }) => error > 0 && error < 10);
      const x = seen.map(({ lambda }) => lambda);
      const floor = roundingFloor(inputs, machineEpsilon[precision]);
      return [
        theorySeries(`n = ${inputs}, leading error`, color, { x, y: seen.map(({ predicted }) => predicted) }),
        measuredSeries(`n = ${inputs}, net`, color, { x, y: seen.map(({ error }) => error) }),
        { name: "floor ε^{2/(n+2)}", kind: "bound", color, x: [x[0], x[x.length - 1]], y: [floor, floor] },
      ];
    });
    const slopes = shown.flatMap(({ inputs, rows }) => {
      const [from, to] = slopeRange(inputs, precision);
      const fitted = rows.filter(({ lambda }) => lambda >= from && lambda <= to).length;
      return fitted < 3 ? [] : [errorSlope(rows, from, to).toFixed(3)];
    });
    return {
      title: slopes.length === 0 ? precision : `${precision}: fitted slopes ${slopes.join(", ")}`,
      xAxis: { label: "scale λ of the weights", scale: "log", range: [1e-5, 1.3] },
      yAxis: { label: "relative error of the product", scale: "log", range: [1e-9, 10] },
      series,
    };
  };
  return figure({
    id: "05-constructed-error",
    title: "The constructed net errs by λ², until rounding takes over",
    description: "Root mean square relative error of one-layer products against λ, in float64 and float32.",
    panels: [panel("float64"), panel("float32")],
  });
}
