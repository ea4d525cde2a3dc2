import { checkedWords } from "./key";
import type { Key } from "./key";
import { fillFromStream } from "./stream";
import { checkedLength } from "./words";

/**
 * `length` uniforms on [0, 1): the lower 23 bits of each word of the key's stream over 2^23, which is how TensorFlow fills
 * a float's mantissa. 0 occurs (once in 8.4 million), 1 does not.
 */
export function uniformArray(key: Key, length: number): Float32Array {
  const output = new Float32Array(checkedLength(length, "uniformArray"));
  fillFromStream(output, checkedWords(key, "uniformArray"), "uniforms");
  return output;
}
