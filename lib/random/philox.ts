/**
 * Philox counter-based generators: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 *
 * A block of output is a keyed bijection of a counter, so any block can be had without those before it.
 */

const ROUNDS = 10;
const WEYL_A = 0x9e3779b9;
const WEYL_B = 0xbb67ae85;

const MULTIPLIER_A = 0xd2511f53;
const MULTIPLIER_B = 0xcd9e8d57;
const MULTIPLIER_PAIR = 0xd256d193;

/** The upper 32 bits of the 64-bit product of two uint32, from 16-bit halves, whose products doubles hold exactly. */
function highWord(a: number, multiplier: number): number {
  const word = a >>> 0;
  const middle = (word & 0xffff) * multiplier;
  return Math.floor((Math.floor(middle / 65536) + (word >>> 16) * multiplier) / 65536);
}

/** `count` words of 32 bits, signed or not. */
function checkWords(words: ArrayLike<number>, count: number, what: string): void {
  if (words.length !== count)
    throw new RangeError(`${what}: expected ${count} words of 32 bits, but got ${words.length}.`);
  for (let i = 0; i < count; i++) {
    if (words[i] >>> 0 !== words[i] && (words[i] | 0) !== words[i]) {
      throw new RangeError(`${what}: a word has 32 bits, which ${words[i]} is not.`);
    }
  }
}

/**
 * One block of Philox4x32-10: four uint32 words, from four counter words and two key words. A bijection of the counter.
 * @throws RangeError for another number of words, or one that is no integer of 32 bits
 */
export function philox4x32(counter: ArrayLike<number>, key: ArrayLike<number>): Uint32Array {
  checkWords(counter, 4, "philox4x32: counter");
  checkWords(key, 2, "philox4x32: key");
  let [x0, x1, x2, x3] = Array.from(counter);
  let [k0, k1] = Array.from(key);
  for (let round = 0; round < ROUNDS; round++) {
    const highA = highWord(x0, MULTIPLIER_A);
    const highB = highWord(x2, MULTIPLIER_B);
    const lowA = Math.imul(x0, MULTIPLIER_A);
    const lowB = Math.imul(x2, MULTIPLIER_B);
    x0 = highB ^ x1 ^ k0;
    x1 = lowB;
    x2 = highA ^ x3 ^ k1;
    x3 = lowA;
    k0 += WEYL_A;
    k1 += WEYL_B;
  }
  return Uint32Array.of(x0, x1, x2, x3);
}

/**
 * One block of Philox2x32-10: two uint32 words, from two counter words and one key word. A bijection of the counter.
 * @throws RangeError as `philox4x32` does
 */
export function philox2x32(counter: ArrayLike<number>, key: number): Uint32Array {
  checkWords(counter, 2, "philox2x32: counter");
  checkWords([key], 1, "philox2x32: key");
  let [x0, x1] = Array.from(counter);
  let k = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high = highWord(x0, MULTIPLIER_PAIR);
    const low = Math.imul(x0, MULTIPLIER_PAIR);
    x0 = high ^ k ^ x1;
    x1 = low;
    k += WEYL_A;
  }
  return Uint32Array.of(x0, x1);
}
