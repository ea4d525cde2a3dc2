/** Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011), eight blocks at once: two sets of four, a block to a lane. */

/** The two keys of each of the ten rounds, the same word in all four lanes. */
const roundKeys: usize = memory.data(320, 16);
const multiplierA: usize = memory.data<u32>([0xd2511f53, 0xd2511f53, 0xd2511f53, 0xd2511f53], 16);
const multiplierB: usize = memory.data<u32>([0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57, 0xcd9e8d57], 16);

/** The upper half of the counter; the lower half counts blocks. */
let counter2: u32 = 0;
let counter3: u32 = 0;

/** Chooses a stream: its Philox key and the upper half of its counter. */
export function chooseStream(key0: u32, key1: u32, upper0: u32, upper1: u32): void {
  for (let at = roundKeys; at < roundKeys + 320; at += 32) {
    v128.store(at, i32x4.splat(key0));
    v128.store(at, i32x4.splat(key1), 16);
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  counter2 = upper0;
  counter3 = upper1;
}

/** The lower words of the four products. */
// @ts-ignore: decorator
@inline
function lower(x: v128, multiplier: usize): v128 {
  return i32x4.mul(x, v128.load(multiplier));
}

/** The upper words of the four products, the two in the middle exchanged: a blend costs less than a shuffle. */
// @ts-ignore: decorator
@inline
function upper(x: v128, multiplier: usize): v128 {
  const first = i64x2.extmul_low_i32x4_u(x, v128.load(multiplier));
  const second = i64x2.extmul_high_i32x4_u(x, v128.load(multiplier));
  return v128.shuffle<i32>(i64x2.shr_u(first, 32), second, 0, 5, 2, 7);
}

/** A new word 0 or 2 of the state. */
// @ts-ignore: decorator
@inline
function mixed(product: v128, word: v128, key: usize): v128 {
  return v128.xor(v128.xor(product, word), v128.load(key));
}

// @ts-ignore: decorator
@inline
function exchangeMiddle(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 0, 2, 1, 3);
}

/**
 * Writes the words of `2 · passes` sets of four blocks, from block `first` (a multiple of four) on. A set is four vectors of
 * 16 bytes: the first words of its blocks, then the second, third and fourth ones.
 */
export function drawSets(into: usize, first: u64, passes: i32): void {
  const lanes = i32x4(0, 1, 2, 3);
  for (; passes > 0; passes--) {
    let a0 = i32x4.add(i32x4.splat(<i32>first), lanes);
    let a1 = i32x4.splat(<i32>(first >> 32));
    let a2 = i32x4.splat(counter2);
    let a3 = i32x4.splat(counter3);
    let b0 = i32x4.add(i32x4.splat(<i32>(first + 4)), lanes);
    let b1 = i32x4.splat(<i32>((first + 4) >> 32));
    let b2 = a2;
    let b3 = a3;
    // Two rounds: after each, words 0 and 2 have their middle lanes exchanged, and words 1 and 3 are one exchange behind,
    // which is where the next round needs them.
    for (let keys = roundKeys; keys < roundKeys + 320; keys += 64) {
      const a4 = mixed(upper(a2, multiplierB), a1, keys);
      const b4 = mixed(upper(b2, multiplierB), b1, keys);
      const a6 = mixed(upper(a0, multiplierA), a3, keys + 16);
      const b6 = mixed(upper(b0, multiplierA), b3, keys + 16);
      const a5 = lower(a2, multiplierB);
      const b5 = lower(b2, multiplierB);
      const a7 = lower(a0, multiplierA);
      const b7 = lower(b0, multiplierA);
      a0 = mixed(upper(a6, multiplierB), a5, keys + 32);
      b0 = mixed(upper(b6, multiplierB), b5, keys + 32);
      a2 = mixed(upper(a4, multiplierA), a7, keys + 48);
      b2 = mixed(upper(b4, multiplierA), b7, keys + 48);
      a1 = lower(a6, multiplierB);
      b1 = lower(b6, multiplierB);
      a3 = lower(a4, multiplierA);
      b3 = lower(b4, multiplierA);
    }
    v128.store(into, a0);
    v128.store(into, exchangeMiddle(a1), 16);
    v128.store(into, a2, 32);
    v128.store(into, exchangeMiddle(a3), 48);
    v128.store(into, b0, 64);
    v128.store(into, exchangeMiddle(b1), 80);
    v128.store(into, b2, 96);
    v128.store(into, exchangeMiddle(b3), 112);
    first += 8;
    into += 128;
  }
}
