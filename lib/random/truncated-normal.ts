import { checkedWords } from "./key";
import type { Key } from "./key";
import { normalQuantile } from "./normal-quantile";
import { fillFromStream } from "./stream";
import { checkedLength } from "./words";

/** Where the truncated normal is cut, in standard deviations of the normal before the cut. */
export const TRUNCATION: number = 2;

/** Variance of a standard normal cut at ±2: 1 − 4 φ(2)/(Φ(2) − Φ(−2)), with φ and Φ the normal density and distribution. */
export const TRUNCATED_VARIANCE: number = 0.7737413035499232;

/** Φ(2) − Φ(−2) = erf(√2). */
const MASS_INSIDE = 0.9544997361036416;

/**
 * `length` draws of the standard normal conditioned on |x| < 2 (which float32 may round to 2 itself). Their variance is `TRUNCATED_VARIANCE`; nothing corrects it.
 *
 * Each is the normal quantile of ½ + (u − ½)(Φ(2) − Φ(−2)), where u is the middle of one of 2^32 equal cells of (0, 1), picked
 * by one word of the key's stream: the same bits on every engine. TensorFlow's own sampler consumes the stream otherwise and
 * gives other numbers.
 */
export function truncatedNormalArray(key: Key, length: number): Float32Array {
  checkedLength(length, "truncatedNormalArray");
  const output = new Float32Array(length);
  const bits = new Int32Array(output.buffer);
  fillFromStream(bits, checkedWords(key, "truncatedNormalArray"), "words");
  for (let i = 0; i < length; i++) output[i] = normalQuantile((bits[i] + 0.5) * 2 ** -32 * MASS_INSIDE);
  return output;
}
