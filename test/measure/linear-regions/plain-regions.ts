import type { Plane, PlanePoint } from "fathom/measure";
import type { PiecewiseLinearNet, PiecewiseLinearStep } from "fathom/nets";

/** A point: its homogeneous or plain coordinates and what the net made of it, with the values saved for residual links. */
interface Point {
  readonly at: readonly number[];
  readonly values: Float64Array;
  readonly saved: readonly Float64Array[];
}

function affine(step: PiecewiseLinearStep & { kind: "affine" }, x: Float64Array): Float64Array {
  return step.biases.map((bias, out) => {
    let sum = 0;
    for (let k = 0; k < step.fanIn; k++) sum += step.weights[out * step.fanIn + k] * x[k];
    return sum + bias;
  });
}

const mix = (a: ArrayLike<number>, b: ArrayLike<number>, fraction: number): Float64Array =>
  Float64Array.from(a, (value, k) => (1 - fraction) * value + fraction * b[k]);

/** Where a neuron is 0 between two points. */
function zeroBetween(a: Point, b: Point, neuron: number): Point {
  const fraction = a.values[neuron] / (a.values[neuron] - b.values[neuron]);
  const values = mix(a.values, b.values, fraction);
  values[neuron] = 0;
  return {
    at: [...mix(a.at, b.at, fraction)],
    values,
    saved: a.saved.map((saved, index) => mix(saved, b.saved[index], fraction)),
  };
}

/** Cells (lists of points) through the steps; `split` breaks each by a layer's neurons before they are rectified. */
function through<Cell>(
  cells: readonly Cell[],
  steps: readonly PiecewiseLinearStep[],
  onPoints: (cell: Cell, change: (point: Point) => Point) => Cell,
  split: (cell: Cell, width: number) => Cell[],
): Cell[] {
  let found = [...cells];
  const change = (changed: (point: Point) => Point): void => {
    found = found.map((cell) => onPoints(cell, changed));
  };
  for (const step of steps) {
    if (step.kind === "affine") change((point) => ({ ...point, values: affine(step, point.values) }));
    else if (step.kind === "rectifier") {
      found = found.flatMap((cell) => split(cell, step.width));
      const rectified = (value: number): number => (value > 0 ? value : step.negativeSlope * value);
      change((point) => ({ ...point, values: point.values.map(rectified) }));
    } else {
      change((point) => ({ ...point, saved: [...point.saved, point.values] }));
      found = through(found, step.block, onPoints, split);
      change(({ at, values, saved }) => {
        const before = saved[saved.length - 1];
        return { at, values: before.map((value, k) => value + step.scale * values[k]), saved: saved.slice(0, -1) };
      });
    }
  }
  return found;
}

/**
 * The breakpoints on a segment by plain loops: every point is carried through every layer, and broken at every change of
 * sign. Lines on which two neurons change at once are not its concern.
 */
export function plainBreakpoints(net: PiecewiseLinearNet, from: Float64Array, to: Float64Array): number[] {
  const line: Point[] = [from, to].map((values, t) => ({ at: [t], values, saved: [] }));
  const broken = through(
    [line],
    net.steps,
    (points, change) => points.map(change),
    (points, width) => [
      points.flatMap((a, place) => {
        if (place + 1 === points.length) return [a];
        const b = points[place + 1];
        const between: Point[] = [];
        for (let neuron = 0; neuron < width; neuron++) {
          if (a.values[neuron] * b.values[neuron] < 0) between.push(zeroBetween(a, b, neuron));
        }
        return [a, ...between.sort((one, other) => one.at[0] - other.at[0])];
      }),
    ],
  )[0];
  return broken.slice(1, -1).map(({ at }) => at[0]);
}

/** Both sides of a convex polygon where a neuron changes its sign, or the polygon. */
function halves(polygon: readonly Point[], neuron: number): Point[][] {
  const signs = polygon.map(({ values }) => (Math.abs(values[neuron]) < 1e-12 ? 0 : Math.sign(values[neuron])));
  if (!(signs.includes(1) && signs.includes(-1))) return [[...polygon]];
  return [1, -1].map((side) =>
    polygon.flatMap((point, index) => {
      const after = (index + 1) % polygon.length;
      const kept = signs[index] === -side ? [] : [point];
      return signs[index] * signs[after] < 0 ? [...kept, zeroBetween(point, polygon[after], neuron)] : kept;
    }),
  );
}

/** The areas of all regions in a polygon of a plane by plain loops: every polygon is halved by itself, neuron by neuron. */
export function plainAreas(net: PiecewiseLinearNet, { origin, u, v }: Plane, polygon: readonly PlanePoint[]): number[] {
  const corners: Point[] = polygon.map(([s, t]) => ({
    at: [s, t],
    values: origin.map((value, axis) => value + s * u[axis] + t * v[axis]),
    saved: [],
  }));
  const polygons = through(
    [corners],
    net.steps,
    (points, change) => points.map(change),
    (points, width) => {
      let parts: Point[][] = [points];
      for (let neuron = 0; neuron < width; neuron++) parts = parts.flatMap((part) => halves(part, neuron));
      return parts;
    },
  );
  return polygons.map((points) =>
    points.reduce((sum, { at: [s, t] }, index) => {
      const [nextS, nextT] = points[(index + 1) % points.length].at;
      return sum + (s * nextT - nextS * t) / 2;
    }, 0),
  );
}
