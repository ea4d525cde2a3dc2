import { meanOverNets } from "../experiments";
import type { SeriesSpec, Values } from "../report";

/** How a series differs from a plain one of its kind. */
export type Look = Partial<Pick<SeriesSpec, "inLegend" | "mark" | "shade">>;

/** Points along a line. */
export interface Line {
  readonly x: Values;
  readonly y: Values;
}

/** Measured points: with a standard error of y, or an interval about it. */
export interface MeasuredPoints extends Line {
  readonly standardError?: Values;
  readonly low?: Values;
  readonly high?: Values;
}

/** What theory says: a line. `color` counts in the palette, see `SeriesSpec`. */
export function theorySeries(name: string, color: number, { x, y }: Line, look: Look = {}): SeriesSpec {
  return { name, kind: "theory", color, x, y, ...look };
}

/** What was measured: points with their error bars. `color` counts in the palette, see `SeriesSpec`. */
export function measuredSeries(name: string, color: number, points: MeasuredPoints, look: Look = {}): SeriesSpec {
  return { name, kind: "measurement", color, ...points, ...look };
}

/**
 * Means over nets with their standard errors.
 * @param values for each x, one number a net
 * @throws RangeError for fewer than two nets at some x
 */
export function pointsOverNets(x: Values, values: readonly (readonly number[])[]): MeasuredPoints {
  const means = values.map((ofNets) => meanOverNets(ofNets));
  const [y, standardError] = [means.map((mean) => mean.measured), means.map((mean) => mean.standardError)];
  return { x, y, standardError };
}
