import type { SeriesSpec } from "../../report";

const sums = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

/** exp(5 Σ 1/n), above every Π (1 + 5/n), for Σ 1/n from 0 to 0.3. */
export const exponentialBound: SeriesSpec = {
  name: "exp(5 Σ 1/n)",
  kind: "bound",
  x: sums,
  y: sums.map((sum) => Math.exp(5 * sum)),
};
