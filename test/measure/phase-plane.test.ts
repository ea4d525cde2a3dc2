import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import {
  disposeCurve,
  greatCircle,
  type PhasePlane,
  phasePlaneLengths,
  type PhasePlaneLengths,
  squaredNorm,
  squaredSpeed,
  throughActivation,
  throughLayer,
} from "fathom/measure";
import { meanFieldLayer, sineActivation, tanhActivation } from "fathom/nets";
import { foldIn, key } from "fathom/random";
import { chi1, fixedPoint, kolmogorovSmirnovTwoSample, tanh } from "fathom/theory";

const sizes = { width: 9, depth: 4, nets: 800 };
const points = [
  { sigmaW: 0.8, sigmaB: 0.4, squaredLength: 0.3 },
  { sigmaW: 3, sigmaB: 0.2, squaredLength: 5 },
];

function plane(
  chosen: readonly (typeof points)[number][],
  activation: PhasePlane["activation"] = tanhActivation,
): PhasePlane {
  return {
    ...sizes,
    activation,
    sigmaW: chosen.map(({ sigmaW }) => sigmaW),
    sigmaB: chosen.map(({ sigmaB }) => sigmaB),
    squaredLength: chosen.map(({ squaredLength }) => squaredLength),
  };
}

describe("the phase plane from the conditional law", () => {
  let sampled: PhasePlaneLengths;

  before(async () => {
    await openEngine();
    sampled = phasePlaneLengths(key(31), plane(points));
  });

  /** The same quantities of nets whose every weight is drawn. */
  function explicit(
    { sigmaW, sigmaB, squaredLength }: (typeof points)[number],
    seed: number,
  ): Record<string, Float32Array> {
    const { width, depth, nets } = sizes;
    return tf.tidy(() => {
      const circle = greatCircle(foldIn(key(seed), "circle"), { nets, width, squaredLength, angles: [0] });
      let curve = circle;
      for (let layer = 2; layer <= depth; layer++) {
        const drawn = meanFieldLayer(foldIn(key(seed), layer), { nets, fanIn: width, fanOut: width, sigmaW, sigmaB });
        curve = throughLayer(throughActivation(curve, tanhActivation), drawn);
      }
      const growth = tf.log(tf.div(squaredSpeed(curve), squaredSpeed(circle)));
      const found = {
        length: tf.div(squaredNorm(curve), width).dataSync<"float32">(),
        growth: growth.dataSync<"float32">(),
      };
      disposeCurve(circle);
      return found;
    });
  }

  points.forEach((point, index) => {
    it(`has the law of explicit nets at σ_w = ${point.sigmaW}, also beside other points`, () => {
      const { squaredLength, logTangentGrowth } = sampled;
      const { length, growth } = explicit(point, 32 + index);
      const at = (perNet: readonly Float64Array[]): number[] => perNet.map((values) => values[index]);
      for (const [ours, theirs] of [
        [at(squaredLength), length],
        [at(logTangentGrowth), growth],
      ] as const) {
        assert.ok(kolmogorovSmirnovTwoSample(ours, theirs).pValue > 1e-3);
      }
    });
  });

  it("differs from nets with half the bias", () => {
    const { squaredLength } = sampled;
    const { length } = explicit({ ...points[0], sigmaB: 0.2 }, 35);
    const test = kolmogorovSmirnovTwoSample(
      squaredLength.map(([value]) => value),
      length,
    );
    assert.ok(test.pValue < 1e-10);
  });

  it("is that of the theory in wide nets: q* stays, tangents grow by χ1 a layer", () => {
    const meanFields = [0.9, 1.6, 2.8].map((sigmaW) => ({ activation: tanh, sigmaW, sigmaB: 0.3 }));
    const lengths = meanFields.map((meanField) => fixedPoint(meanField));
    const nets = 12;
    const depth = 8;
    const measured = phasePlaneLengths(key(36), {
      activation: tanhActivation,
      sigmaW: meanFields.map(({ sigmaW }) => sigmaW),
      sigmaB: meanFields.map(({ sigmaB }) => sigmaB),
      squaredLength: lengths,
      width: 4000,
      depth,
      nets,
    });
    meanFields.forEach((meanField, point) => {
      // With 11 degrees of freedom |t| > 7 has a probability of 2e-5.
      assert.ok(Math.abs(statistic(measured.squaredLength, point, lengths[point])) < 7);
      const expected = (depth - 1) * Math.log(chi1(meanField, lengths[point]));
      assert.ok(Math.abs(statistic(measured.logTangentGrowth, point, expected)) < 7);
    });
    const wrong = (depth - 1) * Math.log(1.05 * chi1(meanFields[0], lengths[0]));
    assert.ok(Math.abs(statistic(measured.logTangentGrowth, 0, wrong)) > 7);
  });

  function statistic(perNet: readonly Float64Array[], point: number, expected: number): number {
    const values = perNet.map((net) => net[point]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return (mean - expected) / Math.sqrt(squares / (values.length * (values.length - 1)));
  }

  it("gives each point what it gives it alone, in chunks or not, to the engine's rounding", () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      sigmaW: 0.5 + index / 100,
      sigmaB: 0.1,
      squaredLength: 1,
    }));
    const wide = { ...plane(many, sineActivation), width: 1000, depth: 3, nets: 1 };
    const all = phasePlaneLengths(key(37), wide);
    for (const point of [0, 150, 299]) {
      const alone = phasePlaneLengths(key(37), {
        ...plane([many[point]], sineActivation),
        width: 1000,
        depth: 3,
        nets: 1,
      });
      assert.ok(Math.abs(alone.squaredLength[0][0] / all.squaredLength[0][point] - 1) < 1e-5);
      assert.ok(Math.abs(alone.logTangentGrowth[0][0] - all.logTangentGrowth[0][point]) < 1e-4);
    }
  });

  it("plants the given length and a tangent of its own", () => {
    const { squaredLength, logTangentGrowth } = phasePlaneLengths(key(38), { ...plane(points), depth: 1, nets: 2 });
    for (const net of [0, 1]) {
      points.forEach((point, index) => {
        assert.ok(Math.abs(squaredLength[net][index] / point.squaredLength - 1) < 1e-6);
        assert.ok(Math.abs(logTangentGrowth[net][index]) < 1e-6);
      });
    }
  });

  it("repeats for a key, differs for another, and keeps no tensor", () => {
    const before = tf.memory().numTensors;
    const few = { ...plane(points), nets: 2 };
    assert.deepEqual(phasePlaneLengths(key(1), few), phasePlaneLengths(key(1), few));
    assert.notDeepEqual(phasePlaneLengths(key(1), few), phasePlaneLengths(key(2), few));
    assert.equal(tf.memory().numTensors, before);
  });

  it("refuses what is no plane", () => {
    const refused = (change: Partial<PhasePlane>, message: RegExp): void =>
      assert.throws(() => phasePlaneLengths(key(1), { ...plane(points), ...change }), { name: "RangeError", message });
    refused({ width: 1 }, /width is a whole number ≥ 2; given 1/);
    refused({ depth: 2.5 }, /depth/);
    refused({ nets: 0 }, /nets/);
    refused({ sigmaB: [1] }, /given 2, 1 and 2 values/);
    refused({ sigmaW: [1, 0] }, /point 1 has 0/);
    refused({ sigmaB: [NaN, 1] }, /point 0/);
    refused({ squaredLength: [1, Infinity] }, /point 1/);
  });
});
