import { accuracyOf, type StudentRow } from "../../experiments";
import { studentRows } from "../../experiments/mimic/rows";
import { type Demand, listOf, record, whole, words } from "../../theory/demand-parts";

/** Students of one shape and one target, several widths. */
export interface StudentFamily {
  readonly name: string;
  /** The rows of each width. */
  readonly byWidth: readonly { readonly width: number; readonly rows: readonly StudentRow[] }[];
}

export const studentFamily: Demand = record<StudentFamily>({
  name: words,
  byWidth: listOf(record<StudentFamily["byWidth"][number]>({ width: whole(1), rows: studentRows })),
});

/** Mean accuracy and its standard error, in per cent, a lot of rows a point. */
export function accuracyPoints(lots: readonly (readonly StudentRow[])[]): { y: number[]; standardError: number[] } {
  const means = lots.map((rows) => accuracyOf(rows));
  return { y: means.map(({ measured }) => measured), standardError: means.map((mean) => mean.standardError) };
}
