/** 1, 2, …, depth. */
export function layersTo(depth: number): number[] {
  return Array.from({ length: depth }, (_, index) => index + 1);
}
