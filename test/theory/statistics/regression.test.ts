import assert from "node:assert/strict";
import { foldIn, key, normalArray } from "fathom/random";
import { lineFit, meanEstimate, varianceEstimate, weightedLineFit } from "fathom/theory";

describe("regression", () => {
  it("finds a line exactly, and weighs points by their errors", () => {
    const fit = weightedLineFit([0, 1, 3], [2, 5, 11], [0.1, 0.2, 0.3]);
    assert.ok(Math.abs(fit.intercept - 2) < 1e-13 && Math.abs(fit.slope - 3) < 1e-13);
    assert.ok(fit.chiSquared < 1e-20);
    // A third point that counts for nothing leaves the line through the first two.
    const ignored = weightedLineFit([0, 1, 2], [0, 1, 100], [1, 1, 1e9]);
    assert.ok(Math.abs(ignored.slope - 1) < 1e-6);
  });

  it("states errors that repeated experiments have", () => {
    const inverseWidths = [1 / 250, 1 / 500, 1 / 1000];
    const errors = [0.03, 0.02, 0.02];
    const fits = Array.from({ length: 4000 }, (_, repeat) => {
      const z = normalArray(foldIn(key(8), repeat), 3);
      const values = inverseWidths.map((x, i) => 1.5 + 20 * x + errors[i] * z[i]);
      return weightedLineFit(inverseWidths, values, errors);
    });
    const intercepts = fits.map((fit) => fit.intercept);
    const mean = meanEstimate(intercepts);
    assert.ok(Math.abs(mean.estimate - 1.5) < 4 * mean.standardError);
    const spread = varianceEstimate(intercepts);
    assert.ok(Math.abs(spread.estimate - fits[0].interceptStandardError ** 2) < 4 * spread.standardError);
    const slopes = varianceEstimate(fits.map((fit) => fit.slope));
    assert.ok(Math.abs(slopes.estimate - fits[0].slopeStandardError ** 2) < 4 * slopes.standardError);
    const chi = meanEstimate(fits.map((fit) => fit.chiSquared));
    assert.ok(Math.abs(chi.estimate - 1) < 4 * chi.standardError);
  });

  it("takes errors from the scatter where none are given", () => {
    // By hand: residuals −0.06, 0.18, −0.18, 0.06, so a sum of squares of 0.072 on 2 degrees of freedom; Σ(x − x̄)² = 5.
    const fit = lineFit([0, 1, 2, 3], [0, 1.2, 1.8, 3]);
    assert.ok(Math.abs(fit.slope - 0.96) < 1e-12);
    assert.ok(Math.abs(fit.intercept - 0.06) < 1e-12);
    assert.ok(Math.abs(fit.slopeStandardError - Math.sqrt(0.072 / 2 / 5)) < 1e-12);
  });

  it("refuses what no line goes through", () => {
    assert.throws(() => weightedLineFit([1, 1], [2, 3], [1, 1]), /every x is equal/);
    assert.throws(() => weightedLineFit([1, 2], [2], [1, 1]), /y holds 1/);
    assert.throws(() => weightedLineFit([1, 2], [2, 3], [1, 0]), /above 0/);
  });
});
