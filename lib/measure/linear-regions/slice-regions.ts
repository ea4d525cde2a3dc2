import type { PiecewiseLinearNet } from "../../nets/piecewise-linear";
import { type AffineMap, affineMapOf } from "./affine-map";
import type { CarriedPoints } from "./carried-points";
import { type DecisionBoundary, decisionBoundaryOf } from "./decision-boundary";
import type { Mesh } from "./mesh";
import { type LayerPatterns, patternOf } from "./patterns";
import { allRows, pageOf, startOf } from "./paged-rows";
import type { Metric, Plane, PlanePoint } from "./plane";
import { restrictedNet } from "./restricted-net";

/**
 * The activation regions of a net in a part of a plane. Lengths and areas are measured in input space; where u and v are
 * orthonormal these are lengths and areas in (s, t).
 */
export interface SliceRegions {
  readonly net: PiecewiseLinearNet;
  readonly plane: Plane;
  readonly metric: Metric;
  /** The number of regions: of faces. */
  readonly count: number;
  /** V, E and F of the mesh: V − E + F = 1. Of a whole plane, V counts vertices at infinity and a point on endless lines. */
  readonly vertices: number;
  readonly edges: number;
  readonly faces: number;
  /** By point: (s, t) `[points, 2]`; a direction where `finite` is 0. All points but at most one are vertices. */
  readonly coordinates: Float64Array;
  readonly finite: Uint8Array;
  /** The net's outputs there, `[points, outputWidth]`; at infinity the derivative along the direction. */
  readonly outputs: Float64Array;
  /** Face f has the corners `corners[offsets[f] … offsets[f + 1])`, counter-clockwise: numbers of points. */
  readonly offsets: Int32Array;
  readonly corners: Int32Array;
  /** By edge: its two points, the faces to its left and right (−1 outside), and the layer and neuron (−1 on the rim). */
  readonly edgePoints: Int32Array;
  readonly edgeFaces: Int32Array;
  readonly edgeLayer: Int32Array;
  readonly edgeNeuron: Int32Array;
  /** By face; infinite where a face is unbounded. */
  readonly areas: Float64Array;
  readonly totalArea: number;
  /** The total length of the boundaries between regions, the polygon's own rim not counted; and of each layer's. */
  readonly boundaryLength: number;
  readonly boundaryLengthPerLayer: number[];
  /** A face's corners (s, t), counter-clockwise. Throws RangeError on an unbounded face, or where there is no such face. */
  polygon(face: number): PlanePoint[];
  /** 1 where a neuron is positive inside the face, `[hiddenNeurons]`. */
  pattern(face: number): Uint8Array;
  /** The net on the face as a map of inputs: Jacobian `[outputWidth, inputWidth]`. */
  affineMap(face: number): AffineMap;
  /** The net on the face as a map of (s, t): Jacobian `[outputWidth, 2]`. */
  planeMap(face: number): AffineMap;
  /**
   * Where one output is 0, or where the largest of several outputs changes. Throws RangeError on unbounded faces.
   */
  decisionBoundary(): DecisionBoundary;
}

/** What the walk through the net leaves behind. */
export interface SplitPlane {
  readonly net: PiecewiseLinearNet;
  readonly plane: Plane;
  readonly metric: Metric;
  readonly points: CarriedPoints;
  readonly mesh: Mesh;
  readonly patterns: readonly LayerPatterns[];
  /** A point that is no vertex, or −1. */
  readonly anchor: number;
}

function cornersOf(mesh: Mesh): { offsets: Int32Array; corners: Int32Array } {
  const offsets = new Int32Array(mesh.faces + 1);
  const corners = new Int32Array(2 * mesh.edges);
  let count = 0;
  for (let face = 0; face < mesh.faces; face++) {
    const first = mesh.firstHalfEdge[face];
    let half = first;
    do {
      corners[count++] = mesh.origin[half];
      half = mesh.next[half];
    } while (half !== first);
    offsets[face + 1] = count;
  }
  return { offsets, corners: corners.slice(0, count) };
}

/** By face, the area by the shoelace formula about its first corner, in input space. */
function areasOf(
  { offsets, corners }: { offsets: Int32Array; corners: Int32Array },
  coordinates: Float64Array,
  finite: Uint8Array,
  scale: number,
): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, face) => {
    const [begin, end] = [offsets[face], offsets[face + 1]];
    const [s0, t0] = [coordinates[2 * corners[begin]], coordinates[2 * corners[begin] + 1]];
    let twice = 0;
    for (let place = begin; place < end; place++) {
      const [a, b] = [corners[place], corners[place + 1 < end ? place + 1 : begin]];
      if (finite[a] === 0) return Infinity;
      twice +=
        (coordinates[2 * a] - s0) * (coordinates[2 * b + 1] - t0) -
        (coordinates[2 * b] - s0) * (coordinates[2 * a + 1] - t0);
    }
    return (scale * twice) / 2;
  });
}

/** The length of each layer's boundaries, in input space. */
function boundaryLengths(
  mesh: Mesh,
  layers: number,
  coordinates: Float64Array,
  finite: Uint8Array,
  { uu, uv, vv }: Metric,
): number[] {
  const lengths = new Array<number>(layers).fill(0);
  for (let edge = 0; edge < mesh.edges; edge++) {
    const layer = mesh.layer[edge];
    if (layer < 0) continue;
    const [a, b] = [mesh.origin[2 * edge], mesh.origin[2 * edge + 1]];
    const ds = coordinates[2 * b] - coordinates[2 * a];
    const dt = coordinates[2 * b + 1] - coordinates[2 * a + 1];
    lengths[layer] += finite[a] * finite[b] ? Math.sqrt(uu * ds * ds + 2 * uv * ds * dt + vv * dt * dt) : Infinity;
  }
  return lengths;
}

/** The regions of a plane that has been split by every neuron. */
export function sliceRegions(split: SplitPlane): SliceRegions {
  const { net, plane, metric, points, mesh, patterns, anchor } = split;
  const { count } = points.values;
  const coordinates = new Float64Array(2 * count);
  const finite = new Uint8Array(count);
  for (let point = 0; point < count; point++) {
    const page = pageOf(points.coordinates, point);
    const at = startOf(points.coordinates, point);
    coordinates[2 * point] = page[at];
    coordinates[2 * point + 1] = page[at + 1];
    finite[point] = page[at + 2] === 0 ? 0 : 1;
  }
  const { offsets, corners } = cornersOf(mesh);
  const areas = areasOf({ offsets, corners }, coordinates, finite, metric.area);
  const boundaryLengthPerLayer = boundaryLengths(mesh, patterns.length, coordinates, finite, metric);
  const checkFace = (face: number): void => {
    if (!(Number.isSafeInteger(face) && face >= 0 && face < mesh.faces)) {
      throw new RangeError(`Faces are numbered from 0 to ${mesh.faces - 1}; given ${face}.`);
    }
  };
  const pattern = (face: number): Uint8Array => {
    checkFace(face);
    return patternOf(patterns, mesh.parent, face);
  };
  // Saves a wide first layer for every face.
  let restricted: PiecewiseLinearNet | undefined;
  const slice: SliceRegions = {
    net,
    plane,
    metric,
    count: mesh.faces,
    vertices: anchor < 0 ? count : count - 1,
    edges: mesh.edges,
    faces: mesh.faces,
    coordinates,
    finite,
    outputs: allRows(points.values),
    offsets,
    corners,
    edgePoints: mesh.origin.slice(0, 2 * mesh.edges),
    edgeFaces: mesh.face.slice(0, 2 * mesh.edges),
    edgeLayer: mesh.layer.slice(0, mesh.edges),
    edgeNeuron: mesh.neuron.slice(0, mesh.edges),
    areas,
    totalArea: areas.reduce((sum, area) => sum + area, 0),
    boundaryLength: boundaryLengthPerLayer.reduce((sum, length) => sum + length, 0),
    boundaryLengthPerLayer,
    polygon(face) {
      checkFace(face);
      if (areas[face] === Infinity)
        throw new RangeError(`Face ${face} is unbounded and has no polygon; count in a window.`);
      return Array.from(corners.subarray(offsets[face], offsets[face + 1]), (point) => [
        coordinates[2 * point],
        coordinates[2 * point + 1],
      ]);
    },
    pattern,
    affineMap: (face) => affineMapOf(net, pattern(face)),
    planeMap: (face) => affineMapOf((restricted ??= restrictedNet(net, plane)), pattern(face)),
    decisionBoundary: () => decisionBoundaryOf(slice),
  };
  return slice;
}
