import type { RegimePoint, SignalRow } from "../../experiments";
import { type MeanField, tanh } from "../../theory";

/** Inputs sent through tanh nets of one regime. */
export interface Signals extends RegimePoint {
  /** One a layer. */
  readonly rows: readonly SignalRow[];
}

/** A regime as theory takes it. */
export function meanFieldOf({ sigmaW, sigmaB }: RegimePoint): MeanField {
  return { activation: tanh, sigmaW, sigmaB };
}
