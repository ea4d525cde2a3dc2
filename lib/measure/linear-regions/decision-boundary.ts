import type { SliceRegions } from "./slice-regions";

/** A decision boundary in a slice, a segment a face that it crosses. */
export interface DecisionBoundary {
  /** `[segments, 4]`: (s, t) of both ends. */
  readonly segments: Float64Array;
  /** By segment: a face that it lies in. */
  readonly faces: Int32Array;
  /** By segment: the two outputs that are equal and largest; (0, −1) where the net has one output, which is 0. */
  readonly classes: Int32Array;
  /** Their total length in input space. */
  readonly length: number;
}

/** A corner of a face or a point between two: (s, t) and the net's outputs. */
type Place = readonly number[];

const between = (a: Place, b: Place, fraction: number): Place =>
  a.map((value, index) => (1 - fraction) * value + fraction * b[index]);

/** The segment on which `height` is 0 in a convex polygon; `height` is affine. Undefined where it only touches. */
function zeroSegment(polygon: readonly Place[], height: (place: Place) => number): [Place, Place] | undefined {
  const heights = polygon.map(height);
  const ends: Place[] = [];
  polygon.forEach((place, index) => {
    const after = (index + 1) % polygon.length;
    const [own, next] = [heights[index], heights[after]];
    if (own === 0) ends.push(place);
    else if ((own < 0 && next > 0) || (own > 0 && next < 0))
      ends.push(between(place, polygon[after], own / (own - next)));
  });
  // Three zeros or more in a row lie on one edge, or the whole polygon is 0.
  if (ends.length < 2 || heights.every((value) => value === 0)) return undefined;
  return [ends[0], ends[ends.length - 1]];
}

/** The part of a segment on which `height` ≥ 0, or undefined where that is at most a point. */
function clipped([a, b]: readonly [Place, Place], height: (place: Place) => number): [Place, Place] | undefined {
  const [atA, atB] = [height(a), height(b)];
  if (atA >= 0 && atB >= 0) return [a, b];
  if (atA <= 0 && atB <= 0) return undefined;
  const cut = between(a, b, atA / (atA - atB));
  return atA < 0 ? [cut, b] : [a, cut];
}

/** Where two outputs are equal and no other is larger, in one face; or where the only output is 0. */
function boundaryInFace(
  polygon: readonly Place[],
  outputs: number,
): { ends: [Place, Place]; classes: [number, number] }[] {
  if (outputs === 1) {
    const ends = zeroSegment(polygon, (place) => place[2]);
    return ends === undefined ? [] : [{ ends, classes: [0, -1] }];
  }
  const largest = (index: number): boolean =>
    polygon.every((place) => place.every((value, at) => at < 2 || at === index + 2 || value < place[index + 2]));
  const first = polygon[0].slice(2);
  if (largest(first.indexOf(Math.max(...first)))) return [];
  const found: { ends: [Place, Place]; classes: [number, number] }[] = [];
  for (let one = 0; one < outputs; one++) {
    for (let other = one + 1; other < outputs; other++) {
      let ends = zeroSegment(polygon, (place) => place[one + 2] - place[other + 2]);
      for (let third = 0; third < outputs && ends !== undefined; third++) {
        if (third !== one && third !== other) ends = clipped(ends, (place) => place[one + 2] - place[third + 2]);
      }
      if (ends !== undefined) found.push({ ends, classes: [one, other] });
    }
  }
  return found;
}

/** The decision boundary of a bounded slice. A segment that is an edge of two faces is taken once. */
export function decisionBoundaryOf(slice: SliceRegions): DecisionBoundary {
  const outputs = slice.net.outputWidth;
  const { uu, uv, vv } = slice.metric;
  const segments: number[] = [];
  const faces: number[] = [];
  const classes: number[] = [];
  const alongEdges = new Set<string>();
  let length = 0;
  for (let face = 0; face < slice.faces; face++) {
    const corners = Array.from(slice.corners.subarray(slice.offsets[face], slice.offsets[face + 1]));
    const polygon = slice
      .polygon(face)
      .map((place, index) => [
        ...place,
        ...slice.outputs.subarray(corners[index] * outputs, (corners[index] + 1) * outputs),
      ]);
    for (const { ends, classes: pair } of boundaryInFace(polygon, outputs)) {
      const [a, b] = ends.map((end) => polygon.indexOf(end as number[]));
      if (a >= 0 && b >= 0) {
        const name = [...[corners[a], corners[b]].sort((x, y) => x - y), ...pair].join();
        if (alongEdges.has(name)) continue;
        alongEdges.add(name);
      }
      const [ds, dt] = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
      const own = Math.sqrt(uu * ds * ds + 2 * uv * ds * dt + vv * dt * dt);
      if (!(own > 0)) continue;
      segments.push(ends[0][0], ends[0][1], ends[1][0], ends[1][1]);
      faces.push(face);
      classes.push(...pair);
      length += own;
    }
  }
  return {
    segments: Float64Array.from(segments),
    faces: Int32Array.from(faces),
    classes: Int32Array.from(classes),
    length,
  };
}
