import { entryKurtosisAgainstSum, secondMomentAgainstSum, theoryAgainstSum } from "../../experiments";
import type { LengthStatistics } from "../../measure";
import { figure, type Figure } from "../../report";
import { secondMomentRatio } from "../../theory";
import { lengthRows } from "../../experiments/activation-length/rows";
import { demand, listOf, record, widths, words } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";
import { exponentialBound } from "./exponential-bound";

/** Gradients of He nets of one shape. */
export interface GradientsOfShape {
  readonly name: string;
  readonly hiddenWidths: readonly number[];
  /** ‖Jv‖²/n, a row a layer, the input's first. */
  readonly vector: readonly LengthStatistics[];
  /** One Jacobian entry of nets of 1, 2, … of the hidden layers; the entry's row is the last of each. */
  readonly entries: readonly (readonly LengthStatistics[])[];
}

/**
 * The spread of gradients against Σ 1/n, on the activations' curve.
 * @param shapes the first of constant width, whose theory is the line
 */
export function gradientSpreadFigure(shapes: readonly GradientsOfShape[]): Figure {
  const { hiddenWidths: constant } = firstOf(shapes, "shape");
  const shape = { name: words, hiddenWidths: widths, vector: lengthRows, entries: listOf(lengthRows) };
  demand("shapes", shapes, listOf(record<GradientsOfShape>(shape)));
  return figure({
    id: "02-gradient-spread",
    title: "Gradients spread exactly as activations do, biases or not",
    description:
      "Second moment of the squared length of Jv and a third of the kurtosis of a Jacobian entry against Σ 1/n, " +
      `for ${shapes.length} shapes, on the activations' curve.`,
    xAxis: { label: "Σ 1/n_l", range: [0, 0.22] },
    yAxis: { label: "E[(‖Jv‖²/n)²], kurtosis of J / 3", range: [0.9, 3.2] },
    series: [
      exponentialBound,
      theorySeries(`Π (1 + 5/n), n = ${constant[0]}`, 0, theoryAgainstSum(constant, secondMomentRatio)),
      ...shapes.flatMap(({ name, hiddenWidths, vector, entries }, index) => [
        measuredSeries(`‖Jv‖², ${name}`, index, secondMomentAgainstSum(vector, hiddenWidths)),
        measuredSeries(`entry of J, ${name}`, index + shapes.length, entryKurtosisAgainstSum(entries, hiddenWidths)),
      ]),
    ],
  });
}
