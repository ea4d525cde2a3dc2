import type { PiecewiseLinearNet, PiecewiseLinearStep } from "../../nets/piecewise-linear";
import { carriedPoints, carry } from "./carried-points";
import { checkMaximum, type CountOptions, tooMany } from "./count-options";
import { polygonMesh } from "./mesh";
import { layerPatterns, type LayerPatterns } from "./patterns";
import { checkPolygon, metricOf, type Plane, type PlanePoint } from "./plane";
import { addPagedRow, pageOf, pagedRows, type PagedRows, pageShift, startOf } from "./paged-rows";
import { type SliceRegions, sliceRegions } from "./slice-regions";
import { type Splitting, splitByLayer } from "./split-by-layer";

/** Corners in homogeneous coordinates: (s, t, w). */
type Corner = readonly [s: number, t: number, w: number];

/** The inputs at homogeneous coordinates: `s u + t v + w origin`. */
function inputsAt({ origin, u, v }: Plane, corners: readonly Corner[], shift: number): PagedRows {
  const width = origin.length;
  const inputs = pagedRows(corners.length, width, shift);
  corners.forEach(([s, t, w], corner) => {
    const page = pageOf(inputs, corner);
    const start = startOf(inputs, corner);
    for (let axis = 0; axis < width; axis++) page[start + axis] = s * u[axis] + t * v[axis] + w * origin[axis];
  });
  return inputs;
}

function widestOf(steps: readonly PiecewiseLinearStep[], inputWidth: number): number {
  return steps.reduce((widest, step) => {
    if (step.kind === "residual") return Math.max(widest, widestOf(step.block, inputWidth));
    return Math.max(widest, step.kind === "affine" ? step.fanOut : step.width);
  }, inputWidth);
}

function regionsFrom(
  net: PiecewiseLinearNet,
  plane: Plane,
  places: readonly Corner[],
  corners: number,
  options: CountOptions,
): SliceRegions {
  const metric = metricOf(plane, net.inputWidth);
  const maximum = checkMaximum(options);
  const onFaces = (faces: number): void => {
    if (faces > maximum) throw tooMany(faces, maximum, "Choose a smaller window or net");
  };
  const coordinates = pagedRows(0, 3);
  for (const place of places) {
    const row = addPagedRow(coordinates);
    pageOf(coordinates, row).set(place, startOf(coordinates, row));
  }
  const shift = pageShift(widestOf(net.steps, net.inputWidth));
  const splitting: Splitting = {
    points: carriedPoints(coordinates, inputsAt(plane, places, shift)),
    mesh: polygonMesh(corners),
    anchor: places.length > corners ? corners : -1,
  };
  const { points, mesh } = splitting;
  const patterns: LayerPatterns[] = [];
  carry(points, net.steps, (_, layer) => {
    const signs = splitByLayer(splitting, layer, onFaces);
    patterns.push(layerPatterns(points.values.width, signs, mesh));
  });
  return sliceRegions({ net, plane, metric, points, mesh, patterns, anchor: splitting.anchor });
}

/**
 * The activation regions of a net in a convex polygon of a plane, exactly. A mesh of the polygon is refined neuron by neuron:
 * edges whose ends have pre-activations of opposite signs are cut, and faces split between the cuts.
 * Time is in proportion to the regions; memory too, about 8 bytes a region for each neuron of the widest layer and 400 more.
 * Throws RangeError unless the polygon's corners (s, t) are finite, convex and counter-clockwise and the plane's vectors fit
 * the net, on more regions than `maximumRegions`, and on values beyond 1e100 on the way through the net.
 */
export function regionsInPolygon(
  net: PiecewiseLinearNet,
  plane: Plane,
  polygon: readonly PlanePoint[],
  options: CountOptions = {},
): SliceRegions {
  checkPolygon(polygon);
  const corners = polygon.map(([s, t]): Corner => [s, t, 1]);
  return regionsFrom(net, plane, corners, corners.length, options);
}

/** The activation regions in the window s0 ≤ s ≤ s1, t0 ≤ t ≤ t1 of a plane: `regionsInPolygon` of its rectangle. */
export function regionsInWindow(
  net: PiecewiseLinearNet,
  plane: Plane,
  window: readonly [s0: number, s1: number, t0: number, t1: number],
  options: CountOptions = {},
): SliceRegions {
  const [s0, s1, t0, t1] = window;
  if (!(window.every(Number.isFinite) && s0 < s1 && t0 < t1)) {
    throw new RangeError(
      `A window is [s0, s1, t0, t1] with s0 < s1 and t0 < t1, finite; given [${window.join(", ")}].`,
    );
  }
  return regionsInPolygon(
    net,
    plane,
    [
      [s0, t0],
      [s1, t0],
      [s1, t1],
      [s0, t1],
    ],
    options,
  );
}

/**
 * The activation regions of a net in a whole plane, exactly, in homogeneous coordinates: the polygon's corners are four
 * directions. Errors as in `regionsInPolygon`.
 */
export function regionsInWholePlane(net: PiecewiseLinearNet, plane: Plane, options: CountOptions = {}): SliceRegions {
  const directions: Corner[] = [
    [1, 0, 0],
    [0, 1, 0],
    [-1, 0, 0],
    [0, -1, 0],
  ];
  const anchor: Corner = [0, 0, 1];
  return regionsFrom(net, plane, [...directions, anchor], directions.length, options);
}
