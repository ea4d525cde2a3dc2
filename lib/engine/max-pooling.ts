import * as tf from "@tensorflow/tfjs";
import { reluGradient } from "./layer-ops";
import { executeNative, executeNativeOutputs, isNative, type NativeAttributes } from "./native-op";
import type { Tensor, Tensor4D } from "./tensor";

/** The largest numbers of windows, and the way back from a gradient by them. */
export interface Largest<T extends Tensor = Tensor> {
  readonly output: T;
  /** The gradient by the input: a window's goes to its largest number, of equals to the first, row by row. */
  readonly backwards: (outputGradient: Tensor) => T;
}

/**
 * Max pooling over windows of `pool` × `pool` that touch, for derivatives that are written out: it leaves nothing on a
 * gradient tape. TensorFlow's own op and, more so, its gradient, which looks for the largest once more, take several times as
 * long as the convolution before them. TensorFlow's build for processors holds oneDNN's too, which remembers where the
 * largest were; elsewhere maximums of neighbours do it. All agree, ties included.
 * @param maps [batch, rows, columns, channels], rows and columns multiples of `pool`
 */
export function maxPooling(maps: Tensor4D, pool: number): Largest<Tensor4D> {
  return hasOneDnn() && pool <= largestRemembered ? byOneDnn(maps, pool) : byNeighbours(maps, pool);
}

/** Places in a window are remembered as one byte. */
const largestRemembered = 15;

/** Max pooling from maximums of neighbours: first of each window's columns, then of its rows. */
export function byNeighbours(maps: Tensor4D, pool: number): Largest<Tensor4D> {
  const [batch, rows, columns, channels] = maps.shape;
  const overColumns = largestOfRuns(maps, pool, channels);
  const overRows = largestOfRuns(overColumns.output, pool, (columns / pool) * channels);
  return {
    output: tf.reshape(overRows.output, [batch, rows / pool, columns / pool, channels]),
    backwards: (gradient) => tf.reshape(overColumns.backwards(overRows.backwards(gradient)), maps.shape),
  };
}

/** The largest, number by number, of every `count` runs of `length` numbers that follow each other in memory. */
function largestOfRuns(values: Tensor, count: number, length: number): Largest {
  const runs = tf.split(tf.reshape(values, [-1, count * length]), count, 1);
  const largest = [runs[0]];
  for (const run of runs.slice(1)) largest.push(tf.maximum(largest[largest.length - 1], run));
  return {
    output: largest[count - 1],
    backwards(outputGradient) {
      let left = tf.reshape(outputGradient, [-1, length]);
      const shares: Tensor[] = [];
      for (let run = count - 1; run > 0; run--) {
        // All of it where this run exceeds those before: where the difference has the slope of ReLU.
        const share = reluGradient(left, tf.sub(runs[run], largest[run - 1]));
        left = tf.sub(left, share);
        shares.unshift(share);
      }
      return tf.concat([left, ...shares], 1);
    },
  };
}

function byOneDnn(maps: Tensor4D, pool: number): Largest<Tensor4D> {
  const attributes: NativeAttributes = {
    T: "float32",
    ksize: [1, pool, pool, 1],
    strides: [1, pool, pool, 1],
    padding: { text: "VALID" },
    data_format: { text: "NHWC" },
    workspace_enabled: true,
    _kernel: { text: "MklNameChangeOp" },
  };
  const [output, places] = executeNativeOutputs("_MklNativeMaxPool", attributes, [maps], 2);
  return {
    output: output as Tensor4D,
    backwards: (gradient) =>
      executeNative("_MklNativeMaxPoolGrad", attributes, [maps, output, gradient, places]) as Tensor4D,
  };
}

let oneDnnWorks: boolean | undefined;

/**
 * Whether this TensorFlow computes on the processor and pools by oneDNN. TensorFlow puts such ops in itself where it compiles a
 * graph; they have no public name, so they are tried once, forwards and back.
 */
export function hasOneDnn(): boolean {
  if (!isNative() || (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice) return false;
  oneDnnWorks ??= tf.tidy(() => {
    try {
      const { output, backwards } = byOneDnn(tf.tensor4d([3, 5, 5, 4], [1, 2, 2, 1]), 2);
      return output.dataSync()[0] === 5 && backwards(output).dataSync().join() === "0,5,0,0";
    } catch {
      return false;
    }
  });
  return oneDnnWorks;
}
