import { checkPoint } from "../../nets/piecewise-linear/piecewise-linear-net";

/** A plane in input space: `input = origin + s u + t v`, each `[inputWidth]`; u and v need not be orthonormal. */
export interface Plane {
  readonly origin: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** A point of a plane: (s, t). */
export type PlanePoint = readonly [number, number];

/** The plane of a net with two inputs: s and t are the inputs. */
export const inputPlane: Plane = {
  origin: Float64Array.of(0, 0),
  u: Float64Array.of(1, 0),
  v: Float64Array.of(0, 1),
};

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, axis) => sum + value * b[axis], 0);
}

/** Inner products of a plane's directions: lengths in input space are √(uu ds² + 2 uv ds dt + vv dt²). */
export interface Metric {
  readonly uu: number;
  readonly uv: number;
  readonly vv: number;
  /** What an area in (s, t) is in input space. */
  readonly area: number;
}

/**
 * The plane's metric.
 * Throws RangeError where a vector has another length than `inputWidth`, is not finite, or u and v are linearly dependent.
 */
export function metricOf(plane: Plane, inputWidth: number): Metric {
  checkPoint(plane.origin, inputWidth, "the plane's origin");
  checkPoint(plane.u, inputWidth, "the plane's u");
  checkPoint(plane.v, inputWidth, "the plane's v");
  const [uu, uv, vv] = [dot(plane.u, plane.u), dot(plane.u, plane.v), dot(plane.v, plane.v)];
  if (!(uu > 0 && vv > 0)) throw new RangeError("A plane's directions u and v are not zero; one of them is.");
  // The part of v that is orthogonal to u, which keeps its digits where u and v are nearly parallel.
  const rest = plane.v.map((value, axis) => value - (uv / uu) * plane.u[axis]);
  const height = Math.sqrt(dot(rest, rest));
  if (!(height > 1e-12 * Math.sqrt(vv))) {
    throw new RangeError("A plane's directions u and v are linearly independent; these are parallel.");
  }
  return { uu, uv, vv, area: Math.sqrt(uu) * height };
}

/** A plane through three inputs with orthonormal u and v, and where the three lie in it, counter-clockwise. */
export interface PlaneThroughPoints {
  readonly plane: Plane;
  readonly corners: readonly [PlanePoint, PlanePoint, PlanePoint];
}

/**
 * The plane through three points: its origin is `a`, and u points to `b`.
 * Throws RangeError where the three lie on one line, or have different lengths.
 */
export function planeThroughPoints(a: Float64Array, b: Float64Array, c: Float64Array): PlaneThroughPoints {
  const [toB, toC] = [b, c].map((point, index) => {
    checkPoint(point, a.length, `point ${index + 1}`);
    return point.map((value, axis) => value - a[axis]);
  });
  const { uu, uv, area } = metricOf({ origin: a, u: toB, v: toC }, a.length);
  const width = Math.sqrt(uu);
  const height = area / width;
  const u = toB.map((value) => value / width);
  const v = toC.map((value, axis) => (value - (uv / width) * u[axis]) / height);
  return {
    plane: { origin: a, u, v },
    corners: [
      [0, 0],
      [width, 0],
      [uv / width, height],
    ],
  };
}

/**
 * Throws RangeError unless `polygon` is convex and counter-clockwise, of three or more distinct finite corners and of an
 * area that is not 0. Corners may lie on a straight edge.
 */
export function checkPolygon(polygon: readonly PlanePoint[]): void {
  if (polygon.length < 3) throw new RangeError(`A polygon has at least three corners; given ${polygon.length}.`);
  polygon.forEach(([s, t], index) => {
    if (!(Number.isFinite(s) && Number.isFinite(t))) {
      throw new RangeError(`The polygon's corner ${index} is (${s}, ${t}); corners are finite.`);
    }
  });
  const area = polygon.reduce((sum, [s, t], index) => {
    const [nextS, nextT] = polygon[(index + 1) % polygon.length];
    return sum + (s - polygon[0][0]) * (nextT - polygon[0][1]) - (nextS - polygon[0][0]) * (t - polygon[0][1]);
  }, 0);
  if (!(area > 0)) {
    throw new RangeError(
      area < 0
        ? "The polygon's corners run clockwise; give them counter-clockwise (reverse the list)."
        : "The polygon has no area.",
    );
  }
  let turning = 0;
  polygon.forEach(([s, t], index) => {
    const next = (index + 1) % polygon.length;
    const [ds, dt] = [polygon[next][0] - s, polygon[next][1] - t];
    const length = Math.hypot(ds, dt);
    if (length === 0) throw new RangeError(`The polygon's corners ${index} and ${next} are equal; leave one out.`);
    const [afterS, afterT] = polygon[(index + 2) % polygon.length];
    const [es, et] = [afterS - polygon[next][0], afterT - polygon[next][1]];
    const turn = Math.atan2(ds * et - dt * es, ds * es + dt * et);
    if (turn < -1e-12) throw new RangeError(`The polygon is not convex: it turns right at corner ${next}.`);
    turning += turn;
  });
  if (turning > 3 * Math.PI)
    throw new RangeError("The polygon is not convex: its edges cross or go round more than once.");
}
