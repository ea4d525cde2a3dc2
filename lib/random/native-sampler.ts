import * as tf from "@tensorflow/tfjs";
import { engineReport, executeNative, isNative } from "../engine";
import type { Tensor } from "../engine/tensor";
import { checkedWords } from "./key";
import type { Key } from "./key";
import { normalArray } from "./normal";
import { uniformArray } from "./uniform";

/** TensorFlow's stateless samplers that follow the key streams of this folder. */
export type NativeSampler = "StatelessRandomUniform" | "StatelessRandomNormal";

// Enough for a GPU to spread over many threads, and not a whole number of blocks.
const TRIAL_KEY: Key = { words: [0x9abcdef0, 0x12345678] };
const TRIAL_LENGTH = 50_003;

let reproduces: boolean | null = null;

/**
 * Whether tensors are drawn by native TensorFlow itself: on a GPU, where its numbers are this folder's. On a processor the
 * module that fills arrays is faster than TensorFlow's samplers at every size, the copy into a tensor included.
 */
export function nativeSamplersServe(): boolean {
  return isNative() && engineReport().name === "gpu" && nativeSamplersReproduce();
}

/**
 * Whether native TensorFlow is open and a trial draw of this process gave the uniforms of this folder's arrays bit for bit
 * and their normals to 1e-6. The trial costs some milliseconds, once.
 */
export function nativeSamplersReproduce(): boolean {
  if (!isNative()) return false;
  reproduces ??= tf.tidy(() => {
    const uniforms = drawNative("StatelessRandomUniform", TRIAL_KEY, [TRIAL_LENGTH]).dataSync<"float32">();
    const normals = drawNative("StatelessRandomNormal", TRIAL_KEY, [TRIAL_LENGTH]).dataSync<"float32">();
    return (
      agree(uniforms, uniformArray(TRIAL_KEY, TRIAL_LENGTH), 0) &&
      agree(normals, normalArray(TRIAL_KEY, TRIAL_LENGTH), 1e-6)
    );
  });
  return reproduces;
}

/** Draws on native TensorFlow: float32, of any shape, from the stream of `key`. */
export function drawNative(sampler: NativeSampler, key: Key, shape: number[]): Tensor {
  const words = checkedWords(key, sampler);
  return tf.tidy(() => {
    const size = tf.tensor1d(shape, "int32");
    const seed = tf.tensor1d(
      Int32Array.from(words, (word) => word | 0),
      "int32",
    );
    return executeNative(sampler, { dtype: "float32", T: "int32", Tseed: "int32" }, [size, seed]);
  });
}

/** Whether two arrays differ by at most `tolerance` everywhere; NaN agrees with nothing. */
export function agree(a: Float32Array, b: Float32Array, tolerance: number): boolean {
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= tolerance);
}
