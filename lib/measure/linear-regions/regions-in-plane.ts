import { type PiecewiseLinearNet } from "../../nets/piecewise-linear";
import { carriedPoints, carry } from "./carried-points";
import { checkMaximum, type CountOptions, tooMany } from "./count-options";
import { polygonMesh } from "./mesh";
import { layerPatterns, type LayerPatterns } from "./patterns";
import { checkPolygon, metricOf, type Plane, type PlanePoint } from "./plane";
import { type Rows, zeroRows } from "./rows";
import { type SliceRegions, sliceRegions } from "./slice-regions";
import { splitByNeuron, type Splitting } from "./split-by-neuron";

/** The inputs at homogeneous coordinates (s, t, w): `s u + t v + w origin`. */
function inputsAt(plane: Plane, coordinates: Rows): Rows {
  const { origin, u, v } = plane;
  const inputs = zeroRows(coordinates.count, origin.length);
  for (let point = 0; point < coordinates.count; point++) {
    const [s, t, w] = coordinates.values.subarray(3 * point, 3 * point + 3);
    for (let axis = 0; axis < origin.length; axis++) {
      inputs.values[point * origin.length + axis] = s * u[axis] + t * v[axis] + w * origin[axis];
    }
  }
  return inputs;
}

function regionsFrom(
  net: PiecewiseLinearNet,
  plane: Plane,
  coordinates: Rows,
  corners: number,
  options: CountOptions,
): SliceRegions {
  const metric = metricOf(plane, net.inputWidth);
  const maximum = checkMaximum(options);
  const onFaces = (faces: number): void => {
    if (faces > maximum) throw tooMany(faces, maximum, "Choose a smaller window or net");
  };
  const splitting: Splitting = {
    points: carriedPoints(coordinates, inputsAt(plane, coordinates)),
    mesh: polygonMesh(corners),
    anchor: coordinates.count > corners ? corners : -1,
    signs: new Int8Array(16),
    starts: new Int32Array(16),
  };
  const { points, mesh } = splitting;
  const patterns: LayerPatterns[] = [];
  carry(points, net.steps, (_, layer) => {
    for (let neuron = 0; neuron < points.values.width; neuron++) splitByNeuron(splitting, layer, neuron, onFaces);
    patterns.push(layerPatterns(points, mesh));
  });
  return sliceRegions({ net, plane, metric, points, mesh, patterns, anchor: splitting.anchor });
}

/**
 * The activation regions of a net in a convex polygon of a plane, exactly. A mesh of the polygon is refined neuron by neuron:
 * edges whose ends have pre-activations of opposite signs are cut, and faces split between the cuts.
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
  const coordinates = zeroRows(polygon.length, 3);
  polygon.forEach(([s, t], corner) => coordinates.values.set([s, t, 1], 3 * corner));
  return regionsFrom(net, plane, coordinates, polygon.length, options);
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
  // Four directions, and the origin as the anchor.
  const values = Float64Array.of(1, 0, 0, 0, 1, 0, -1, 0, 0, 0, -1, 0, 0, 0, 1);
  return regionsFrom(net, plane, { values, width: 3, count: 5 }, 4, options);
}
