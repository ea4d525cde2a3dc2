import type { ProductRatio } from "../../experiments";
import { figure, type Figure } from "../../report";
import { productRows } from "../../experiments/activation-length/rows";
import { called, demand, listOf, positive, record, words } from "../../theory/demand-parts";
import { measuredSeries, theorySeries } from "../series";

/** Products of three matrices whose entries have one law. */
export interface MatrixLaw {
  /** "entries N(0, 1)", … */
  readonly name: string;
  /** The mean of the ratio. */
  readonly predicted: number;
  readonly rows: readonly ProductRatio[];
}

const drawsShown = 60;

/** "1 000 000", "579", "0.0006": whole, or one digit. */
function roughly(value: number): string {
  if (value < 1) return String(Number(value.toPrecision(1)));
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, " ");
}

/** How much random matrices multiply a squared length: single draws about the predicted means. */
export function matrixProductsFigure(laws: readonly MatrixLaw[]): Figure {
  const law = { name: words, predicted: called("the mean of the ratio", positive), rows: productRows };
  demand("laws", laws, listOf(record<MatrixLaw>(law)));
  const series = laws.flatMap(({ name, predicted, rows }, color) => {
    const shown = rows.slice(0, drawsShown);
    const draws = shown.map((_, index) => index + 1);
    return [
      theorySeries(`mean, ${name}`, color, { x: [1, shown.length], y: [predicted, predicted] }),
      measuredSeries(name, color, { x: draws, y: shown.map(({ ratio }) => ratio) }),
    ];
  });
  const factors = laws.map(({ predicted }) => `by ${roughly(predicted)}`);
  const last = factors.pop() ?? "";
  const draws = Math.min(drawsShown, ...laws.map(({ rows }) => rows.length));
  return figure({
    id: "02-matrix-products",
    title: `Three random matrices multiply a squared length ${factors.join(", ")} or ${last}, give or take a quarter`,
    description: `${draws} draws of the ratio for each law of the entries, scattered closely about its mean, on a log axis.`,
    xAxis: { label: "draw" },
    yAxis: { label: "‖K₃K₂K₁y‖² / ‖y‖²", scale: "log" },
    series,
  });
}
