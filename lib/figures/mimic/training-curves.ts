import { meanOverNets, type StudentRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { consistent, demand, each, listOf, record, words } from "../../theory/demand-parts";
import { studentRows } from "../../experiments/mimic/rows";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets } from "../series";

/** Students of one target. */
export interface Arm {
  readonly name: string;
  readonly rows: readonly StudentRow[];
}

const sameSteps = consistent<readonly StudentRow[]>((rows) => {
  const steps = ({ curve }: StudentRow): string => curve.map(({ step }) => step).join(", ");
  const odd = rows.find((row) => steps(row) !== steps(rows[0]));
  return odd === undefined
    ? null
    : `were evaluated after ${steps(rows[0])} steps, but seed ${odd.seed} after ${steps(odd)}`;
});

/**
 * Validation accuracy against gradient steps: means over students, the last on all validation images, those before on as many
 * as the curves were measured on. The title names the targets whose students end highest: all that lie within two standard
 * errors of the highest mean.
 */
export function trainingCurvesFigure(arms: readonly Arm[]): Figure {
  firstOf(arms, "arm");
  demand("arms", arms, listOf(record<Arm>({ name: words, rows: each(studentRows, sameSteps) })));
  return figure({
    id: "04-training-curves",
    title: `Of the same students after as many steps, those told ${highestArms(arms)} end with the most images right`,
    description:
      "Accuracy on validation images against gradient steps, a line a target; its last point is on all images.",
    xAxis: { label: "gradient steps" },
    yAxis: { label: "validation images right, %" },
    series: arms.map(({ name, rows }, color) => {
      const { curve } = firstOf(rows, "student of each arm");
      // The accuracy before the first step is luck.
      const places = curve.map((_, place) => place).slice(1);
      const last = places[places.length - 1];
      const accuracy = (row: StudentRow, place: number): number =>
        place === last ? row.validationAccuracy : row.curve[place].accuracy;
      const values = places.map((place) => rows.map((row) => 100 * accuracy(row, place)));
      return measuredSeries(
        name,
        color,
        pointsOverNets(
          places.map((place) => curve[place].step),
          values,
        ),
        { mark: "both" },
      );
    }),
  });
}

/** Names of the arms that no other one leads by more than two standard errors of the difference. */
function highestArms(arms: readonly Arm[]): string {
  const ends = arms.map(({ rows }) => meanOverNets(rows.map(({ validationAccuracy }) => validationAccuracy)));
  const best = ends.reduce((high, end) => (end.measured > high.measured ? end : high));
  const level = arms.filter((_, arm) => {
    const lead = best.measured - ends[arm].measured;
    return lead <= 2 * Math.hypot(best.standardError, ends[arm].standardError);
  });
  return new Intl.ListFormat("en", { type: "disjunction" }).format(level.map(({ name }) => name));
}
