import { compare, difference, type StudentRow, type TwoWayMean } from "../../experiments";
import { figure, type Figure } from "../../report";
import { judgedNets } from "../../experiments/mimic/rows";
import { demand, listOf, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";

/** Students of one width: on labels, and on logits. */
export interface PairOfArms {
  readonly width: number;
  readonly labels: readonly StudentRow[];
  readonly mimic: readonly StudentRow[];
}

/** What logits gain over labels, and how well they are met, against width. */
export function gainByWidthFigure(pairs: readonly PairOfArms[]): Figure {
  firstOf(pairs, "width");
  const pair = { width: whole(1), labels: judgedNets, mimic: judgedNets };
  demand("pairs", pairs, listOf(record<PairOfArms>(pair)));
  const x = pairs.map(({ width }) => width);
  const gains = pairs.map(({ labels, mimic }) => difference(mimic, labels));
  const errors = pairs.map(({ mimic }) => compare([{ rows: mimic, weight: 1 }], { measure: "logit error" }));
  const points = (means: readonly TwoWayMean[]) => ({
    x,
    y: means.map(({ measured }) => measured),
    standardError: means.map(({ standardError }) => standardError),
  });
  const width = { label: "hidden units", scale: "log" } as const;
  return figure({
    id: "04-gain-by-width",
    title:
      gains[gains.length - 1].low > gains[0].high
        ? "The gain needs width: what a narrow net cannot express it cannot mimic"
        : "What logits gain over labels, and how well they are met, by width",
    description:
      "Left the accuracy on logits less that on labels, right the error of the student's logits, against width.",
    panels: [
      {
        title: "gain over labels",
        xAxis: width,
        yAxis: { label: "percentage points" },
        series: [
          { name: "no gain", kind: "guide", x: [x[0], x[x.length - 1]], y: [0, 0] },
          measuredSeries("logits less labels", 1, points(gains), { mark: "both" }),
        ],
      },
      {
        title: "distance to the teacher",
        xAxis: width,
        yAxis: { label: "squared error of a test logit" },
        series: [measuredSeries("standardised logits", 4, points(errors), { mark: "both" })],
      },
    ],
  });
}
