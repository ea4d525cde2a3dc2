import type { SliceRegions } from "../../measure/linear-regions";
import { demand, finite, listOf } from "../../theory/demand-parts";

/** A slice's regions as polygons: plain JSON. */
export interface Mosaic {
  /** Corners of all regions, one region after the other; `offsets` says where each begins, and where the last one ends. */
  readonly x: number[];
  readonly y: number[];
  readonly offsets: number[];
  /** What the net says in the middle of each region's corners: its largest output, or 1 where a single one is positive. */
  readonly classes: number[];
  /** The decision boundary: x and y of two ends, four numbers a piece. */
  readonly boundary: number[];
}

/** The polygons of a bounded slice. @param center (s, t) of what becomes (0, 0) */
export function mosaicOf(slice: SliceRegions, center: readonly [number, number] = [0, 0]): Mosaic {
  demand("center", center, listOf(finite, 2));
  const { coordinates, corners, offsets } = slice;
  // Six digits draw any figure and keep the store small.
  const place = (value: number, axis: number): number => Number((value - center[axis]).toPrecision(6));
  return {
    x: Array.from(corners, (corner) => place(coordinates[2 * corner], 0)),
    y: Array.from(corners, (corner) => place(coordinates[2 * corner + 1], 1)),
    offsets: Array.from(offsets),
    classes: Array.from({ length: slice.faces }, (_, face) => classOf(slice, face)),
    boundary: Array.from(slice.decisionBoundary().segments, (value, index) => place(value, index % 2)),
  };
}

function classOf({ net, corners, offsets, outputs }: SliceRegions, face: number): number {
  const { outputWidth } = net;
  const sums = new Float64Array(outputWidth);
  for (let place = offsets[face]; place < offsets[face + 1]; place++) {
    for (let out = 0; out < outputWidth; out++) sums[out] += outputs[corners[place] * outputWidth + out];
  }
  return outputWidth === 1 ? Number(sums[0] > 0) : sums.indexOf(Math.max(...sums));
}
