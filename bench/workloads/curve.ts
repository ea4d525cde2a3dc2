import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import type { Tensor } from "../../lib/engine";
import {
  type CurveJet,
  curveLengths,
  disposeCurve,
  equallySpacedAngles,
  greatCircle,
  throughActivation,
  throughLayer,
} from "../../lib/measure";
import { type DenseLayer, meanFieldLayer, tanhActivation } from "../../lib/nets";
import { foldIn, key } from "../../lib/random";
import { demandAgreement } from "../agreement";
import { writeNpy } from "../npy";
import type { Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly width: number;
  readonly depth: number;
  readonly points: number;
  readonly sigmaW: number;
}

/** The curve's lengths after every layer, [depth, 2]. */
function throughNet(circle: CurveJet, layers: readonly DenseLayer[]): Tensor {
  return tf.tidy(() => {
    let curve: CurveJet = circle;
    const found: Tensor[] = [];
    for (const layer of layers) {
      const activated = throughActivation(curve, tanhActivation);
      if (curve !== circle) disposeCurve(curve);
      curve = throughLayer(activated, layer);
      disposeCurve(activated);
      const { euclidean, grassmannian } = curveLengths(curve);
      found.push(euclidean, grassmannian);
    }
    return tf.reshape(tf.stack(found), [layers.length, 2]);
  });
}

export const workload: Workload<Sizes> = {
  name: "curve",
  title: "a curve of 1000 points with two derivatives through a tanh net of width 1000 and depth 20",
  parameters: { width: 1000, depth: 20, points: 1000, sigmaW: 2.5 },
  prepare: async ({ width, depth, points, sigmaW }, folder) => {
    const layers = Array.from({ length: depth }, (_, index) =>
      meanFieldLayer(foldIn(key(1), index), { nets: 1, fanIn: width, fanOut: width, sigmaW, sigmaB: 0.3 }),
    );
    const circle = greatCircle(key(2), { nets: 1, width, squaredLength: 4, angles: equallySpacedAngles(points) });
    const arrays: Record<string, Tensor> = {
      position: circle.position,
      velocity: circle.velocity,
      acceleration: circle.acceleration,
      ...Object.fromEntries(layers.map(({ weights }, index) => [`weights${index}`, weights])),
      ...Object.fromEntries(layers.map(({ biases }, index) => [`biases${index}`, biases])),
    };
    for (const [name, tensor] of Object.entries(arrays)) {
      writeNpy(join(folder, `${name}.npy`), (await tensor.data()) as Float32Array, tensor.shape.slice(1));
    }
    return {
      run: async () => {
        const found = throughNet(circle, layers);
        const values = Array.from(await found.data());
        found.dispose();
        return {
          euclidean: values.filter((_, index) => index % 2 === 0),
          grassmannian: values.filter((_, index) => index % 2 === 1),
        };
      },
    };
  },
  peers: ["numpy", "torch", "jax"],
  // Chaos doubles what rounding differs by in every layer.
  same: (ours, theirs) => demandAgreement(ours, theirs, 1e-3),
  reach: { ratio: 1 },
  limit: ({ width, depth, points }, { matrixProduct }) => (depth * 2 * 3 * points * width ** 2) / matrixProduct,
  growth: [
    {
      of: "width",
      label: "width",
      values: [30, 100, 300, 1000, 3000],
      others: { points: 300, depth: 10 },
      expected: { time: 2, memory: 2 },
    },
    {
      of: "depth",
      label: "depth",
      values: [2, 6, 20, 60, 200],
      // Where chaos is weaker, so that second derivatives stay within float32.
      others: { width: 300, points: 300, sigmaW: 1.2 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "points",
      label: "points on the curve",
      values: [100, 300, 1000, 3000, 10_000],
      others: { width: 300, depth: 10 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
