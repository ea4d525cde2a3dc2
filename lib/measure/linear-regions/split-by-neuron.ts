import { appendCrossing, type CarriedPoints, homogeneous } from "./carried-points";
import { cutEdge, type Mesh, splitFace } from "./mesh";
import { withRoom } from "./rows";
import { writeSigns } from "./signs";

/** What splitting needs from call to call. */
export interface Splitting {
  readonly points: CarriedPoints;
  readonly mesh: Mesh;
  /**
   * A point inside the first face, no vertex of the mesh, or −1: of a whole plane, all of whose corners lie at infinity, it
   * says where the plane is.
   */
  anchor: number;
  /** By point: the sign of the neuron at hand. */
  signs: Int8Array;
  /** Half-edges at which a split may start; room that is used again. */
  starts: Int32Array;
}

function appendZero(splitting: Splitting, a: number, b: number, neuron: number): number {
  const point = appendCrossing(splitting.points, a, b, neuron);
  if (point >= splitting.signs.length) splitting.signs = withRoom(splitting.signs, point + 1);
  splitting.signs[point] = 0;
  return point;
}

/** Cuts every edge whose ends differ in sign; returns how many half-edges lead from a zero to a positive vertex. */
function cutEdges(splitting: Splitting, neuron: number): number {
  const { mesh } = splitting;
  let found = 0;
  const edges = mesh.edges;
  for (let edge = 0; edge < edges; edge++) {
    const a = mesh.origin[2 * edge];
    const b = mesh.origin[2 * edge + 1];
    const signA = splitting.signs[a];
    const signB = splitting.signs[b];
    if (signA === signB) continue;
    let start: number;
    if (signA + signB === 0) {
      const added = cutEdge(mesh, edge, appendZero(splitting, a, b, neuron));
      start = signA < 0 ? 2 * added : 2 * edge + 1;
    } else {
      if (signA + signB < 0) continue;
      start = signA === 0 ? 2 * edge : 2 * edge + 1;
    }
    if (found === splitting.starts.length) splitting.starts = withRoom(splitting.starts, found + 1);
    splitting.starts[found++] = start;
  }
  return found;
}

/** The half-edge at which the chord from `start` ends, or −1 where the face has only one sign. */
function chordEnd({ mesh, signs }: Splitting, start: number): number {
  const { next, previous, origin } = mesh;
  let before = previous[start];
  while (signs[origin[before]] === 0) before = previous[before];
  if (signs[origin[before]] > 0) return -1;
  // The first zero that is followed, perhaps after more zeros, by a negative vertex.
  let end = next[start];
  for (;;) {
    while (signs[origin[end]] !== 0) end = next[end];
    let after = next[end];
    while (signs[origin[after]] === 0) after = next[after];
    if (signs[origin[after]] < 0) return end;
    end = after;
  }
}

/**
 * A point in the middle of a chord both of whose ends lie at infinity: between a vertex of the face of either sign, one of
 * which is no direction, or the anchor where all corners are directions.
 */
function middleOfLine(splitting: Splitting, face: number, neuron: number): number {
  const { mesh, points, signs, anchor } = splitting;
  const first = mesh.firstHalfEdge[face];
  const witness = [-1, -1];
  let half = first;
  do {
    const vertex = mesh.origin[half];
    const side = signs[vertex] > 0 ? 1 : 0;
    if (signs[vertex] !== 0 && (witness[side] < 0 || homogeneous(points, vertex) !== 0)) witness[side] = vertex;
    half = mesh.next[half];
  } while (half !== first);
  if (homogeneous(points, witness[0]) === 0 && homogeneous(points, witness[1]) === 0) {
    if (signs[anchor] === 0) {
      splitting.anchor = -1;
      return anchor;
    }
    witness[signs[anchor] > 0 ? 1 : 0] = anchor;
  }
  return appendZero(splitting, witness[0], witness[1], neuron);
}

/**
 * Splits every face on which the neuron's pre-activation has both signs along its zero set. `onFaces` is called with
 * the number of faces after every split, and may throw.
 */
export function splitByNeuron(
  splitting: Splitting,
  layer: number,
  neuron: number,
  onFaces: (faces: number) => void,
): void {
  const { mesh, points } = splitting;
  splitting.signs = withRoom(splitting.signs, points.values.count);
  if (!writeSigns(points, neuron, splitting.signs)) return;
  const starts = cutEdges(splitting, neuron);
  for (let index = 0; index < starts; index++) {
    const start = splitting.starts[index];
    const face = mesh.face[start];
    if (face < 0) continue;
    const end = chordEnd(splitting, start);
    if (end < 0) continue;
    const [from, to] = [mesh.origin[start], mesh.origin[end]];
    const endless = homogeneous(points, from) === 0 && homogeneous(points, to) === 0;
    const middle = endless ? middleOfLine(splitting, face, neuron) : -1;
    const chord = splitFace(mesh, start, end, layer, neuron);
    if (middle >= 0) cutEdge(mesh, chord, middle);
    onFaces(mesh.faces);
  }
}
