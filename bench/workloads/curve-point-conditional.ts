import { type CurvePointMeasures, gaussianTanhCurvePoints } from "../../lib/measure";
import { foldIn, key, normalArray } from "../../lib/random";
import { demandSameLaw } from "../same-law";
import type { Summary, Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  readonly nets: number;
  readonly width: number;
  readonly depth: number;
}

const [sigmaW, sigmaB, squaredLength] = [2.5, 0.3, 4];

/** ln ‖h‖²/n, ln ‖∂h‖²/n and ln (κ ‖∂h‖)² after the last layer. */
function logarithms(
  norm: ArrayLike<number>,
  speed: ArrayLike<number>,
  turning: ArrayLike<number>,
  width: number,
): Summary {
  return {
    logLength: Array.from(norm, (square) => Math.log(square / width)),
    logSpeed: Array.from(speed, (square) => Math.log(square / width)),
    logTurning: Array.from(turning, Math.log),
  };
}

const last = (measures: CurvePointMeasures, width: number): Summary => {
  const [norm, speed, turning] = [measures.squaredNorm, measures.squaredSpeed, measures.squaredTurning].map(
    (layers) => layers[layers.length - 1],
  );
  return logarithms(norm, speed, turning, width);
};

/** ‖h‖², ‖∂h‖² and (κ ‖∂h‖)² of one net, every weight drawn. */
function plainNet(net: number, { width, depth }: Sizes): [number, number, number] {
  const radius = Math.sqrt(width * squaredLength);
  let jet = [1, 1, -1].map((sign, derivative) => {
    const vector = new Float64Array(width);
    vector[derivative % 2] = sign * radius;
    return vector;
  });
  for (let layer = 0; layer < depth; layer++) {
    if (layer > 0) {
      const [h, v, a] = jet;
      const t = h.map(Math.tanh);
      const slope = t.map((value) => 1 - value * value);
      jet = [
        t,
        v.map((value, i) => slope[i] * value),
        a.map((value, i) => slope[i] * (value - 2 * t[i] * v[i] * v[i])),
      ];
    }
    const layerKey = foldIn(foldIn(key(3), net), layer);
    const next = jet.map(() => new Float64Array(width));
    for (let i = 0; i < width; i++) {
      const weights = normalArray(layerKey, width, i * width);
      jet.forEach((vector, derivative) => {
        const factor = (sigmaW / Math.sqrt(width)) * vector[i];
        const sum = next[derivative];
        for (let j = 0; j < width; j++) sum[j] += factor * weights[j];
      });
    }
    const biases = normalArray(foldIn(layerKey, "biases"), width);
    for (let j = 0; j < width; j++) next[0][j] += sigmaB * biases[j];
    jet = next;
  }
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const [h, v, a] = jet;
  return [dot(h, h), dot(v, v), (dot(a, a) - dot(v, a) ** 2 / dot(v, v)) / dot(v, v)];
}

export const workload: Workload<Sizes> = {
  name: "curve-point-conditional",
  title: "(x, x', x'') at one point of a curve through 32 tanh nets of width 1000 and depth 20, from the exact law",
  parameters: { nets: 32, width: 1000, depth: 20 },
  prepare: async ({ nets, width, depth }) => {
    const square = width * squaredLength;
    const options = {
      nets,
      inputWidth: width,
      hiddenWidths: new Array<number>(depth).fill(width),
      sigmaW,
      sigmaB,
      products: [square, 0, -square, square, 0, square],
    };
    let runs = 0;
    return { run: () => last(gaussianTanhCurvePoints(foldIn(key(2), runs++), options), width) };
  },
  plain: (sizes) => ({
    run: () => {
      const found = Array.from({ length: sizes.nets }, (_, net) => plainNet(net, sizes));
      const [norm, speed, turning] = [0, 1, 2].map((of) => found.map((measures) => measures[of]));
      return logarithms(norm, speed, turning, sizes.width);
    },
  }),
  peers: ["torch", "jax"],
  same: demandSameLaw,
  reach: { ratio: 1 / 15, of: "torch" },
  limit: ({ nets, width, depth }, { normals }) => (3 * nets * width * depth) / normals,
  growth: [
    {
      of: "nets",
      label: "nets",
      values: [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000],
      others: { width: 50, depth: 10 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "width",
      label: "width",
      values: [10, 30, 100, 300, 1000, 3000, 10_000],
      others: { nets: 300 },
      expected: { time: 1, memory: 0 },
    },
    {
      of: "depth",
      label: "depth",
      values: [3, 10, 30, 100, 300],
      others: { nets: 1000, width: 50 },
      expected: { time: 1, memory: 1 },
    },
  ],
};
