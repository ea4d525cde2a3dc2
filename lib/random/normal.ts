import { checkedWords } from "./key";
import type { Key } from "./key";
import { fillFromStream } from "./stream";
import { checkedLength } from "./words";

/**
 * `length` standard normals by the Box–Muller transform, as TensorFlow's stateless sampler applies it: of each pair of
 * uniforms (u, v) of the key's stream, √(−2 ln max(u, 1e-7)) times sin 2πv, then times cos 2πv, each step rounded to
 * float32. Within 1e-6 of what the native engine draws for the same key, and the same bits on every machine. |x| ≤ 5.68.
 *
 * @param first which number of the stream is the first one; default 0.
 * @throws RangeError for a length or a `first` that is not a whole number ≥ 0.
 */
export function normalArray(key: Key, length: number, first: number = 0): Float32Array {
  const output = new Float32Array(checkedLength(length, "normalArray"));
  if (!Number.isSafeInteger(first) || first < 0) {
    throw new RangeError(`normalArray: the first number is a whole number ≥ 0, not ${String(first)}.`);
  }
  fillFromStream(output, checkedWords(key, "normalArray"), "normals", { first });
  return output;
}
