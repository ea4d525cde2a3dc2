import { demandNumbers } from "../../theory/demand";
import { mean } from "../../theory/statistics/moments";

/**
 * Slope of the least-squares line through points at x, for several series of y at the same x.
 * @param series one number a place of x each
 * @throws RangeError for fewer than two places, places that are all one, or numbers that are not finite or not as many
 */
export function lineSlopes(x: readonly number[], series: readonly (readonly number[])[]): number[] {
  if (x.length < 2)
    throw new RangeError(`A slope needs at least two layers, widths or whatever lies along x; given ${x.length}.`);
  demandNumbers("x", x);
  series.forEach((y, index) => {
    if (y.length !== x.length) throw new RangeError(`series ${index} has ${y.length} values at ${x.length} places.`);
    demandNumbers(`series ${index}`, y);
  });
  const centre = mean(x);
  const spread = x.reduce((total, value) => total + (value - centre) ** 2, 0);
  if (spread === 0) throw new RangeError(`A slope needs different places; all of them are ${x[0]}.`);
  return series.map((y) => x.reduce((total, value, index) => total + ((value - centre) * y[index]) / spread, 0));
}
