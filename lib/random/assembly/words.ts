import { storeTransposed } from "./transpose";

const mantissa: usize = memory.data<i32>([0x7fffff, 0x7fffff, 0x7fffff, 0x7fffff], 16);
const unit: usize = memory.data<f32>([1.0 / 8388608, 1.0 / 8388608, 1.0 / 8388608, 1.0 / 8388608], 16);

/** Puts sets of words, as `drawSets` leaves them, in the order of the stream, in place. */
export function toWords(at: usize, sets: i32): void {
  for (; sets > 0; sets--) {
    storeTransposed(at, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48));
    at += 64;
  }
}

// @ts-ignore: decorator
@inline
function uniform(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(v128.and(words, v128.load(mantissa))), v128.load(unit));
}

/** Turns sets of words into uniforms on [0, 1) in the order of the stream, in place. */
export function toUniforms(at: usize, sets: i32): void {
  for (; sets > 0; sets--) {
    storeTransposed(
      at,
      uniform(v128.load(at)),
      uniform(v128.load(at, 16)),
      uniform(v128.load(at, 32)),
      uniform(v128.load(at, 48)),
    );
    at += 64;
  }
}

/** Multiplies `vectors` times four numbers by `scale`, then adds `shift`, each rounded to float32, in place. */
export function scaleAndShift(at: usize, vectors: i32, scale: f32, shift: f32): void {
  const scales = f32x4.splat(scale);
  const shifts = f32x4.splat(shift);
  for (; vectors > 0; vectors--) {
    v128.store(at, f32x4.add(f32x4.mul(v128.load(at), scales), shifts));
    at += 16;
  }
}
