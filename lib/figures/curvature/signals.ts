import type { RegimePoint, SignalRow } from "../../experiments";
import { type MeanField, tanh } from "../../theory";
import { regimePoint, scales, signalRows } from "../../experiments/curvature/rows";
import { correlation, demand, each, listOf, positive, record } from "../../theory/demand-parts";

/** Inputs sent through tanh nets of one regime. */
export interface Signals extends RegimePoint {
  /** One a layer. */
  readonly rows: readonly SignalRow[];
}

/**
 * What a figure of signals is given.
 * @throws TypeError, RangeError for nets, starts or rows that are none, or rows of other starts
 */
export function demandSignals(
  name: string,
  nets: readonly Pick<Signals, "sigmaW" | "sigmaB" | "rows">[],
  starts: readonly number[],
  { quantity, named }: { readonly quantity: "squaredLength" | "correlation"; readonly named: boolean },
): void {
  demand("starts", starts, listOf(quantity === "correlation" ? correlation : positive));
  const rows = record<Signals>({ rows: signalRows(quantity, starts.length) });
  demand(name, nets, listOf(each(named ? regimePoint : scales, rows)));
}

/** A regime as theory takes it. */
export function meanFieldOf({ sigmaW, sigmaB }: RegimePoint): MeanField {
  return { activation: tanh, sigmaW, sigmaB };
}
