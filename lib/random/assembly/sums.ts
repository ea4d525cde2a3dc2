/** Sums over rows of normals, in double precision: each row's are written to `into`, the next row's behind them. */

/** The first two of four lanes, in double precision. */
// @ts-ignore: decorator
@inline
export function lowerHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The last two. */
// @ts-ignore: decorator
@inline
export function upperHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
}

// @ts-ignore: decorator
@inline
export function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** For 0 to 4: so many lanes of ones, and zeros behind them. */
const fewMasks: usize = memory.data<i32>(
  [0, 0, 0, 0, -1, 0, 0, 0, -1, -1, 0, 0, -1, -1, -1, 0, -1, -1, -1, -1],
  16,
);

/** `length` numbers fewer than four, and zeros behind them. */
// @ts-ignore: decorator
@inline
export function firstFew(at: usize, length: i32): v128 {
  return v128.and(v128.load(at), v128.load(fewMasks + (<usize>length << 4)));
}

/** Σ max(0, z)² of each row: one sum. */
export function rectifiedSquares(at: usize, rows: i32, columns: i32, into: usize): void {
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--) {
    let lower = f64x2.splat(0);
    let upper = f64x2.splat(0);
    for (let left = columns; left > 0; left -= 4) {
      const z = f32x4.max(left >= 4 ? v128.load(at) : firstFew(at, left), zero);
      const first = lowerHalf(z);
      const second = upperHalf(z);
      lower = f64x2.add(lower, f64x2.mul(first, first));
      upper = f64x2.add(upper, f64x2.mul(second, second));
      at += <usize>(left < 4 ? left : 4) << 2;
    }
    store<f64>(into, total(f64x2.add(lower, upper)));
    into += 8;
  }
}

/** Σ z², Σ z w and Σ w² over the places of each row where z > 0: three sums. */
export function openProducts(at: usize, other: usize, rows: i32, columns: i32, into: usize): void {
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--) {
    let zz = f64x2.splat(0);
    let zw = f64x2.splat(0);
    let ww = f64x2.splat(0);
    for (let left = columns; left > 0; left -= 4) {
      const drawn = left >= 4 ? v128.load(at) : firstFew(at, left);
      const z = f32x4.max(drawn, zero);
      const w = v128.and(v128.load(other), f32x4.gt(drawn, zero));
      const zLower = lowerHalf(z);
      const zUpper = upperHalf(z);
      const wLower = lowerHalf(w);
      const wUpper = upperHalf(w);
      zz = f64x2.add(zz, f64x2.add(f64x2.mul(zLower, zLower), f64x2.mul(zUpper, zUpper)));
      zw = f64x2.add(zw, f64x2.add(f64x2.mul(zLower, wLower), f64x2.mul(zUpper, wUpper)));
      ww = f64x2.add(ww, f64x2.add(f64x2.mul(wLower, wLower), f64x2.mul(wUpper, wUpper)));
      const step = <usize>(left < 4 ? left : 4) << 2;
      at += step;
      other += step;
    }
    store<f64>(into, total(zz));
    store<f64>(into, total(zw), 8);
    store<f64>(into, total(ww), 16);
    into += 24;
  }
}

/**
 * Adds a multiple of normals z to each row x, x + kept · z + folded · |z|, and finds Σ x² of it: one sum. The factors of a
 * row, `kept` and `folded`, lie at `factors`, the next row's behind them.
 */
export function addNormals(at: usize, rows: i32, columns: i32, vectors: usize, factors: usize, into: usize): void {
  for (; rows > 0; rows--) {
    const kept = f32x4.splat(<f32>load<f64>(factors));
    const folded = f32x4.splat(<f32>load<f64>(factors, 8));
    factors += 16;
    let sums = f64x2.splat(0);
    for (let left = columns; left > 0; left -= 4) {
      // What lies behind the end of a row is the next row's, which the numbers of the last lanes must leave as it is.
      const lanes = v128.load(fewMasks + (<usize>min(left, 4) << 4));
      const z = v128.load(at);
      const added = f32x4.add(f32x4.mul(kept, z), f32x4.mul(folded, f32x4.abs(z)));
      const before = v128.load(vectors);
      const x = f32x4.add(before, added);
      v128.store(vectors, v128.bitselect(x, before, lanes));
      const summed = v128.and(x, lanes);
      const lower = lowerHalf(summed);
      const upper = upperHalf(summed);
      sums = f64x2.add(sums, f64x2.add(f64x2.mul(lower, lower), f64x2.mul(upper, upper)));
      const bytes = <usize>min(left, 4) << 2;
      at += bytes;
      vectors += bytes;
    }
    store<f64>(into, total(sums));
    into += 8;
  }
}
