import type { CircleRow, Regime } from "../../experiments";

/** The rows of a regime's widest nets, one a layer. */
export function widestRows({ measured }: Regime): readonly CircleRow[] {
  return measured.reduce((a, b) => (b.parameters.width > a.parameters.width ? b : a)).rows;
}
