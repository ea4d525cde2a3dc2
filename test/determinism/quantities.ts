import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "fathom/engine";
import {
  curveLengths,
  equallySpacedAngles,
  gaussianActivationLengths,
  greatCircle,
  regionsOnSegment,
  streamedActivationLengths,
  throughActivation,
  throughLayer,
} from "fathom/measure";
import {
  type Architecture,
  convolutional,
  fullyConnected,
  heNormal,
  meanFieldLayer,
  orthogonalWeights,
  randomReluNet,
  tanhActivation,
} from "fathom/nets";
import { foldIn, key, normal, truncatedNormal, uniform } from "fathom/random";
import { adam, labelLoss, trainingStep } from "fathom/train";

type Values = Float32Array | Float64Array;

async function valuesOf(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

/** Weights after some steps of Adam on random images and labels. */
async function trained(architecture: Architecture, inputWidth: number, steps: number): Promise<Float32Array> {
  const initial = architecture.parameters(key(21), 2);
  const variables = initial.map((parameter) => tf.variable(parameter));
  const inputs = uniform(key(22), [64, inputWidth]);
  const labels = tf.tensor1d(
    Int32Array.from({ length: 64 }, (_, index) => index % 10),
    "int32",
  );
  const state = adam(1e-3).attach(variables);
  const batch = Int32Array.from({ length: 32 }, (_, index) => index);
  for (let step = 0; step < steps; step++) {
    trainingStep(architecture, variables, state, inputs, labelLoss({ labels, classes: 10 }), batch);
  }
  return valuesOf(tf.concat(variables.map((variable) => tf.reshape(variable, [-1]))));
}

/**
 * What the collection computes, a little of each kind, all from fixed keys. Names stand in environment.md's table of digits.
 */
export const quantities: Readonly<Record<string, () => Promise<Values> | Values>> = {
  "uniform numbers": () => valuesOf(uniform(key(1), [100_000])),
  "normal numbers": () => valuesOf(normal(key(2), [100_000])),
  "truncated normal numbers": () => valuesOf(truncatedNormal(key(3), [100_000])),
  "orthogonal weights, 100 × 100": () => valuesOf(orthogonalWeights(1).weights(key(4), [100, 100])),
  "outputs of ReLU nets, depth 10, width 100": () => {
    const net = fullyConnected({
      inputWidth: 50,
      hiddenWidths: new Array<number>(10).fill(100),
      outputWidth: 10,
      initialisation: heNormal,
    });
    return valuesOf(tf.tidy(() => net.output(net.parameters(key(5), 20), normal(key(6), [10, 50]))));
  },
  "activation lengths, weights drawn": () => {
    const input = Float32Array.from({ length: 50 }, (_, index) => Math.cos(index));
    const shape = { nets: 50, inputWidth: 50, hiddenWidths: new Array<number>(20).fill(50), initialisation: heNormal };
    return streamedActivationLengths(key(7), { ...shape, input })[20];
  },
  "activation lengths, exact law": () => {
    const shape = { nets: 50, inputWidth: 50, hiddenWidths: new Array<number>(20).fill(50), initialisation: heNormal };
    return gaussianActivationLengths(key(8), shape)[20];
  },
  "a curve's lengths, tanh, depth 5": async () => {
    const lengths = tf.tidy(() => {
      let curve = greatCircle(key(9), { nets: 2, width: 200, squaredLength: 4, angles: equallySpacedAngles(100) });
      for (let layer = 0; layer < 5; layer++) {
        const shape = { nets: 2, fanIn: 200, fanOut: 200, sigmaW: 1.5, sigmaB: 0.3 };
        curve = throughLayer(throughActivation(curve, tanhActivation), meanFieldLayer(foldIn(key(10), layer), shape));
      }
      const { euclidean, grassmannian } = curveLengths(curve);
      return tf.stack([euclidean, grassmannian]);
    });
    return valuesOf(lengths);
  },
  "breakpoints on a line, 10-[32]×4": () => {
    const net = randomReluNet(key(11), { inputWidth: 10, hiddenWidths: [32, 32, 32, 32], outputWidth: 1, sigmaB: 0.5 });
    const [from, to] = [-1, 1].map((side) => Float64Array.from({ length: 10 }, (_, index) => side * Math.cos(index)));
    return regionsOnSegment(net, from, to).breakpoints;
  },
  "weights after 10 steps of Adam, 20-50-10": () =>
    trained(fullyConnected({ inputWidth: 20, hiddenWidths: [50], outputWidth: 10, initialisation: heNormal }), 20, 10),
  "weights after 10 steps of Adam, convolutional": () => {
    const convolutions = [{ channels: 6, size: 5 }];
    const shape = { inputShape: [12, 12, 1] as const, convolutions, hiddenWidths: [20], outputWidth: 10 };
    return trained(convolutional(shape), 144, 10);
  },
};
