import { withRoom } from "./rows";

/**
 * A planar mesh of convex faces with shared vertices, as half-edges in typed arrays: edge e is the half-edges 2e and 2e + 1,
 * which run in opposite directions. Faces lie to the left of their half-edges; outside the polygon the face is −1. Vertices
 * are numbers whose coordinates are kept elsewhere.
 */
export interface Mesh {
  edges: number;
  faces: number;
  /** By half-edge. */
  origin: Int32Array;
  next: Int32Array;
  previous: Int32Array;
  face: Int32Array;
  /** By edge: the layer and neuron whose boundary it is; −1 on the polygon's own edge. */
  layer: Int32Array;
  neuron: Int32Array;
  /** By face: one of its half-edges, and the face that it was split from (−1 for the first). */
  firstHalfEdge: Int32Array;
  parent: Int32Array;
}

/** One face whose corners are the vertices 0 … corners − 1 counter-clockwise. */
export function polygonMesh(corners: number): Mesh {
  const halfEdges = 2 * corners;
  const mesh: Mesh = {
    edges: corners,
    faces: 1,
    origin: new Int32Array(halfEdges),
    next: new Int32Array(halfEdges),
    previous: new Int32Array(halfEdges),
    face: new Int32Array(halfEdges),
    layer: new Int32Array(corners).fill(-1),
    neuron: new Int32Array(corners).fill(-1),
    firstHalfEdge: Int32Array.of(0),
    parent: Int32Array.of(-1),
  };
  for (let corner = 0; corner < corners; corner++) {
    const [after, before] = [(corner + 1) % corners, (corner + corners - 1) % corners];
    const [inside, outside] = [2 * corner, 2 * corner + 1];
    mesh.origin[inside] = corner;
    mesh.next[inside] = 2 * after;
    mesh.previous[inside] = 2 * before;
    mesh.origin[outside] = after;
    mesh.next[outside] = 2 * before + 1;
    mesh.previous[outside] = 2 * after + 1;
    mesh.face[outside] = -1;
  }
  return mesh;
}

function addEdge(mesh: Mesh): number {
  const edge = mesh.edges++;
  if (edge < mesh.layer.length && 2 * edge + 1 < mesh.origin.length) return edge;
  mesh.origin = withRoom(mesh.origin, 2 * mesh.edges);
  mesh.next = withRoom(mesh.next, 2 * mesh.edges);
  mesh.previous = withRoom(mesh.previous, 2 * mesh.edges);
  mesh.face = withRoom(mesh.face, 2 * mesh.edges);
  mesh.layer = withRoom(mesh.layer, mesh.edges);
  mesh.neuron = withRoom(mesh.neuron, mesh.edges);
  return edge;
}

function link(mesh: Mesh, first: number, second: number): void {
  mesh.next[first] = second;
  mesh.previous[second] = first;
}

/**
 * Cuts edge a → b at `vertex`: the edge keeps a → vertex, and a new edge, whose number is returned, is vertex → b. Both are
 * oriented as the old one was.
 */
export function cutEdge(mesh: Mesh, edge: number, vertex: number): number {
  const added = addEdge(mesh);
  const [forward, backward] = [2 * edge, 2 * edge + 1];
  const [newForward, newBackward] = [2 * added, 2 * added + 1];
  mesh.origin[newForward] = vertex;
  mesh.origin[newBackward] = mesh.origin[backward];
  mesh.origin[backward] = vertex;
  mesh.face[newForward] = mesh.face[forward];
  mesh.face[newBackward] = mesh.face[backward];
  mesh.layer[added] = mesh.layer[edge];
  mesh.neuron[added] = mesh.neuron[edge];
  link(mesh, newForward, mesh.next[forward]);
  link(mesh, forward, newForward);
  link(mesh, mesh.previous[backward], newBackward);
  link(mesh, newBackward, backward);
  return added;
}

/**
 * Splits a face by a chord from the origin of half-edge `start` to that of `end`. The half-edges from `start` up to `end`
 * become the boundary of a new face; the others keep the old. Returns the new edge.
 */
export function splitFace(mesh: Mesh, start: number, end: number, layer: number, neuron: number): number {
  const edge = addEdge(mesh);
  const [towardsStart, towardsEnd] = [2 * edge, 2 * edge + 1];
  const old = mesh.face[start];
  const added = mesh.faces++;
  mesh.firstHalfEdge = withRoom(mesh.firstHalfEdge, mesh.faces);
  mesh.parent = withRoom(mesh.parent, mesh.faces);
  for (let half = start; half !== end; half = mesh.next[half]) mesh.face[half] = added;
  mesh.origin[towardsStart] = mesh.origin[end];
  mesh.origin[towardsEnd] = mesh.origin[start];
  mesh.face[towardsStart] = added;
  mesh.face[towardsEnd] = old;
  mesh.layer[edge] = layer;
  mesh.neuron[edge] = neuron;
  const [beforeStart, beforeEnd] = [mesh.previous[start], mesh.previous[end]];
  link(mesh, beforeEnd, towardsStart);
  link(mesh, towardsStart, start);
  link(mesh, beforeStart, towardsEnd);
  link(mesh, towardsEnd, end);
  mesh.firstHalfEdge[added] = towardsStart;
  mesh.firstHalfEdge[old] = towardsEnd;
  mesh.parent[added] = old;
  return edge;
}
