import assert from "node:assert/strict";
import { openEngine } from "fathom/engine";
import {
  activationLengthMoments,
  type Ensemble,
  entryKurtosisAgainstSum,
  logVarianceAgainstSum,
  meanAgainstLayer,
  meanEpochs,
  type Points,
  secondMomentAgainstLayer,
  secondMomentAgainstSum,
  theoryAgainstSum,
  type VarianceAcrossLayers,
  varianceAcrossLayers,
  varianceAcrossLayersAgainstDepth,
} from "fathom/experiments";
import { type LengthStatistics } from "fathom/measure";
import { expectedVarianceAcrossLayers, logLength, secondMomentRatio } from "fathom/theory";

const ignore = (): undefined => undefined;
const hiddenWidths = [20, 10, 40];
const ensemble: Ensemble = {
  seed: 9,
  nets: 30_000,
  inputWidth: 7,
  hiddenWidths,
  initialisation: { scheme: "heNormal" },
  path: "layers",
};

/** The largest |z| of points about a theory, which must be above zero everywhere. */
function worst(points: Points, theory: readonly number[]): number {
  assert.equal(points.y.length, theory.length);
  return Math.max(...points.y.map((y, i) => Math.abs(y - theory[i]) / points.standardError[i]));
}

describe("points of the activation-length figures", () => {
  let rows: LengthStatistics[];
  before(async () => {
    await openEngine();
    rows = await activationLengthMoments.run(ensemble, ignore);
  });

  it("lie within their standard errors of theory, at the sums of reciprocal widths", () => {
    const sums = [0.05, 0.15, 0.175];
    const line = theoryAgainstSum(hiddenWidths, secondMomentRatio);
    const second = secondMomentAgainstSum(rows, hiddenWidths);
    for (const x of [line.x, second.x]) x.forEach((sum, i) => assert.ok(Math.abs(sum - sums[i]) < 1e-12));
    assert.ok(worst(second, line.y) < 4);
    const logs = theoryAgainstSum(hiddenWidths, (widths) => logLength(widths).variance);
    assert.ok(worst(logVarianceAgainstSum(rows, hiddenWidths), logs.y) < 4);
    const [, ...layers] = rows;
    assert.ok(worst(meanAgainstLayer(layers), [1, 1, 1]) < 4);
    assert.ok(worst(secondMomentAgainstLayer(layers), line.y) < 4);
  });

  it("lie far from the theory of other widths", () => {
    const wrong = theoryAgainstSum([20, 40, 40], secondMomentRatio);
    assert.ok(worst(secondMomentAgainstSum(rows, hiddenWidths), wrong.y) > 6);
    assert.throws(() => secondMomentAgainstSum(rows, [20, 10]), /deeper net than the 2 widths/);
  });

  it("take every so many layers of a deep net", () => {
    const deep = Array.from({ length: 41 }, (_, layer) => ({ ...rows[1], layer }));
    assert.equal(logVarianceAgainstSum(deep, Array<number>(40).fill(20)).x.length, 10);
    const dead = [{ ...rows[1], logVariance: null }];
    assert.throws(() => logVarianceAgainstSum(dead, [20]), /Fewer than two of 30000 nets/);
  });

  it("hold a third of the kurtosis of Jacobian entries", async () => {
    const nets: LengthStatistics[][] = [];
    for (const depth of [1, 2]) {
      const design: Ensemble = { ...ensemble, hiddenWidths: hiddenWidths.slice(0, depth), quantity: "jacobianEntry" };
      nets.push(await activationLengthMoments.run({ ...design, seed: depth }, ignore));
    }
    const points = entryKurtosisAgainstSum(nets, hiddenWidths);
    assert.ok(worst(points, theoryAgainstSum([20, 10], secondMomentRatio).y) < 4);
  });

  it("hold the variance across layers by depth", async () => {
    const shapes = [
      [20, 20],
      [20, 20, 20],
    ];
    const measured: VarianceAcrossLayers[] = [];
    for (const widths of shapes)
      measured.push(...(await varianceAcrossLayers.run({ ...ensemble, hiddenWidths: widths }, ignore)));
    const points = varianceAcrossLayersAgainstDepth(measured, shapes);
    assert.deepEqual(points.x, [2, 3]);
    assert.ok(worst(points, shapes.map(expectedVarianceAcrossLayers)) < 4);
    assert.throws(() => varianceAcrossLayersAgainstDepth(measured, [[20, 20]]), /2 rows and 1 shapes/);
  });

  it("hold epochs, without an error bar for a single run", () => {
    const summary = { runs: 2, reached: 2 };
    const points = meanEpochs([
      { ...summary, x: 5, mean: 1, standardError: 0.5 },
      { ...summary, x: 10, mean: 2, standardError: null },
    ]);
    assert.deepEqual(points, { x: [5, 10], y: [1, 2], standardError: [0.5, null] });
  });
});
