import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor } from "fathom/engine";
import {
  type CurveJet,
  disposeCurve,
  type GaussianCurvePoints,
  gaussianTanhCurvePoints,
  squaredNorm,
  squaredSpeed,
  squaredTurning,
  throughActivation,
  throughGaussianLayer,
} from "fathom/measure";
import { tanhActivation } from "fathom/nets";
import { foldIn, key, normalArray } from "fathom/random";

const nets = 300;

/** x·x, x·∂x, x·∂²x, ∂x·∂x, ∂x·∂²x, ∂²x·∂²x. */
function productsOf(vectors: readonly Float32Array[]): number[] {
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const [x, v, a] = vectors;
  return [dot(x, x), dot(x, v), dot(x, a), dot(v, v), dot(v, a), dot(a, a)];
}

describe("gaussianTanhCurvePoints", () => {
  before(async () => {
    await openEngine();
  });

  const good: GaussianCurvePoints = {
    nets,
    inputWidth: 5,
    hiddenWidths: [9, 2, 6, 40],
    sigmaW: 1.3,
    sigmaB: 0.4,
    products: productsOf([1, 2, 3].map((seed) => normalArray(key(seed), 5))),
  };

  /** The same through tensors that hold every vector. */
  function throughTensors({ hiddenWidths, sigmaW, sigmaB }: GaussianCurvePoints, inputs: Float32Array[]): number[][] {
    const [position, velocity, acceleration] = inputs.map((vector) =>
      tf.tidy(() => tf.tile(tf.tensor3d(vector, [1, 1, vector.length]), [nets, 1, 1])),
    );
    let active: CurveJet = { position, velocity, acceleration };
    const layers = hiddenWidths.map((fanOut, layer) => {
      const h = throughGaussianLayer(foldIn(key(7), layer), active, { fanOut, sigmaW, sigmaB });
      disposeCurve(active);
      active = throughActivation(h, tanhActivation);
      const read = (tensor: Tensor): number[] => {
        const values = Array.from(tensor.dataSync<"float32">());
        tensor.dispose();
        return values;
      };
      const found = [squaredNorm(h), squaredSpeed(h), squaredTurning(h)].map(read);
      disposeCurve(h);
      return found;
    });
    disposeCurve(active);
    return layers.flat();
  }

  const inputs: Record<string, Float32Array[]> = {
    "vectors in general position": [1, 2, 3].map((seed) => normalArray(key(seed), 5)),
    "a circle": [Float32Array.of(3, 0, 0, 0, 0), Float32Array.of(0, 3, 0, 0, 0), Float32Array.of(-3, 0, 0, 0, 0)],
  };
  for (const [name, vectors] of Object.entries(inputs)) {
    it(`draws the numbers that throughGaussianLayer draws: ${name}`, () => {
      const options = { ...good, products: productsOf(vectors) };
      const found = gaussianTanhCurvePoints(key(7), options);
      const expected = throughTensors(options, vectors);
      good.hiddenWidths.forEach((_, layer) => {
        [found.squaredNorm, found.squaredSpeed, found.squaredTurning].forEach((measure, of) => {
          const tensors = expected[3 * layer + of];
          // Where no unit is open, 1 − tanh² is all rounding.
          const differences = tensors.map((value, net) => Math.abs(measure[layer + 1][net] / value - 1));
          const most = differences.sort((a, b) => a - b)[Math.floor(0.9 * nets)];
          assert.ok(most < 1e-4, `layer ${layer}, measure ${of}: ${most}`);
        });
      });
    });
  }

  it("measures the input first, and one input a net as one for all", () => {
    const one = gaussianTanhCurvePoints(key(1), good);
    const [xx, , , vv, va, aa] = Array.from(good.products);
    assert.equal(one.squaredNorm.length, 5);
    assert.ok(one.squaredNorm[0].every((value) => value === xx));
    assert.ok(one.squaredSpeed[0].every((value) => value === vv));
    assert.ok(one.squaredTurning[0].every((value) => Math.abs(value - (aa - va ** 2 / vv) / vv) < 1e-12));
    const products = Array.from({ length: nets }, () => Array.from(good.products)).flat();
    assert.deepEqual(gaussianTanhCurvePoints(key(1), { ...good, products }), one);
    products[6] *= 2;
    const other = gaussianTanhCurvePoints(key(1), { ...good, products });
    const changed = Array.from(other.squaredNorm[4], (value, net) => (value === one.squaredNorm[4][net] ? [] : [net]));
    assert.deepEqual(changed.flat(), [1]);
  });

  it("repeats for a key, whatever the number of nets", () => {
    const wide = { ...good, hiddenWidths: [500, 333] };
    const few = gaussianTanhCurvePoints(key(3), { ...wide, nets: 2 });
    const many = gaussianTanhCurvePoints(key(3), { ...wide, nets: 60 });
    few.squaredTurning.forEach((values, layer) => assert.deepEqual(values, many.squaredTurning[layer].slice(0, 2)));
  });

  it("measures the same curve in any unit of θ, and goes on where float32 ends", () => {
    const one = gaussianTanhCurvePoints(key(1), good);
    for (const unit of [2 ** 30, 2 ** -70]) {
      const powers = [0, 1, 2, 2, 3, 4];
      const products = powers.map((power, index) => good.products[index] * unit ** power);
      const other = gaussianTanhCurvePoints(key(1), { ...good, products });
      assert.deepEqual(other.squaredNorm, one.squaredNorm);
      for (const measure of ["squaredSpeed", "squaredTurning"] as const) {
        const expected = one[measure].map((values) => values.map((value) => value * unit ** 2));
        assert.deepEqual(other[measure].slice(1), expected.slice(1), measure);
      }
    }
    // By the same factor a layer, whatever the speed.
    const deep = { ...good, sigmaW: 3, hiddenWidths: new Array<number>(300).fill(40) };
    const { squaredSpeed, squaredTurning } = gaussianTanhCurvePoints(key(1), deep);
    const logSpeed = (layer: number): number =>
      squaredSpeed[layer].reduce((sum, value) => sum + Math.log(value), 0) / nets;
    const [early, late] = [logSpeed(150) - logSpeed(10), logSpeed(300) - logSpeed(160)];
    assert.ok(logSpeed(300) > 120 && Math.abs(late / early - 1) < 0.02, `${early}, then ${late}`);
    assert.ok(squaredTurning.every((values) => values.every(Number.isFinite)));
  });

  it("a straight line through a layer without tanh before it does not turn, one that stands still has no turning", () => {
    const straight = gaussianTanhCurvePoints(key(1), { ...good, products: [2, 1, 0, 3, 0, 0] });
    assert.ok(straight.squaredTurning[1].every((value) => value === 0));
    assert.ok(straight.squaredTurning[4].every((value) => value >= 0));
    const still = gaussianTanhCurvePoints(key(1), { ...good, products: [2, 0, 0, 0, 0, 0] });
    assert.ok(still.squaredSpeed[4].every((value) => value === 0));
    assert.ok(still.squaredTurning[4].every(Number.isNaN));
  });

  it("refuses sizes that mean nothing and products that no vectors have", () => {
    const wrongs: Partial<GaussianCurvePoints>[] = [
      { nets: 0 },
      { inputWidth: 2.5 },
      { hiddenWidths: [] },
      { hiddenWidths: [3, 0] },
      { sigmaW: -1 },
      { sigmaB: NaN },
      { products: [1, 0, 0, 1, 0] },
      { products: [-1, 0, 0, 1, 0, 1] },
      { products: [1, 1.1, 0, 1, 0, 1] },
      { products: [1, 0, 0, 1, NaN, 1] },
    ];
    for (const wrong of wrongs) {
      assert.throws(() => gaussianTanhCurvePoints(key(1), { ...good, ...wrong }), RangeError, JSON.stringify(wrong));
    }
  });
});
