import { checkedWords } from "./key";
import type { Key } from "./key";
import { fillFromStream } from "./stream";
import { checkedLength } from "./words";

/** `length` signs, −1 or 1 with equal chances: draw i is bit i mod 32 of word ⌊i/32⌋ of the key's stream, 1 for a set bit. */
export function rademacherArray(key: Key, length: number): Float32Array {
  checkedLength(length, "rademacherArray");
  const bits = new Int32Array(Math.ceil(length / 32));
  fillFromStream(bits, checkedWords(key, "rademacherArray"), "words");
  const output = new Float32Array(length);
  for (let i = 0; i < length; i++) output[i] = (bits[i >>> 5] >>> (i & 31)) & 1 ? 1 : -1;
  return output;
}
