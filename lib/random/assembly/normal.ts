import { storeTransposed } from "./transpose";

// Each constant in all four lanes, in memory: V8 loads one in fewer steps than it builds one.
const mantissa: usize = memory.data<i32>([0x7fffff, 0x7fffff, 0x7fffff, 0x7fffff], 16);
const unit: usize = memory.data<f32>([1.0 / 8388608, 1.0 / 8388608, 1.0 / 8388608, 1.0 / 8388608], 16);
const smallest: usize = memory.data<f32>([1e-7, 1e-7, 1e-7, 1e-7], 16);
// Bits of √½, and of 1 less those: mantissas are taken from [√½, √2), where their logarithm is smallest.
const rootHalf: usize = memory.data<i32>([0x3f3504f3, 0x3f3504f3, 0x3f3504f3, 0x3f3504f3], 16);
const aboveRootHalf: usize = memory.data<i32>([0x4afb0d, 0x4afb0d, 0x4afb0d, 0x4afb0d], 16);
const bias: usize = memory.data<i32>([127, 127, 127, 127], 16);
const one: usize = memory.data<f32>([1, 1, 1, 1], 16);
const half: usize = memory.data<f32>([0.5, 0.5, 0.5, 0.5], 16);
// Twice the coefficients of (ln((1 + s)/(1 − s)) − 2s)/s in s², for |s| ≤ 0.1716.
const log2: usize = memory.data<f32>(
  [1.333335518836975, 1.333335518836975, 1.333335518836975, 1.333335518836975],
  16,
);
const log4: usize = memory.data<f32>(
  [0.7995508313179016, 0.7995508313179016, 0.7995508313179016, 0.7995508313179016],
  16,
);
const log6: usize = memory.data<f32>(
  [0.5974345803260803, 0.5974345803260803, 0.5974345803260803, 0.5974345803260803],
  16,
);
// −2 ln 2 in two parts; a whole number below 2^8 times the first is exact.
const logTwo: usize = memory.data<f32>([-1.38627624512, -1.38627624512, -1.38627624512, -1.38627624512], 16);
const logTwoRest: usize = memory.data<f32>(
  [-1.8116001229e-5, -1.8116001229e-5, -1.8116001229e-5, -1.8116001229e-5],
  16,
);
const angleUnit: usize = memory.data<f64>([6.283185307179586 / 8388608, 6.283185307179586 / 8388608], 16);
const quartersPerRadian: usize = memory.data<f32>(
  [0.6366197723675814, 0.6366197723675814, 0.6366197723675814, 0.6366197723675814],
  16,
);
// Added to a float below 2^22, it leaves the nearest whole number in the lowest bits of the sum.
const rounder: usize = memory.data<f32>([12582912, 12582912, 12582912, 12582912], 16);
// π/2 in two parts; 0 … 4 times the first is exact.
const quarter: usize = memory.data<f32>(
  [1.570796012878418, 1.570796012878418, 1.570796012878418, 1.570796012878418],
  16,
);
const quarterRest: usize = memory.data<f32>(
  [3.139164733e-7, 3.139164733e-7, 3.139164733e-7, 3.139164733e-7],
  16,
);
const sine3: usize = memory.data<f32>(
  [-0.16666650772094727, -0.16666650772094727, -0.16666650772094727, -0.16666650772094727],
  16,
);
const sine5: usize = memory.data<f32>(
  [0.00833197869360447, 0.00833197869360447, 0.00833197869360447, 0.00833197869360447],
  16,
);
const sine7: usize = memory.data<f32>(
  [-0.000194956359337084, -0.000194956359337084, -0.000194956359337084, -0.000194956359337084],
  16,
);
const cosine4: usize = memory.data<f32>(
  [0.04166664555668831, 0.04166664555668831, 0.04166664555668831, 0.04166664555668831],
  16,
);
const cosine6: usize = memory.data<f32>(
  [-0.001388736767694354, -0.001388736767694354, -0.001388736767694354, -0.001388736767694354],
  16,
);
const cosine8: usize = memory.data<f32>(
  [2.443845005473122e-5, 2.443845005473122e-5, 2.443845005473122e-5, 2.443845005473122e-5],
  16,
);
const integerOne: usize = memory.data<i32>([1, 1, 1, 1], 16);
const integerTwo: usize = memory.data<i32>([2, 2, 2, 2], 16);

/** √(−2 ln max(u, 1e−7)) for the uniforms u of four words. */
// @ts-ignore: decorator
@inline
function radius(words: v128): v128 {
  const numerators = v128.and(words, v128.load(mantissa));
  const uniform = f32x4.pmax(f32x4.mul(f32x4.convert_i32x4_s(numerators), v128.load(unit)), v128.load(smallest));
  // u = m 2^k, f = m − 1, s = f/(2 + f): −2 ln m = f² − 2f − s (f² + R(s²)).
  const shifted = i32x4.add(uniform, v128.load(aboveRootHalf));
  const k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(shifted, 23), v128.load(bias)));
  const m = i32x4.add(v128.and(shifted, v128.load(mantissa)), v128.load(rootHalf));
  const f = f32x4.sub(m, v128.load(one));
  const square = f32x4.mul(f, f);
  const s = f32x4.div(f, f32x4.add(m, v128.load(one)));
  const z = f32x4.mul(s, s);
  const higher = f32x4.add(v128.load(log4), f32x4.mul(z, v128.load(log6)));
  const R = f32x4.add(f32x4.mul(z, v128.load(log2)), f32x4.mul(f32x4.mul(z, z), higher));
  const small = f32x4.sub(f32x4.mul(k, v128.load(logTwoRest)), f32x4.mul(s, f32x4.add(square, R)));
  const ofMantissa = f32x4.add(f32x4.sub(square, f32x4.add(f, f)), small);
  return f32x4.sqrt(f32x4.add(f32x4.mul(k, v128.load(logTwo)), ofMantissa));
}

// @ts-ignore: decorator
@inline
function anglesOfTwo(numerators: v128): v128 {
  return f32x4.demote_f64x2_zero(f64x2.mul(f64x2.convert_low_i32x4_s(numerators), v128.load(angleUnit)));
}

/** 2πv of the uniforms v of four words, multiplied in double precision: the very float that TensorFlow takes sines of. */
// @ts-ignore: decorator
@inline
function angle(words: v128): v128 {
  const numerators = v128.and(words, v128.load(mantissa));
  const upperHalf = v128.shuffle<i64>(numerators, numerators, 1, 1);
  return v128.shuffle<i64>(anglesOfTwo(numerators), anglesOfTwo(upperHalf), 0, 2);
}

/** The nearest number of quarter turns, in the lowest bits of a float. */
// @ts-ignore: decorator
@inline
function nearestQuarters(angle: v128): v128 {
  return f32x4.add(f32x4.mul(angle, v128.load(quartersPerRadian)), v128.load(rounder));
}

/** angle − quarters · π/2, in [−π/4, π/4]. */
// @ts-ignore: decorator
@inline
function remainder(angle: v128, quarters: v128): v128 {
  const whole = f32x4.sub(quarters, v128.load(rounder));
  const coarse = f32x4.sub(angle, f32x4.mul(whole, v128.load(quarter)));
  return f32x4.sub(coarse, f32x4.mul(whole, v128.load(quarterRest)));
}

// @ts-ignore: decorator
@inline
function sine(r: v128, z: v128, zz: v128): v128 {
  const lower = f32x4.add(v128.load(sine3), f32x4.mul(z, v128.load(sine5)));
  return f32x4.add(r, f32x4.mul(f32x4.mul(r, z), f32x4.add(lower, f32x4.mul(zz, v128.load(sine7)))));
}

// @ts-ignore: decorator
@inline
function cosine(z: v128, zz: v128): v128 {
  const lower = f32x4.add(v128.load(cosine4), f32x4.mul(z, v128.load(cosine6)));
  const higher = f32x4.mul(zz, f32x4.add(lower, f32x4.mul(zz, v128.load(cosine8))));
  return f32x4.add(f32x4.sub(v128.load(one), f32x4.mul(z, v128.load(half))), higher);
}

/** Bits in which sine and cosine differ, where an odd number of quarters exchanges them. */
// @ts-ignore: decorator
@inline
function exchange(sine: v128, cosine: v128, quarters: v128): v128 {
  return v128.and(v128.xor(sine, cosine), i32x4.shr_s(i32x4.shl(quarters, 31), 31));
}

/** Bit 1 of a number of quarters where a float has its sign. */
// @ts-ignore: decorator
@inline
function sign(quarters: v128): v128 {
  return i32x4.shl(v128.and(quarters, v128.load(integerTwo)), 30);
}

// @ts-ignore: decorator
@inline
function signed(value: v128, exchanged: v128, quarters: v128): v128 {
  return v128.xor(v128.xor(value, exchanged), sign(quarters));
}

/**
 * Turns sets of words, as `drawSets` leaves them, into standard normals in the order of the stream, in place: Box and Muller's
 * transform as TensorFlow's stateless sampler applies it, each pair of words a sine, then a cosine.
 */
export function toNormals(at: usize, sets: i32): void {
  for (; sets > 0; sets--) {
    const angleA = angle(v128.load(at, 16));
    const angleB = angle(v128.load(at, 48));
    const quartersA = nearestQuarters(angleA);
    const quartersB = nearestQuarters(angleB);
    const rA = remainder(angleA, quartersA);
    const rB = remainder(angleB, quartersB);
    const zA = f32x4.mul(rA, rA);
    const zB = f32x4.mul(rB, rB);
    const zzA = f32x4.mul(zA, zA);
    const zzB = f32x4.mul(zB, zB);
    const sineA = sine(rA, zA, zzA);
    const sineB = sine(rB, zB, zzB);
    const cosineA = cosine(zA, zzA);
    const cosineB = cosine(zB, zzB);
    const exchangedA = exchange(sineA, cosineA, quartersA);
    const exchangedB = exchange(sineB, cosineB, quartersB);
    const radiusA = radius(v128.load(at));
    const radiusB = radius(v128.load(at, 32));
    storeTransposed(
      at,
      f32x4.mul(radiusA, signed(sineA, exchangedA, quartersA)),
      f32x4.mul(radiusA, signed(cosineA, exchangedA, i32x4.add(quartersA, v128.load(integerOne)))),
      f32x4.mul(radiusB, signed(sineB, exchangedB, quartersB)),
      f32x4.mul(radiusB, signed(cosineB, exchangedB, i32x4.add(quartersB, v128.load(integerOne)))),
    );
    at += 64;
  }
}
