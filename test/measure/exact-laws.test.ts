import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor } from "fathom/engine";
import {
  activationLengths,
  type CurveJet,
  disposeCurve,
  gaussianActivationLengths,
  gaussianJacobianVectorLengths,
  gaussianResidualLengths,
  type GaussianResidualNets,
  gaussianTanhCurvePoints,
  type JacobianVectorLengths,
  squaredNorm,
  squaredSpeed,
  squaredTurning,
  streamedActivationLengths,
  streamedJacobianVectorLengths,
  throughActivation,
  throughGaussianLayer,
  throughLayer,
} from "fathom/measure";
import { heNormal, heUniform, leCunNormal, meanFieldLayer, residual, tanhActivation } from "fathom/nets";
import { foldIn, key, normalArray } from "fathom/random";
import { holm, sameLawTests } from "fathom/theory";

const nets = 20_000;

/** Keys are fixed, so a test that passes keeps passing; a right sampler fails one of these with probability 1e-3. */
const level = 1e-3;

/**
 * The smallest p-value of all tests that samples by the same names have one law, corrected together: distribution and four
 * moments, of the values and of the logarithms of those above zero.
 */
function smallestPValue(first: Record<string, Float64Array>, second: Record<string, Float64Array>): number {
  const anyAbove = (values: Float64Array): boolean => values.some((value) => value > 0);
  const log = (values: Float64Array): Float64Array => values.filter((value) => value > 0).map(Math.log);
  const pValues = Object.keys(first).flatMap((name) => [
    ...sameLawTests(first[name], second[name]),
    // A quantity that is zero throughout has no logarithm to compare.
    ...(anyAbove(first[name]) && anyAbove(second[name]) ? sameLawTests(log(first[name]), log(second[name])) : []),
  ]);
  return Math.min(...holm(pValues.map(({ pValue }) => pValue)));
}

describe("exact conditional laws against explicit weights", () => {
  before(async () => {
    await openEngine();
  });

  describe("fully connected nets", () => {
    const options = { nets, inputWidth: 6, hiddenWidths: [8, 1, 5, 12], initialisation: heNormal };
    const input = new Float32Array(6).fill(1);
    const direction = Float32Array.of(Math.sqrt(6), 0, 0, 0, 0, 0);

    for (const sigmaB of [0, 0.7]) {
      it(`lengths of activations and of a Jacobian–vector product, σ_b = ${sigmaB}, through a layer of one unit`, () => {
        const last = ({ activation, jacobianVector }: JacobianVectorLengths): Record<string, Float64Array> => ({
          first: activation[1],
          last: activation[4],
          firstProduct: jacobianVector[1],
          lastProduct: jacobianVector[4],
          firstJoint: activation[1].map((length, net) => length * jacobianVector[1][net]),
          lastJoint: activation[4].map((length, net) => length * jacobianVector[4][net]),
        });
        const explicit = last(streamedJacobianVectorLengths(key(1), { ...options, sigmaB, input, direction }));
        const cosine = 1 / Math.sqrt(6);
        const sampled = last(gaussianJacobianVectorLengths(key(2), { ...options, sigmaB, cosine }));
        assert.ok(smallestPValue(sampled, explicit) > level);
        // Another angle between input and direction, and other biases.
        const straight = last(gaussianJacobianVectorLengths(key(3), { ...options, sigmaB, cosine: 1 }));
        assert.ok(smallestPValue(straight, explicit) < 1e-10);
        const biased = last(gaussianJacobianVectorLengths(key(4), { ...options, sigmaB: sigmaB + 0.2, cosine }));
        assert.ok(smallestPValue(biased, explicit) < 1e-10);
      });
    }

    it("deep and narrow: ten layers of four units", () => {
      const deep = { nets, inputWidth: 6, hiddenWidths: new Array<number>(10).fill(4), initialisation: heNormal };
      const explicit = { last: streamedActivationLengths(key(5), { ...deep, input })[10] };
      const sampled = { last: gaussianActivationLengths(key(6), deep)[10] };
      assert.ok(smallestPValue(sampled, explicit) > level);
      const deeper = {
        last: gaussianActivationLengths(key(7), { ...deep, hiddenWidths: [...deep.hiddenWidths, 4] })[11],
      };
      assert.ok(smallestPValue(deeper, explicit) < 1e-10);
    });
  });

  describe("residual nets", () => {
    const shapes: Record<string, Omit<GaussianResidualNets, "nets" | "input">> = {
      "linear ends": { inputWidth: 5, width: 5, scales: [0.5, 0.8, 1] },
      "ReLU ends, whose blocks see each entry of the stream": {
        inputWidth: 5,
        width: 5,
        scales: [0.7, -0.4, 1],
        blockHiddenWidths: [],
        blockEnd: "relu",
      },
      "a lead-in layer and two hidden layers in a block": {
        inputWidth: 3,
        width: 6,
        scales: [1, 0.3],
        blockHiddenWidths: [4, 7],
      },
      "one unit wide": { inputWidth: 1, width: 1, scales: [0.6, 0.6], blockHiddenWidths: [], blockEnd: "relu" },
    };
    const input = (width: number): Float32Array => Float32Array.from({ length: width }, (_, i) => (i % 2 ? -1 : 1.5));

    function explicit(shape: Omit<GaussianResidualNets, "nets" | "input">): Float64Array[] {
      const architecture = residual({ ...shape, biases: false });
      const parameters = architecture.parameters(key(10), nets);
      const x = tf.tensor2d(input(shape.inputWidth), [1, shape.inputWidth]);
      const [start, ...rest] = activationLengths(architecture, parameters, x);
      tf.dispose([x, ...parameters]);
      return [new Float64Array(nets).fill(start[0]), ...rest];
    }

    const named = (layers: Float64Array[]): Record<string, Float64Array> =>
      Object.fromEntries(layers.slice(1).map((lengths, layer) => [`${layer + 1}`, lengths]));

    for (const [name, shape] of Object.entries(shapes)) {
      it(name, () => {
        const weights = explicit(shape);
        const sampled = gaussianResidualLengths(key(11), { ...shape, nets, input: input(shape.inputWidth) });
        assert.equal(sampled.length, weights.length);
        sampled[0].forEach((length, net) => assert.ok(Math.abs(length - weights[0][net]) < 1e-6));
        assert.ok(smallestPValue(named(sampled), named(weights)) > level);
        const scales = shape.scales.map((scale) => 1.15 * scale);
        const planted = gaussianResidualLengths(key(12), { ...shape, scales, nets, input: input(shape.inputWidth) });
        assert.ok(smallestPValue(named(planted), named(weights)) < 1e-6);
      });
    }

    it("notice a stream whose entries were forgotten: a ReLU end is not invariant under rotations", () => {
      const shape = shapes["ReLU ends, whose blocks see each entry of the stream"];
      const weights = named(explicit(shape));
      const rotated = new Float32Array(5);
      rotated[0] = Math.sqrt(input(5).reduce((sum, value) => sum + value * value, 0));
      const sampled = gaussianResidualLengths(key(13), { ...shape, nets, input: rotated });
      assert.ok(smallestPValue(named(sampled), weights) < 1e-6);
    });

    it("are the input's own length at scale 0, and repeat for a key, whatever the number of nets", () => {
      const shape = { inputWidth: 4, width: 4, scales: [0, 0], input: input(4) };
      for (const lengths of gaussianResidualLengths(key(1), { ...shape, nets: 3 })) {
        lengths.forEach((length) => assert.ok(Math.abs(length - (2 * 1.5 ** 2 + 2) / 4) < 1e-12));
      }
      const wide = { inputWidth: 3000, width: 3000, scales: [1], input: input(3000) };
      const many = gaussianResidualLengths(key(1), { ...wide, nets: 200 });
      const few = gaussianResidualLengths(key(1), { ...wide, nets: 2 });
      few.forEach((lengths, layer) => assert.deepEqual(lengths, many[layer].slice(0, 2)));
    });

    it("refuse weights that are not Gaussian and sizes that mean nothing", () => {
      const good = { nets: 2, inputWidth: 4, width: 4, scales: [1], input: input(4) };
      for (const wrong of [
        { nets: 0 },
        { nets: 1.5 },
        { width: -1 },
        { scales: [] },
        { scales: [NaN] },
        { blockHiddenWidths: [0] },
        { input: new Float32Array(5) },
        { initialisation: heUniform },
        { linearInitialisation: heUniform },
      ]) {
        assert.throws(() => gaussianResidualLengths(key(1), { ...good, ...wrong }), RangeError, JSON.stringify(wrong));
      }
      assert.equal(gaussianResidualLengths(key(1), { ...good, linearInitialisation: leCunNormal }).length, 2);
    });
  });

  describe("a curve with two derivatives, at one point", () => {
    const width = 7;
    const shapes = [
      { fanIn: width, fanOut: 9 },
      { fanIn: 9, fanOut: 1 },
      { fanIn: 1, fanOut: 6 },
    ];

    /** Preactivations (h, ∂h, ∂²h) that every net starts from. */
    function start(vectors: readonly Float32Array[], count: number): CurveJet {
      const [position, velocity, acceleration] = vectors.map((vector) =>
        tf.tidy(() => tf.tile(tf.tensor3d(vector, [1, 1, vector.length]), [count, 1, 1])),
      );
      return { position, velocity, acceleration };
    }

    const read = (make: () => Tensor): Float64Array => {
      const tensor = make();
      const values = Float64Array.from(tensor.dataSync<"float32">());
      tensor.dispose();
      return values;
    };

    /** Squared length, speed, turning and overlaps after three layers, tanh before each. */
    function measured(
      vectors: readonly Float32Array[],
      through: (curve: CurveJet, layer: number) => CurveJet,
      layers: typeof shapes = shapes,
    ): Record<string, Float64Array> {
      let curve = start(vectors, nets);
      layers.forEach((_, layer) => {
        const before = curve;
        const active = throughActivation(before, tanhActivation);
        curve = through(active, layer);
        disposeCurve(before);
        disposeCurve(active);
      });
      const product = (a: Tensor, b: Tensor): Float64Array => read(() => tf.tidy(() => tf.sum(tf.mul(a, b), -1)));
      const { position, velocity, acceleration } = curve;
      const found = {
        length: read(() => squaredNorm(curve)),
        speed: read(() => squaredSpeed(curve)),
        turning: read(() => squaredTurning(curve)),
        acceleration: product(acceleration, acceleration),
        "h·∂h": product(position, velocity),
        "h·∂²h": product(position, acceleration),
        "∂h·∂²h": product(velocity, acceleration),
      };
      disposeCurve(curve);
      return found;
    }

    const explicitly =
      (seed: number, sigmaB: number, layers: typeof shapes = shapes) =>
      (curve: CurveJet, layer: number): CurveJet => {
        const dense = meanFieldLayer(foldIn(key(seed), layer), { nets, ...layers[layer], sigmaW: 1.5, sigmaB });
        const next = throughLayer(curve, dense);
        tf.dispose([dense.weights, dense.biases]);
        return next;
      };

    const sampled =
      (seed: number, sigmaB: number) =>
      (curve: CurveJet, layer: number): CurveJet =>
        throughGaussianLayer(foldIn(key(seed), layer), curve, { fanOut: shapes[layer].fanOut, sigmaW: 1.5, sigmaB });

    /** Length, speed and turning by the sampler that keeps products of the vectors only. */
    function productsAlone(
      vectors: readonly Float32Array[],
      seed: number,
      sigmaB: number,
    ): Record<string, Float64Array> {
      const before = start(vectors, 1);
      const active = throughActivation(before, tanhActivation);
      const jet = [active.position, active.velocity, active.acceleration].map((tensor) => read(() => tf.clone(tensor)));
      disposeCurve(before);
      disposeCurve(active);
      const dot = (a: number, b: number): number => jet[a].reduce((sum, value, i) => sum + value * jet[b][i], 0);
      const { squaredNorm, squaredSpeed, squaredTurning } = gaussianTanhCurvePoints(key(seed), {
        nets,
        inputWidth: width,
        hiddenWidths: wider.map(({ fanOut }) => fanOut),
        sigmaW: 1.5,
        sigmaB,
        products: [dot(0, 0), dot(0, 1), dot(0, 2), dot(1, 1), dot(1, 2), dot(2, 2)],
      });
      const last = wider.length;
      return { length: squaredNorm[last], speed: squaredSpeed[last], turning: squaredTurning[last] };
    }

    const general = [1, 2, 3].map((seed) => normalArray(key(seed), width));
    const starts: Record<string, readonly Float32Array[]> = {
      "vectors in general position": general,
      "a circle, whose acceleration is minus its position": [general[0], general[1], general[0].map((x) => -x)],
      "an acceleration along the velocity": [general[0], general[1], general[1].map((v) => 2 * v)],
      "a straight line that passes through zero": [new Float32Array(width), general[1], new Float32Array(width)],
    };

    for (const [name, vectors] of Object.entries(starts)) {
      for (const sigmaB of [0, 0.4]) {
        it(`${name}, σ_b = ${sigmaB}`, () => {
          const explicit = measured(vectors, explicitly(20, sigmaB));
          assert.ok(smallestPValue(measured(vectors, sampled(21, sigmaB)), explicit) > level);
          const planted = measured(vectors, sampled(22, sigmaB + 0.3));
          assert.ok(smallestPValue(planted, explicit) < 1e-6);
        });
      }
    }

    // After a layer of one unit a curve is straight, and its turning rounding of zero: no layer is so narrow here.
    const wider = [
      { fanIn: width, fanOut: 9 },
      { fanIn: 9, fanOut: 2 },
      { fanIn: 2, fanOut: 6 },
    ];
    for (const [name, vectors] of Object.entries(starts)) {
      it(`products of the vectors alone: ${name}`, () => {
        const { length, speed, turning } = measured(vectors, explicitly(30, 0.4, wider), wider);
        const explicit = { length, speed, turning };
        assert.ok(smallestPValue(productsAlone(vectors, 31, 0.4), explicit) > level);
        assert.ok(smallestPValue(productsAlone(vectors, 32, 0.7), explicit) < 1e-6);
      });
    }

    it("would notice jets drawn independently of each other", () => {
      const vectors = starts["an acceleration along the velocity"];
      const explicit = measured(vectors, explicitly(20, 0.4));
      const independent = measured(vectors, (curve, layer) => {
        const apart = [24, 25, 26].map((seed) => sampled(seed, 0.4)(curve, layer));
        const [position, velocity, acceleration] = [apart[0].position, apart[1].velocity, apart[2].acceleration];
        tf.dispose([apart[0].velocity, apart[0].acceleration, apart[1].position, apart[1].acceleration]);
        tf.dispose([apart[2].position, apart[2].velocity]);
        return { position, velocity, acceleration };
      });
      assert.ok(smallestPValue(independent, explicit) < 1e-10);
    });

    it("keeps what depends linearly so, and zeros zero", () => {
      const vectors = [general[0], new Float32Array(width), general[0].map((x) => -x)];
      const curve = start(vectors, 50);
      const next = throughGaussianLayer(key(1), curve, { fanOut: 11, sigmaW: 1.2, sigmaB: 0 });
      const [h, v, a] = [next.position, next.velocity, next.acceleration].map((tensor) => tensor.dataSync<"float32">());
      h.forEach((value, i) => assert.ok(Math.abs(value + a[i]) <= 1e-6 * Math.abs(value)));
      assert.ok(v.every((value) => value === 0));
      disposeCurve(curve);
      disposeCurve(next);
    });

    it("leaves nothing but its three tensors", () => {
      const curve = start(general, 5);
      const before = tf.memory().numTensors;
      const next = throughGaussianLayer(key(1), curve, { fanOut: 4, sigmaW: 1, sigmaB: 0 });
      assert.deepEqual(next.acceleration.shape, [5, 1, 4]);
      assert.equal(tf.memory().numTensors, before + 3);
      disposeCurve(curve);
      disposeCurve(next);
    });

    it("refuses several points, and sizes that mean nothing", () => {
      const curve = start(general, 5);
      const shape = { fanOut: 4, sigmaW: 1, sigmaB: 0 };
      for (const wrong of [{ fanOut: 0 }, { fanOut: 2.5 }, { sigmaW: -1 }, { sigmaB: NaN }]) {
        assert.throws(() => throughGaussianLayer(key(1), curve, { ...shape, ...wrong }), RangeError);
      }
      const flat = tf.tidy(() => tf.reshape(curve.position, [1, 5, width]));
      const several = { position: flat, velocity: flat, acceleration: flat };
      assert.throws(() => throughGaussianLayer(key(1), several, shape), /points of one curve share their weights/);
      disposeCurve(curve);
      flat.dispose();
    });
  });
});
