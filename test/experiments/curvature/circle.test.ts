import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import {
  circleStatistics,
  correlationsByLayer,
  grassmannianSaturationFit,
  jointTest,
  logSlope,
  meanOfIndependent,
  measureCircle,
  meanOverNets,
  netsPerChunk,
  normalEquivalent,
  ratiosByLayer,
  ratioToTheory,
  type CircleParameters,
  type CircleRegime,
  type CircleRow,
  type TheoryComparison,
} from "fathom/experiments";
import { scalarActivation } from "fathom/nets";
import {
  chi1,
  circleRecursion,
  correlationMapTrajectory,
  fixedPoint,
  grassmannianSaturation,
  tanh,
} from "fathom/theory";

const layers = [2, 3, 4, 5, 6];

function parametersOf(
  sigmaW: number,
  sigmaB: number,
  width: number,
  changes: Partial<CircleParameters> = {},
): CircleParameters {
  const squaredLength = fixedPoint({ activation: tanh, sigmaW, sigmaB: 0.3 });
  return {
    activation: "tanh",
    sigmaW,
    sigmaB,
    squaredLength,
    width,
    depth: 6,
    nets: 40,
    angles: 24,
    lags: [0, 4, 8, 12],
    seed: 5,
    ...changes,
  };
}

/** Nets at two widths; theory always of (sigmaW, 0.3), nets as planted. */
function regime(sigmaW: number, planted: Partial<CircleParameters> = {}): CircleRegime {
  return [120, 240].map((width) => {
    const parameters = { ...parametersOf(sigmaW, 0.3, width), ...planted };
    return { parameters, rows: measureCircle(parameters) };
  });
}

const deviation = ({ predicted, measured, standardError }: TheoryComparison): number =>
  (measured - predicted) / standardError;

describe("a circle through random nets", () => {
  before(() => openEngine());

  it("is a circle in layer 1, exactly", () => {
    const [row] = measureCircle({ ...parametersOf(2.5, 0.3, 60), depth: 1, nets: 3 });
    const q = fixedPoint({ activation: tanh, sigmaW: 2.5, sigmaB: 0.3 });
    for (const [values, expected] of [
      [row.squaredLength, q],
      [row.metric, q],
      [row.squaredCurvature, 1 / q],
      [row.squaredTurning, 1],
      [row.euclideanLength, 2 * Math.PI * Math.sqrt(q)],
      [row.grassmannianLength, 2 * Math.PI],
      [row.autocorrelation[1], q / 2],
      [row.autocorrelation[3], -q],
    ] as const) {
      assert.equal(values.length, 3);
      for (const value of values) assert.ok(Math.abs(value / expected - 1) < 1e-5, `${value} is not ${expected}`);
    }
  });

  it("gives the same rows again, other rows for another seed, and leaves no tensor behind", () => {
    const parameters = { ...parametersOf(2.5, 0.3, 40), nets: 4 };
    const first = measureCircle(parameters);
    const before = tf.memory().numTensors;
    assert.deepEqual(measureCircle(parameters), first);
    assert.notDeepEqual(measureCircle({ ...parameters, seed: 6 }), first);
    assert.equal(tf.memory().numTensors, before);
  });

  it("takes nets in chunks that bound memory, and an activation of one's own", () => {
    assert.equal(netsPerChunk({ width: 1000, angles: 500, nets: 40 }), 11);
    assert.equal(netsPerChunk({ width: 20000, angles: 10, nets: 3 }), 1);
    assert.equal(netsPerChunk({ width: 10, angles: 10, nets: 3 }), 3);
    const parameters = { ...parametersOf(2.5, 0.3, 30), nets: 2, depth: 3 };
    const mine = scalarActivation({
      name: "mine",
      value: Math.tanh,
      firstDerivative: (h) => 1 / Math.cosh(h) ** 2,
      secondDerivative: (h) => (-2 * Math.tanh(h)) / Math.cosh(h) ** 2,
    });
    const [own, named] = [measureCircle(parameters, undefined, mine), measureCircle(parameters)];
    assert.ok(Math.abs(own[2].metric[1] / named[2].metric[1] - 1) < 1e-4);
  });

  it("refuses depths and counts that are none", async () => {
    assert.throws(() => measureCircle(parametersOf(2.5, 0.3, 30, { depth: 0 })), /depth/);
    assert.throws(() => measureCircle(parametersOf(2.5, 0.3, 30, { nets: 1.5 })), /nets/);
    assert.throws(() => measureCircle(parametersOf(2.5, 0.3, 30, { activation: "tan" })), /no activation is called/);
    await assert.rejects(async () => circleStatistics.run(parametersOf(-1, 0.3, 30), () => undefined), RangeError);
  });
});

describe("circles against their theory", () => {
  let measured: CircleRegime;
  const field = { activation: tanh, sigmaW: 2.5, sigmaB: 0.3 };
  const recursion = circleRecursion(field, 6);
  before(async () => {
    await openEngine();
    measured = regime(2.5);
  });

  const comparisons = (of: CircleRegime): Record<string, TheoryComparison> => ({
    length: ratioToTheory(of, "squaredLength", recursion.length, layers),
    metric: ratioToTheory(of, "metric", recursion.metric, layers),
    curvature: ratioToTheory(of, "squaredCurvature", recursion.squaredCurvature, layers, { inverse: true }),
    slope: logSlope(of, "euclideanLength", Math.log(chi1(field)) / 2, [1, ...layers]),
  });

  it("agree in length, metric, curvature and exponent", () => {
    for (const [name, comparison] of Object.entries(comparisons(measured))) {
      assert.ok(Math.abs(deviation(comparison)) < 4, `${name}: z = ${deviation(comparison)}`);
      assert.ok(comparison.standardError < 0.05, name);
    }
    assert.ok(jointTest(ratiosByLayer(measured, "metric", recursion.metric, layers)).pValue > 1e-4);
  });

  it("disagree in all of them when the nets' weights are 20 % too large", () => {
    const planted = regime(2.5, { sigmaW: 3 });
    for (const [name, comparison] of Object.entries(comparisons(planted))) {
      assert.ok(Math.abs(deviation(comparison)) > 8, `${name}: z = ${deviation(comparison)}`);
    }
    assert.ok(jointTest(ratiosByLayer(planted, "squaredCurvature", recursion.squaredCurvature, layers)).pValue < 1e-7);
  });

  it("have a squared radius of curvature that is linear in 1/width, which κ̄² is not", () => {
    const strong = circleRecursion({ ...field, sigmaW: 4 }, 6).squaredCurvature;
    const ensembles = [60, 120].map((width) => ({
      width,
      rows: measureCircle(parametersOf(4, 0.3, width, { nets: 600, lags: [] })),
    }));
    /** How far the coefficient of 1/width of one width is from that of the other, in standard errors. */
    const difference = (of: (measured: number, expected: number) => number): number => {
      const [narrow, wide] = ensembles.map(({ width, rows }) =>
        meanOverNets(
          rows[0].squaredCurvature.map((_, net) => {
            const ratios = layers.map((layer) => of(rows[layer - 1].squaredCurvature[net], strong[layer - 1]));
            return (width * ratios.reduce((sum, ratio) => sum + ratio - 1, 0)) / layers.length;
          }),
        ),
      );
      return (narrow.measured - wide.measured) / Math.hypot(narrow.standardError, wide.standardError);
    };
    assert.ok(Math.abs(difference((measured, expected) => expected / measured)) < 4);
    assert.ok(difference((measured, expected) => measured / expected) > 4);
  });

  it("agree in the correlation of opposite points, and disagree without biases", () => {
    const iterates = correlationMapTrajectory(-1, 6, field);
    const last = (of: CircleRegime): number => deviation(correlationsByLayer(of, 3, iterates, layers)[4]);
    assert.ok(Math.abs(last(measured)) < 4, `z = ${last(measured)}`);
    assert.ok(Math.abs(last(regime(2.5, { sigmaB: 0 }))) > 8);
  });

  it("need derivatives: chords give another exponent", () => {
    const all = [1, ...layers];
    assert.ok(Math.abs(deviation(logSlope(measured, "chordLength", Math.log(chi1(field)) / 2, all))) > 8);
  });

  it("say which layer was not measured", () => {
    assert.throws(() => ratioToTheory(measured, "metric", recursion.metric, [7]), /Layer 7 was not measured/);
    assert.throws(() => logSlope(measured, "metric", 0, [3]), /two layers/);
    assert.throws(() => jointTest([]), RangeError);
  });
});

describe("the limit of the Grassmannian length", () => {
  const ordered = { activation: tanh, sigmaW: 1.3, sigmaB: 0.3 };
  const depth = 40;
  const all = Array.from({ length: depth }, (_, index) => index + 1);

  /** Rows made from the recursion of a field, with a little scatter over nets; √(κ̄²ḡ) is too large by 18 / width. */
  function rowsOf(field: typeof ordered, width: number): CircleRow[] {
    const { metric, squaredCurvature } = circleRecursion(field, depth);
    return all.map((layer) => ({
      layer,
      squaredTurning: [0.99, 1, 1.01].map(
        (factor) => (factor * (1 + 18 / width)) ** 2 * metric[layer - 1] * squaredCurvature[layer - 1],
      ),
    })) as unknown as CircleRow[];
  }
  const at = (field: typeof ordered): CircleRegime =>
    [100, 200].map((width) => ({ parameters: { width, nets: 3 } as CircleParameters, rows: rowsOf(field, width) }));

  it("is read off forty layers of its approach", () => {
    const fit = grassmannianSaturationFit(at(ordered), grassmannianSaturation(ordered), all);
    assert.ok(Math.abs(fit.measured / fit.predicted - 1) < 1e-6);
    assert.ok(Math.abs(fit.predicted / (2 * Math.PI) - 4.3007) < 5e-5);
    assert.ok(fit.standardError > 0);
  });

  it("is another for smaller weights", () => {
    const fit = grassmannianSaturationFit(at({ ...ordered, sigmaW: 1.2 }), grassmannianSaturation(ordered), all);
    assert.ok(Math.abs(deviation(fit)) > 8);
  });
});

describe("many comparisons at once", () => {
  const comparison = (z: number, degreesOfFreedom = 1e6): TheoryComparison => ({
    predicted: 0,
    measured: z,
    standardError: 1,
    degreesOfFreedom,
  });

  it("have the smallest p-value times their number, at most 1", () => {
    const joint = jointTest([comparison(1), comparison(-3), comparison(0.5)]);
    assert.ok(Math.abs(joint.statistic - 3) < 1e-4);
    assert.ok(Math.abs(joint.pValue - 3 * 0.0026998) < 1e-5);
    assert.equal(jointTest([comparison(0.1), comparison(0.2)]).pValue, 1);
  });

  it("that share no net have a mean, with the standard error of a mean", () => {
    const mean = meanOfIndependent([
      { predicted: 1, measured: 1.2, standardError: 0.3, degreesOfFreedom: 10 },
      { predicted: 1, measured: 0.8, standardError: 0.4, degreesOfFreedom: 20 },
    ]);
    assert.ok(Math.abs(mean.measured - 1) < 1e-12 && mean.predicted === 1);
    assert.ok(Math.abs(mean.standardError - 0.25) < 1e-12);
    assert.ok(Math.abs(mean.degreesOfFreedom - 0.0625 / (0.0081 / 10 + 0.0256 / 20)) < 1e-9);
    assert.throws(() => meanOfIndependent([]), RangeError);
  });

  it("use Student's t where the standard error was estimated: t = 4 with 20 degrees of freedom is z = 3.39", () => {
    // P(|T20| > 4) = 7.0e-4, whose normal quantile is 3.389.
    assert.ok(Math.abs(normalEquivalent(4, 20) - 3.389) < 5e-3);
    assert.equal(normalEquivalent(-4, 20), -normalEquivalent(4, 20));
  });
});
