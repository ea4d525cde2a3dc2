/** Stores the first lanes of four vectors, then their second lanes, third and fourth. */
// @ts-ignore: decorator
@inline
export function storeTransposed(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abUpper = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdUpper = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(at, v128.shuffle<i64>(ab, cd, 1, 3), 16);
  v128.store(at, v128.shuffle<i64>(abUpper, cdUpper, 0, 2), 32);
  v128.store(at, v128.shuffle<i64>(abUpper, cdUpper, 1, 3), 48);
}
