import type { PiecewiseLinearNet, PiecewiseLinearStep } from "fathom/nets";
import type { Plane, PlanePoint } from "fathom/measure";

/** An affine function of the coordinates: their coefficients, then the constant. */
type Affine = readonly number[];

/** A convex set that can be cut by half-spaces; `clip` gives undefined where no interior is left. */
interface Domain {
  clip(height: Affine, sign: 1 | -1): Domain | undefined;
}

class Interval implements Domain {
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}

  clip([slope, constant]: Affine, sign: 1 | -1): Interval | undefined {
    const [atFrom, atTo] = [this.from, this.to].map((t) => sign * (slope * t + constant));
    const cut = -constant / slope;
    const rest = new Interval(atFrom < 0 ? cut : this.from, atTo < 0 ? cut : this.to);
    return Math.max(atFrom, atTo) > 1e-10 && rest.to - rest.from > 1e-10 ? rest : undefined;
  }
}

class Polygon implements Domain {
  constructor(readonly corners: readonly PlanePoint[]) {}

  clip([ofS, ofT, constant]: Affine, sign: 1 | -1): Polygon | undefined {
    const heights = this.corners.map(([s, t]) => sign * (ofS * s + ofT * t + constant));
    if (!(Math.max(...heights) > 1e-10)) return undefined;
    const kept: PlanePoint[] = [];
    this.corners.forEach((corner, index) => {
      const after = (index + 1) % this.corners.length;
      if (heights[index] >= 0) kept.push(corner);
      if (heights[index] >= 0 !== heights[after] >= 0) {
        const fraction = heights[index] / (heights[index] - heights[after]);
        kept.push([0, 1].map((axis) => corner[axis] + fraction * (this.corners[after][axis] - corner[axis])) as never);
      }
    });
    const rest = new Polygon(kept);
    return rest.area() > 1e-10 ? rest : undefined;
  }

  area(): number {
    const twice = this.corners.reduce((sum, [s, t], index) => {
      const [nextS, nextT] = this.corners[(index + 1) % this.corners.length];
      return sum + s * nextT - nextS * t;
    }, 0);
    return twice / 2;
  }
}

/** Calls `found` with every activation pattern that has interior in `domain`, trying both signs of every neuron in turn. */
function enumerate(
  net: PiecewiseLinearNet,
  inputs: readonly Affine[],
  domain: Domain,
  found: (pattern: string) => void,
): void {
  type Continue = (rows: readonly Affine[], domain: Domain, pattern: string) => void;
  function walk(
    steps: readonly PiecewiseLinearStep[],
    rows: readonly Affine[],
    where: Domain,
    pattern: string,
    then: Continue,
  ): void {
    const [step, ...rest] = steps;
    if (step === undefined) return then(rows, where, pattern);
    if (step.kind === "affine") {
      const next = Array.from(step.biases, (bias, out) =>
        rows[0].map((_, column) =>
          rows.reduce(
            (sum, row, k) => sum + step.weights[out * step.fanIn + k] * row[column],
            column === rows[0].length - 1 ? bias : 0,
          ),
        ),
      );
      return walk(rest, next, where, pattern, then);
    }
    if (step.kind === "residual") {
      return walk(step.block, rows, where, pattern, (added, left, bits) =>
        walk(
          rest,
          rows.map((row, unit) => row.map((value, column) => value + step.scale * added[unit][column])),
          left,
          bits,
          then,
        ),
      );
    }
    const rectify = (unit: number, done: readonly Affine[], left: Domain, bits: string): void => {
      if (unit === step.width) return walk(rest, done, left, bits, then);
      const row = rows[unit];
      const positive = left.clip(row, 1);
      if (positive !== undefined) rectify(unit + 1, [...done, row], positive, `${bits}1`);
      const inactive = row.map((value) => step.negativeSlope * value);
      // What is nowhere positive is inactive everywhere, also where it is 0.
      const negative = positive === undefined ? left : left.clip(row, -1);
      if (negative !== undefined) rectify(unit + 1, [...done, inactive], negative, `${bits}0`);
    };
    rectify(0, [], where, pattern);
  }
  walk(net.steps, inputs, domain, "", (_, __, pattern) => found(pattern));
}

/** Every activation pattern along `from + t (to − from)`, 0 ≤ t ≤ 1. */
export function patternsOnSegment(net: PiecewiseLinearNet, from: Float64Array, to: Float64Array): string[] {
  const patterns: string[] = [];
  const inputs = Array.from(from, (value, axis) => [to[axis] - value, value]);
  enumerate(net, inputs, new Interval(0, 1), (pattern) => patterns.push(pattern));
  return patterns;
}

/** Every activation pattern in a polygon of a plane, each with its area in (s, t). */
export function patternsInPolygon(
  net: PiecewiseLinearNet,
  { origin, u, v }: Plane,
  polygon: readonly PlanePoint[],
): string[] {
  const patterns: string[] = [];
  const inputs = Array.from(origin, (value, axis) => [u[axis], v[axis], value]);
  enumerate(net, inputs, new Polygon(polygon), (pattern) => patterns.push(pattern));
  return patterns;
}
