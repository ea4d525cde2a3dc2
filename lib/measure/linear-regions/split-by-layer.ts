import { appendCrossing, type CarriedPoints, homogeneous } from "./carried-points";
import { type LayerSigns, layerSigns, writeSigns } from "./layer-signs";
import { cutEdge, type Mesh, splitFace } from "./mesh";
import { withRoom } from "./rows";

/** What splitting needs from layer to layer. */
export interface Splitting {
  readonly points: CarriedPoints;
  readonly mesh: Mesh;
  /**
   * A point inside the first face, no vertex of the mesh, or −1: of a whole plane, all of whose corners lie at infinity, it
   * says where the plane is.
   */
  anchor: number;
}

/** A layer on its way. Edges wait for the neurons that cut them, so that only those are looked at again. */
interface LayerSplit {
  readonly splitting: Splitting;
  readonly points: CarriedPoints;
  readonly mesh: Mesh;
  readonly layer: number;
  readonly signs: LayerSigns;
  /** The neuron at hand, and where its bit is. */
  neuron: number;
  word: number;
  bit: number;
  /** The bits of that word that belong to later neurons. */
  later: number;
  /** By neuron: the last edge that waits for it, as an entry; by entry: the edge and the entry before it. */
  readonly lastEntry: Int32Array;
  entries: number;
  entryEdge: Int32Array;
  entryBefore: Int32Array;
  /** Edges that waited for the neuron at hand, and half-edges at which a split may start; room that is used again. */
  waiting: Int32Array;
  starts: Int32Array;
}

function signOf({ signs, word, bit }: LayerSplit, point: number): number {
  const at = point * signs.words + word;
  return (signs.positive[at] & bit) !== 0 ? 1 : (signs.negative[at] & bit) !== 0 ? -1 : 0;
}

function addEntry(split: LayerSplit, neuron: number, edge: number): void {
  const entry = split.entries++;
  if (entry >= split.entryEdge.length) {
    split.entryEdge = withRoom(split.entryEdge, entry + 1);
    split.entryBefore = withRoom(split.entryBefore, entry + 1);
  }
  split.entryEdge[entry] = edge;
  split.entryBefore[entry] = split.lastEntry[neuron];
  split.lastEntry[neuron] = entry;
}

/**
 * Lets an edge wait for those of the neurons after the one at hand that are positive at just one of its ends: it has
 * opposite signs there and is cut, or leads from a 0 to a positive end and a chord may start there. Since it ended at
 * `before`, it has been waiting for some of them.
 */
function wait(split: LayerSplit, edge: number, before: number): void {
  const { origin } = split.mesh;
  const { words, positive } = split.signs;
  const atA = origin[2 * edge] * words;
  const atB = origin[2 * edge + 1] * words;
  for (let word = split.word; word < words; word++) {
    let bits = positive[atA + word] ^ positive[atB + word];
    if (before >= 0) bits &= ~(positive[atA + word] ^ positive[before * words + word]);
    if (word === split.word) bits &= split.later;
    while (bits !== 0) {
      const lowest = bits & -bits;
      addEntry(split, 32 * word + 31 - Math.clz32(lowest), edge);
      bits ^= lowest;
    }
  }
}

function appendZero(split: LayerSplit, a: number, b: number): number {
  const point = appendCrossing(split.points, a, b, split.neuron);
  writeSigns(split.points, split.signs, point, split.neuron + 1);
  return point;
}

/** The edges that wait for the neuron at hand, each once and in order; returns how many. */
function takeWaiting(split: LayerSplit): number {
  let count = 0;
  for (let entry = split.lastEntry[split.neuron]; entry >= 0; entry = split.entryBefore[entry]) {
    if (count === split.waiting.length) split.waiting = withRoom(split.waiting, count + 1);
    split.waiting[count++] = split.entryEdge[entry];
  }
  split.waiting.subarray(0, count).sort();
  return count;
}

/** Cuts every edge whose ends differ in sign; returns how many half-edges lead from a zero to a positive vertex. */
function cutEdges(split: LayerSplit): number {
  const { mesh } = split;
  let found = 0;
  const count = takeWaiting(split);
  for (let index = 0; index < count; index++) {
    const edge = split.waiting[index];
    if (index > 0 && split.waiting[index - 1] === edge) continue;
    const a = mesh.origin[2 * edge];
    const b = mesh.origin[2 * edge + 1];
    const signA = signOf(split, a);
    const signB = signOf(split, b);
    if (signA === signB) continue;
    let start: number;
    if (signA + signB === 0) {
      const added = cutEdge(mesh, edge, appendZero(split, a, b));
      wait(split, edge, b);
      wait(split, added, -1);
      start = signA < 0 ? 2 * added : 2 * edge + 1;
    } else {
      if (signA + signB < 0) continue;
      start = signA === 0 ? 2 * edge : 2 * edge + 1;
    }
    if (found === split.starts.length) split.starts = withRoom(split.starts, found + 1);
    split.starts[found++] = start;
  }
  return found;
}

/** The half-edge at which the chord from `start` ends, or −1 where the face has only one sign. */
function chordEnd(split: LayerSplit, start: number): number {
  const { next, previous, origin } = split.mesh;
  let before = previous[start];
  while (signOf(split, origin[before]) === 0) before = previous[before];
  if (signOf(split, origin[before]) > 0) return -1;
  // The first zero that is followed, perhaps after more zeros, by a negative vertex.
  let end = next[start];
  for (;;) {
    while (signOf(split, origin[end]) !== 0) end = next[end];
    let after = next[end];
    while (signOf(split, origin[after]) === 0) after = next[after];
    if (signOf(split, origin[after]) < 0) return end;
    end = after;
  }
}

/**
 * A point in the middle of a chord both of whose ends lie at infinity: between a vertex of the face of either sign, one of
 * which is no direction, or the anchor where all corners are directions.
 */
function middleOfLine(split: LayerSplit, face: number): number {
  const { mesh, points, splitting } = split;
  const { anchor } = splitting;
  const first = mesh.firstHalfEdge[face];
  const witness = [-1, -1];
  let half = first;
  do {
    const vertex = mesh.origin[half];
    const sign = signOf(split, vertex);
    const side = sign > 0 ? 1 : 0;
    if (sign !== 0 && (witness[side] < 0 || homogeneous(points, vertex) !== 0)) witness[side] = vertex;
    half = mesh.next[half];
  } while (half !== first);
  if (homogeneous(points, witness[0]) === 0 && homogeneous(points, witness[1]) === 0) {
    const sign = signOf(split, anchor);
    if (sign === 0) {
      splitting.anchor = -1;
      return anchor;
    }
    witness[sign > 0 ? 1 : 0] = anchor;
  }
  return appendZero(split, witness[0], witness[1]);
}

/** Splits every face on which the neuron at hand has both signs along its zero set. */
function splitFaces(split: LayerSplit, starts: number, onFaces: (faces: number) => void): void {
  const { mesh, points } = split;
  for (let index = 0; index < starts; index++) {
    const start = split.starts[index];
    const face = mesh.face[start];
    if (face < 0) continue;
    const end = chordEnd(split, start);
    if (end < 0) continue;
    const [from, to] = [mesh.origin[start], mesh.origin[end]];
    const endless = homogeneous(points, from) === 0 && homogeneous(points, to) === 0;
    const middle = endless ? middleOfLine(split, face) : -1;
    const chord = splitFace(mesh, start, end, split.layer, split.neuron);
    if (middle >= 0) wait(split, cutEdge(mesh, chord, middle), -1);
    wait(split, chord, -1);
    onFaces(mesh.faces);
  }
}

/**
 * Splits the mesh by the neurons of a layer, one after the other, and returns their signs at all points. `onFaces` is called
 * with the number of faces after every split, and may throw.
 */
export function splitByLayer(splitting: Splitting, layer: number, onFaces: (faces: number) => void): LayerSigns {
  const { points, mesh } = splitting;
  const { count, width } = points.values;
  const split: LayerSplit = {
    points,
    mesh,
    splitting,
    layer,
    signs: layerSigns(width, count),
    neuron: -1,
    word: 0,
    bit: 0,
    later: -1,
    lastEntry: new Int32Array(width).fill(-1),
    entries: 0,
    entryEdge: new Int32Array(mesh.edges),
    entryBefore: new Int32Array(mesh.edges),
    waiting: new Int32Array(16),
    starts: new Int32Array(16),
  };
  for (let point = 0; point < count; point++) writeSigns(points, split.signs, point, 0);
  const { edges } = mesh;
  for (let edge = 0; edge < edges; edge++) wait(split, edge, -1);
  for (let neuron = 0; neuron < width; neuron++) {
    split.neuron = neuron;
    split.word = neuron >> 5;
    split.bit = 1 << (neuron & 31);
    split.later = -(split.bit << 1);
    splitFaces(split, cutEdges(split), onFaces);
  }
  return split.signs;
}
