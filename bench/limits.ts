import * as tf from "@tensorflow/tfjs";
import { key, normal, normalArray } from "../lib/random";
import type { Runner, Workload } from "./workload";

/**
 * What this machine can do at most on one thread: a large matrix product, a copy larger than the caches, and normals, each as
 * fast as any side does it. Not a workload of its own: the others' distances to the limit come from it.
 */
export const workload: Workload<{ width: number; copied: number; normals: number }> = {
  name: "limits",
  title: "limits of this machine",
  parameters: { width: 2048, copied: 2 ** 24, normals: 4e6 },
  prepare: async ({ width, copied, normals }): Promise<Runner> => {
    const [left, right] = [1, 2].map((seed) => normal(key(seed), [width, width]));
    const source = new Float32Array(copied).fill(1);
    const target = new Float32Array(copied);
    const rate = (work: number, run: () => void): number => {
      const started = performance.now();
      run();
      return work / ((performance.now() - started) / 1000);
    };
    return {
      run: () => ({
        matrixProduct: rate(2 * width ** 3, () => tf.tidy(() => void tf.matMul(left, right).dataSync())),
        copy: rate(2 * 4 * copied, () => target.set(source)),
        normals: Math.max(
          rate(normals, () => void normalArray(key(3), normals)),
          rate(normals, () => tf.tidy(() => void normal(key(3), [normals]).dataSync())),
        ),
      }),
      dispose: () => tf.dispose([left, right]),
    };
  },
  peers: ["numpy", "torch", "jax"],
  same: () => undefined,
  reach: { seconds: Infinity },
};
