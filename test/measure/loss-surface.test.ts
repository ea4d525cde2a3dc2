import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor, type Tensor1D } from "fathom/engine";
import { filterNormalised, lossSurface, type LossSurfaceOptions, type ParameterPlane } from "fathom/measure";
import { fullyConnected, heNormal } from "fathom/nets";
import { foldIn, key, normal } from "fathom/random";
import { crossEntropy } from "fathom/train";

const options = { inputWidth: 6, hiddenWidths: [9, 8], outputWidth: 4, initialisation: heNormal } as const;
const alphas = [-1, 0, 0.5];
const betas = [-0.25, 0.75];

describe("a loss surface", () => {
  let plane: ParameterPlane;
  let inputs: Tensor;
  let labels: Tensor1D;
  before(async () => {
    await openEngine();
    const center = fullyConnected({ ...options, biasStandardDeviation: 0.2 }).parameters(key(1));
    const direction = (name: string): Tensor[] =>
      center.map(({ shape }, i) => normal(foldIn(foldIn(key(2), name), i), shape));
    plane = { center, first: direction("first"), second: direction("second") };
    inputs = normal(key(3), [30, 6]);
    labels = tf.tensor1d(
      Array.from({ length: 30 }, (_, i) => (i * i) % 4),
      "int32",
    );
  });
  after(() => tf.dispose([...plane.center, ...plane.first, ...plane.second, inputs, labels]));

  for (const activation of ["relu", "tanh", "linear"] as const) {
    for (const bytesAtOnce of [1, 150, 5000, 1e9]) {
      it(`is the net's loss at each point of the grid: ${activation}, ${bytesAtOnce} bytes at once`, async () => {
        const before = tf.memory().numTensors;
        const surface = await lossSurface({ plane, activation, alphas, betas, inputs, labels, bytesAtOnce });
        const net = fullyConnected({ ...options, activation });
        const expected = betas.flatMap((beta) =>
          alphas.map((alpha) =>
            tf.tidy(() => {
              const moved = plane.center.map((parameter, i) =>
                tf.addN([parameter, tf.mul(alpha, plane.first[i]), tf.mul(beta, plane.second[i])]),
              );
              const logits = tf.expandDims(net.output(moved, inputs), 0);
              return crossEntropy(logits, tf.oneHot(labels, 4)).dataSync()[0];
            }),
          ),
        );
        assert.equal(surface.length, expected.length);
        surface.forEach((value, i) =>
          assert.ok(Math.abs(value - expected[i]) < 1e-5 * Math.max(1, expected[i]), `${value}, ${expected[i]}`),
        );
        assert.equal(tf.memory().numTensors, before);
      });
    }
  }

  it("has directions as long as the filters that they move, and none for biases", () => {
    tf.tidy(() => {
      const found = filterNormalised(plane.first, plane.center);
      found.forEach((part, i) => {
        if (part.rank === 1) return assert.ok(part.dataSync().every((value) => value === 0));
        const norms = tf.norm(part, 2, 0).dataSync();
        const expected = tf.norm(plane.center[i], 2, 0).dataSync();
        norms.forEach((norm, j) => assert.ok(Math.abs(norm - expected[j]) < 1e-5));
        // Along the direction that was given.
        const ratio = tf.div(part, plane.first[i]).arraySync() as number[][];
        ratio[1].forEach((value, j) => assert.ok(Math.abs(value / ratio[0][j] - 1) < 1e-4));
      });
    });
  });

  it("refuses what is no plane, grid or set of examples", async () => {
    const good: LossSurfaceOptions = { plane, alphas, betas, inputs, labels };
    const bad: Partial<LossSurfaceOptions>[] = [
      { alphas: [] },
      { betas: [NaN] },
      { plane: { ...plane, first: plane.center.slice(2) } },
      { plane: { ...plane, center: plane.center.slice(0, 2) } },
      { inputs: plane.center[2] },
      { inputs: tf.zeros([0, 6]), labels: tf.tensor1d([], "int32") },
      { labels: tf.tensor1d(Array<number>(30).fill(4), "int32") },
      { labels: tf.tensor1d(Array<number>(30).fill(-1), "int32") },
    ];
    for (const change of bad) await assert.rejects(lossSurface({ ...good, ...change }), RangeError);
    tf.dispose(
      bad
        .slice(-3)
        .flatMap(({ inputs, labels }) => [inputs, labels])
        .filter((part) => part !== undefined),
    );
    assert.throws(() => filterNormalised(plane.first.slice(1), plane.center), RangeError);
  });
});
