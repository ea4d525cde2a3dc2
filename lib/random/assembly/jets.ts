import { firstFew, lowerHalf, total, upperHalf } from "./sums";
import { tanh4 } from "./tanh";

const one: usize = memory.data<f32>([1, 1, 1, 1], 16);

/** Adds the products of all lanes of two vectors to sums. */
// @ts-ignore: decorator
@inline
function plusProducts(sums: v128, aLower: v128, aUpper: v128, bLower: v128, bUpper: v128): v128 {
  return f64x2.add(sums, f64x2.add(f64x2.mul(aLower, bLower), f64x2.mul(aUpper, bUpper)));
}

/**
 * Jets (h, v, a) = L (z₀, z₁, z₂) at every place of each row, of normals that lie at `first`, `second` and `third`, and then
 * through tanh: Σ hh, hv, ha, vv, va, aa before it, and the same six after it, of t = tanh h, (1 − t²) v and (1 − t²)(a − 2 t v²).
 * The six entries of the lower triangle L of a row, row by row, lie at `roots`, the next row's behind them.
 */
export function tanhJetProducts(
  first: usize,
  second: usize,
  third: usize,
  rows: i32,
  columns: i32,
  roots: usize,
  into: usize,
): void {
  for (; rows > 0; rows--) {
    const l00 = f32x4.splat(<f32>load<f64>(roots));
    const l10 = f32x4.splat(<f32>load<f64>(roots, 8));
    const l11 = f32x4.splat(<f32>load<f64>(roots, 16));
    const l20 = f32x4.splat(<f32>load<f64>(roots, 24));
    const l21 = f32x4.splat(<f32>load<f64>(roots, 32));
    const l22 = f32x4.splat(<f32>load<f64>(roots, 40));
    roots += 48;
    let hh = f64x2.splat(0);
    let hv = f64x2.splat(0);
    let ha = f64x2.splat(0);
    let vv = f64x2.splat(0);
    let va = f64x2.splat(0);
    let aa = f64x2.splat(0);
    let tt = f64x2.splat(0);
    let tu = f64x2.splat(0);
    let tb = f64x2.splat(0);
    let uu = f64x2.splat(0);
    let ub = f64x2.splat(0);
    let bb = f64x2.splat(0);
    for (let left = columns; left > 0; left -= 4) {
      // Zeros behind the end of a row stay zeros and add nothing.
      const z0 = left >= 4 ? v128.load(first) : firstFew(first, left);
      const z1 = left >= 4 ? v128.load(second) : firstFew(second, left);
      const z2 = left >= 4 ? v128.load(third) : firstFew(third, left);
      const bytes = <usize>(left < 4 ? left : 4) << 2;
      first += bytes;
      second += bytes;
      third += bytes;
      const h = f32x4.mul(l00, z0);
      const v = f32x4.add(f32x4.mul(l10, z0), f32x4.mul(l11, z1));
      const a = f32x4.add(f32x4.add(f32x4.mul(l20, z0), f32x4.mul(l21, z1)), f32x4.mul(l22, z2));
      const h0 = lowerHalf(h);
      const h1 = upperHalf(h);
      const v0 = lowerHalf(v);
      const v1 = upperHalf(v);
      const a0 = lowerHalf(a);
      const a1 = upperHalf(a);
      hh = plusProducts(hh, h0, h1, h0, h1);
      hv = plusProducts(hv, h0, h1, v0, v1);
      ha = plusProducts(ha, h0, h1, a0, a1);
      vv = plusProducts(vv, v0, v1, v0, v1);
      va = plusProducts(va, v0, v1, a0, a1);
      aa = plusProducts(aa, a0, a1, a0, a1);
      const t = tanh4(h);
      const slope = f32x4.sub(v128.load(one), f32x4.mul(t, t));
      const u = f32x4.mul(slope, v);
      const b = f32x4.mul(slope, f32x4.sub(a, f32x4.mul(f32x4.add(t, t), f32x4.mul(v, v))));
      const t0 = lowerHalf(t);
      const t1 = upperHalf(t);
      const u0 = lowerHalf(u);
      const u1 = upperHalf(u);
      const b0 = lowerHalf(b);
      const b1 = upperHalf(b);
      tt = plusProducts(tt, t0, t1, t0, t1);
      tu = plusProducts(tu, t0, t1, u0, u1);
      tb = plusProducts(tb, t0, t1, b0, b1);
      uu = plusProducts(uu, u0, u1, u0, u1);
      ub = plusProducts(ub, u0, u1, b0, b1);
      bb = plusProducts(bb, b0, b1, b0, b1);
    }
    store<f64>(into, total(hh));
    store<f64>(into, total(hv), 8);
    store<f64>(into, total(ha), 16);
    store<f64>(into, total(vv), 24);
    store<f64>(into, total(va), 32);
    store<f64>(into, total(aa), 40);
    store<f64>(into, total(tt), 48);
    store<f64>(into, total(tu), 56);
    store<f64>(into, total(tb), 64);
    store<f64>(into, total(uu), 72);
    store<f64>(into, total(ub), 80);
    store<f64>(into, total(bb), 88);
    into += 96;
  }
}
