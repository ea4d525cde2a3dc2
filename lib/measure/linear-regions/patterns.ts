import type { LayerSigns } from "./layer-signs";
import type { Mesh } from "./mesh";

/** Which neurons of one layer are active on each face that existed after it: `words` 32-bit words a face. */
export interface LayerPatterns {
  readonly width: number;
  readonly words: number;
  readonly faces: number;
  readonly bits: Uint32Array;
}

/** A neuron is active on a face exactly if it is positive at one of its corners, once boundaries are edges. */
export function layerPatterns(width: number, { words, positive }: LayerSigns, mesh: Mesh): LayerPatterns {
  const bits = new Uint32Array(mesh.faces * words);
  for (let face = 0; face < mesh.faces; face++) {
    const first = mesh.firstHalfEdge[face];
    let half = first;
    do {
      const vertex = mesh.origin[half];
      for (let word = 0; word < words; word++) bits[face * words + word] |= positive[vertex * words + word];
      half = mesh.next[half];
    } while (half !== first);
  }
  return { width, words, faces: mesh.faces, bits };
}

/** A face's activation pattern over all layers, 1 where a neuron is active: faces inherit those they were split from. */
export function patternOf(layers: readonly LayerPatterns[], parent: Int32Array, face: number): Uint8Array {
  const pattern = new Uint8Array(layers.reduce((sum, { width }) => sum + width, 0));
  let start = 0;
  for (const { width, words, faces, bits } of layers) {
    let ancestor = face;
    while (ancestor >= faces) ancestor = parent[ancestor];
    for (let neuron = 0; neuron < width; neuron++) {
      pattern[start + neuron] = (bits[ancestor * words + (neuron >> 5)] >>> (neuron & 31)) & 1;
    }
    start += width;
  }
  return pattern;
}
