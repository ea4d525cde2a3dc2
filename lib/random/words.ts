import { checkedWords } from "./key";
import type { Key } from "./key";
import { fillFromStream } from "./stream";

/**
 * `length` random uint32 words of a key's stream: all 32 bits uniform and independent.
 *
 * The stream is that of TensorFlow's stateless samplers for an int32 seed of the key's two words: one Philox4x32-10 block
 * under a fixed key scrambles the (sign-extended) seed into the stream's own Philox key and the upper half of its counter;
 * the lower half counts blocks from 0. Scrambling is a bijection, so no two keys share a block.
 */
export function randomBits(key: Key, length: number): Uint32Array {
  const output = new Int32Array(checkedLength(length, "randomBits"));
  fillFromStream(output, checkedWords(key, "randomBits"), "words");
  return new Uint32Array(output.buffer);
}

/** A number of draws, checked: 0 and up. */
export function checkedLength(length: number, caller: string): number {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`${caller}: the number of draws must be an integer of 0 or more, not ${String(length)}.`);
  }
  return length;
}
