import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import {
  boundaryCurvature,
  boundaryGrowthByNet,
  boundaryGrowthRates,
  frequencyRegression,
  expectedGrowthExponent,
  growthExponents,
  logLengthOverShallowBound,
  measureCircle,
  meanOverNets,
  shallowLength,
  signTestAbove,
  upperBandErrors,
  worstBoundRatio,
} from "fathom/experiments";
import { chi1, expectedShallowLength, fixedPoint, tanh } from "fathom/theory";

const quiet = (): void => undefined;
const field = (sigmaW: number) => ({ activation: tanh, sigmaW, sigmaB: 0.3 });
const drawn = (sigmaW: number) => ({
  activation: "tanh",
  sigmaW,
  sigmaB: 0.3,
  squaredLength: fixedPoint(field(sigmaW)),
});

describe("shallow nets", () => {
  before(() => openEngine());
  const sizes = { hiddenWidths: [10, 300, 1200], nets: 20, angles: 64, seed: 1 };

  it("never pass 4 N, and lengthen a circle as 2π√(χ1 (q* − σ_b²))/σ_w √N", async () => {
    const before = tf.memory().numTensors;
    const rows = await shallowLength.run({ ...drawn(4), ...sizes }, quiet);
    assert.equal(tf.memory().numTensors, before);
    assert.ok(worstBoundRatio(rows) < 1);
    const exponent = meanOverNets(growthExponents(rows, 300));
    assert.ok(Math.abs(exponent.measured - 0.5) < 4 * exponent.standardError && exponent.standardError < 0.01);
    const rate = (2 * Math.PI * Math.sqrt(chi1(field(4)) * (drawn(4).squaredLength - 0.09))) / 4;
    const wide = meanOverNets(rows[2].lengths);
    assert.ok(Math.abs(expectedShallowLength(field(4), 1200) / (rate * Math.sqrt(1200)) - 1) < 2e-3);
    assert.ok(Math.abs(wide.measured - expectedShallowLength(field(4), 1200)) < 4 * wide.standardError);
  });

  it("of few units grow faster than √N, by what the mean of a root loses", async () => {
    const hiddenWidths = [60, 200, 600];
    const rows = await shallowLength.run({ ...drawn(4), hiddenWidths, nets: 1500, angles: 48, seed: 3 }, quiet);
    const { measured, standardError } = meanOverNets(growthExponents(rows));
    assert.ok((measured - 0.5) / standardError > 8);
    assert.ok(Math.abs(measured - expectedGrowthExponent(field(4), hiddenWidths)) < 4 * standardError);
    assert.throws(() => expectedGrowthExponent(field(4), hiddenWidths, 300), /fewer than two/);
  });

  it("of ReLU do pass 4 N, and weights that grow with the width give another exponent", async () => {
    const relu = await shallowLength.run({ ...drawn(4), ...sizes, activation: "relu" }, quiet);
    assert.ok(worstBoundRatio(relu) > 1);
    const growing = await Promise.all(
      [300, 1200].map((width) => {
        const grown = { sigmaW: 4 * Math.sqrt(width / 300), squaredLength: (drawn(4).squaredLength * width) / 300 };
        return shallowLength.run({ ...drawn(4), ...sizes, hiddenWidths: [width], ...grown }, quiet);
      }),
    );
    const exponent = meanOverNets(growthExponents(growing.flat()));
    assert.ok((exponent.measured - 0.5) / exponent.standardError > 8);
  });

  it("refuse a squared length that the biases alone would give", async () => {
    await assert.rejects(() => shallowLength.run({ ...drawn(4), ...sizes, squaredLength: 0.05 }, quiet), /biases/);
    assert.throws(() => growthExponents([{ hiddenWidth: 3, lengths: [1] }]), /fewer than two/);
  });
});

describe("deep nets against the bound of all shallow ones", () => {
  before(() => openEngine());
  const sizes = { width: 60, depth: 14, nets: 12, angles: 32, lags: [], seed: 3 };
  const excess = (sigmaW: number) =>
    meanOverNets(logLengthOverShallowBound(sizes, measureCircle({ ...drawn(sigmaW), ...sizes }), 14));

  it("pass it when chaotic, and do not when ordered", () => {
    const [chaotic, ordered] = [excess(4), excess(1.3)];
    assert.ok(chaotic.measured > 9 * chaotic.standardError);
    assert.ok(ordered.measured < -9 * ordered.standardError);
    assert.throws(() => logLengthOverShallowBound(sizes, [], 14), /layer 14 was not measured/);
  });
});

describe("decision boundaries", () => {
  before(() => openEngine());
  const sizes = { width: 60, depth: 8, nets: 16, points: 2, kept: 2, seed: 4 };

  it("are flat in the last layer and bend exponentially towards the input of chaotic nets, not of ordered ones", async () => {
    const before = tf.memory().numTensors;
    const chaotic = await boundaryCurvature.run({ ...drawn(4), ...sizes }, quiet);
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(
      chaotic.map((row) => row.layer),
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    );
    assert.ok(chaotic[8].largest.flat().every((value) => value === 0));
    assert.ok(chaotic.every((row) => row.largest.length === 2 && row.largest[0].length === 32));
    assert.ok(chaotic[0].largest[0].every((value, point) => value >= chaotic[0].largest[1][point]));
    assert.ok(chaotic[0].smallest[0].every((value, point) => value <= chaotic[0].smallest[1][point]));
    const bound = Math.log(chi1(field(4))) / 4;
    assert.ok(signTestAbove(boundaryGrowthByNet(chaotic, 2), bound).pValue < 1e-3);
    const ordered = await boundaryCurvature.run({ ...drawn(1.3), ...sizes }, quiet);
    assert.ok(signTestAbove(boundaryGrowthByNet(ordered, 2), bound).pValue > 0.5);
  });

  it("have growth rates by least squares", () => {
    const rows = [0, 1, 2, 3, 4].map((layer) => ({
      layer,
      largest: [[Math.exp(0.5 * (4 - layer))]],
      smallest: [[-0.1]],
    }));
    assert.ok(Math.abs(boundaryGrowthRates(rows, 1)[0] - 0.5) < 1e-12);
    assert.throws(() => boundaryGrowthRates(rows, 4), /fewer than two layers/);
    assert.throws(() => boundaryGrowthByNet(rows, 2), /shared out/);
  });

  it("refuse more curvatures than there are", async () => {
    await assert.rejects(() => boundaryCurvature.run({ ...drawn(4), ...sizes, kept: 30 }, quiet), RangeError);
  });

  it("are tested by signs, ties left out", () => {
    const test = signTestAbove([3, 3, 3, 3, 1, 2], 2);
    assert.equal(test.statistic, 4);
    assert.ok(Math.abs(test.pValue - 6 / 32) < 1e-12);
  });
});

describe("regression on random features", () => {
  before(() => openEngine());
  const sizes = { outputs: 80, points: 800, frequencies: 32, nets: 3, seed: 6 };
  const advantage = async (sigmaW: number): Promise<number> => {
    const [deep, shallow] = await Promise.all(
      [
        { hiddenLayers: 4, hiddenWidth: 100 },
        { hiddenLayers: 1, hiddenWidth: 2000 },
      ].map((shape) => frequencyRegression.run({ ...drawn(sigmaW), ...sizes, ...shape }, quiet)),
    );
    return meanOverNets(upperBandErrors(shallow).map((error, net) => error - upperBandErrors(deep)[net])).measured;
  };

  it("fits high frequencies after a few chaotic layers, not after one wide one, nor after ordered ones", async () => {
    const before = tf.memory().numTensors;
    assert.ok((await advantage(4)) > 0.1);
    assert.equal(tf.memory().numTensors, before);
    assert.ok((await advantage(1.3)) < 0.02);
  });

  it("has errors between 0 and 1, smallest for slow functions", async () => {
    const rows = await frequencyRegression.run({ ...drawn(2.5), ...sizes, hiddenLayers: 2, hiddenWidth: 80 }, quiet);
    assert.ok(rows.every((row) => row.errors.every((error) => error >= 0 && error < 1 + 1e-6)));
    assert.ok(rows[0].errors[0] < rows[30].errors[0]);
  });

  it("refuses fewer points than it needs", async () => {
    const shape = { hiddenLayers: 1, hiddenWidth: 10 };
    await assert.rejects(
      () => frequencyRegression.run({ ...drawn(4), ...sizes, ...shape, points: 100 }, quiet),
      RangeError,
    );
    await assert.rejects(
      () => frequencyRegression.run({ ...drawn(4), ...sizes, ...shape, frequencies: 300 }, quiet),
      RangeError,
    );
  });
});

describe("means over nets", () => {
  it("come with a standard error and degrees of freedom", () => {
    assert.deepEqual(meanOverNets([1, 3]), { measured: 2, standardError: 1, degreesOfFreedom: 1 });
    assert.throws(() => meanOverNets([1]), RangeError);
    assert.throws(() => meanOverNets([1, NaN]), RangeError);
  });
});
