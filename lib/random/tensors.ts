import * as tf from "@tensorflow/tfjs";
import { engineReport } from "../engine";
import type { Tensor } from "../engine/tensor";
import { checkedWords, type Key } from "./key";
import { drawNative, type NativeSampler, nativeSamplersServe } from "./native-sampler";
import { rademacherArray } from "./rademacher";
import { fillFromStream, type Reading } from "./stream";
import { truncatedNormalArray } from "./truncated-normal";

/**
 * Uniforms on [low, high) of any shape: `uniformArray(key, size) · (high − low) + low`, rounded to float32 after each step
 * (which may round up to `high`). The same bits on every engine.
 *
 * @throws RangeError unless low < high, both finite.
 */
export function uniform(key: Key, shape: number[], low: number = 0, high: number = 1): Tensor {
  const size = checkedSize(shape, "uniform");
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`uniform: expected finite low < high, but got low ${low} and high ${high}.`);
  }
  return draw("uniform", key, { shape, size, scale: high - low, shift: low });
}

/**
 * Normals of any shape: `normalArray(key, size) · standardDeviation + mean`. Equal on every engine to 1e-6 standard
 * deviations.
 *
 * @throws RangeError for a negative or non-finite standard deviation, or a non-finite mean.
 */
export function normal(key: Key, shape: number[], mean: number = 0, standardDeviation: number = 1): Tensor {
  const size = checkedSize(shape, "normal");
  if (!(Number.isFinite(mean) && Number.isFinite(standardDeviation) && standardDeviation >= 0)) {
    throw new RangeError(
      `normal: expected a finite mean and a standard deviation of 0 or more, but got ${mean} and ${standardDeviation}.`,
    );
  }
  return draw("normal", key, { shape, size, scale: standardDeviation, shift: mean });
}

/** Standard normals conditioned on |x| < 2, of any shape, as `truncatedNormalArray`: variance 0.7737413, not corrected. */
export function truncatedNormal(key: Key, shape: number[]): Tensor {
  return tf.tensor(truncatedNormalArray(key, checkedSize(shape, "truncatedNormal")), shape, "float32");
}

/** Signs −1 and 1 with equal chances, of any shape, as `rademacherArray`. */
export function rademacher(key: Key, shape: number[]): Tensor {
  return tf.tensor(rademacherArray(key, checkedSize(shape, "rademacher")), shape, "float32");
}

const samplers: Readonly<Record<"uniform" | "normal", { native: NativeSampler; reading: Reading }>> = {
  uniform: { native: "StatelessRandomUniform", reading: "uniforms" },
  normal: { native: "StatelessRandomNormal", reading: "normals" },
};

/** Draws · scale + shift. */
function draw(
  law: "uniform" | "normal",
  key: Key,
  { shape, size, scale, shift }: { shape: number[]; size: number; scale: number; shift: number },
): Tensor {
  const { native, reading } = samplers[law];
  if (!nativeSamplersServe()) {
    const values = new Float32Array(size);
    fillFromStream(values, checkedWords(key, law), reading, { scale, shift });
    return tf.tensor(values, shape);
  }
  return tf.tidy(() => {
    const draws = drawNative(native, key, shape);
    const scaled = scale === 1 ? draws : tf.mul(draws, tf.scalar(scale));
    return shift === 0 ? scaled : tf.add(scaled, tf.scalar(shift));
  });
}

function checkedSize(shape: number[], caller: string): number {
  if (!Array.isArray(shape) || !shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) {
    throw new RangeError(
      `${caller}: the shape must be an array of integers of 0 or more, not ${Array.isArray(shape) ? `[${shape.join(", ")}]` : String(shape)}.`,
    );
  }
  // Without this, a forgotten openEngine would mean TensorFlow.js's plain backend, right and a hundred times slower.
  engineReport();
  return shape.reduce((product, extent) => product * extent, 1);
}
