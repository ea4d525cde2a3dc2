import assert from "node:assert/strict";
import { key, foldIn, normalArray } from "fathom/random";
import { functionOfLimits, infiniteWidthLimit } from "fathom/theory";

const widths = [100, 200, 400];

/** Nets whose measurements are limit + slope/width plus noise that shrinks as 1/√width. */
function simulated(seed: number, limit: number, slope: number, nets = 40, noise = 0.1) {
  return widths.map((width) => ({
    width,
    values: Array.from(
      normalArray(foldIn(key(seed), width), nets),
      (z) => limit + slope / width + (noise * z) / Math.sqrt(width),
    ),
  }));
}

describe("the limit of infinite width", () => {
  it("is exact for measurements that are linear in 1/width", () => {
    const groups = widths.map((width) => ({ width, values: [1.9 + 7 / width, 2.1 + 7 / width] }));
    const { estimate, slope } = infiniteWidthLimit(groups);
    assert.ok(Math.abs(estimate - 2) < 1e-12 && Math.abs(slope - 7) < 1e-9);
  });

  it("has a standard error that is the scatter of the estimate itself", () => {
    const limits = Array.from({ length: 400 }, (_, seed) => infiniteWidthLimit(simulated(seed, 3, 5)));
    const deviations = limits.map(({ estimate, standardError }) => (estimate - 3) / standardError);
    const mean = deviations.reduce((sum, z) => sum + z, 0) / 400;
    const variance = deviations.reduce((sum, z) => sum + z * z, 0) / 400;
    // z is Student's t with about 80 degrees of freedom: variance 1.026, its own standard error √(2/400).
    assert.ok(Math.abs(mean) < 4 * 0.05, `mean z ${mean}`);
    assert.ok(Math.abs(variance - 1.026) < 4 * 0.0725, `variance of z ${variance}`);
    assert.ok(limits.every(({ degreesOfFreedom }) => degreesOfFreedom > 38 && degreesOfFreedom <= 117));
  });

  it("of a function is the function of the limits, with a jackknife error that is the delta method's", () => {
    const groups = simulated(7, 3, 5).map(({ width, values }) => ({ width, samples: [values] }));
    const squared = functionOfLimits(groups, ([value]) => value ** 2);
    const plain = infiniteWidthLimit(simulated(7, 3, 5));
    assert.ok(Math.abs(squared.estimate - plain.estimate ** 2) < 1e-12);
    assert.ok(Math.abs(squared.standardError / (2 * plain.estimate * plain.standardError) - 1) < 0.01);
  });

  it("does not exist for one width, one net or a missing number", () => {
    assert.throws(() => infiniteWidthLimit([{ width: 100, values: [1, 2] }]), /two different widths/);
    assert.throws(
      () =>
        infiniteWidthLimit([
          { width: 100, values: [1] },
          { width: 200, values: [1, 2] },
        ]),
      /at least 2 nets/,
    );
    assert.throws(
      () =>
        infiniteWidthLimit([
          { width: 100, values: [1, NaN] },
          { width: 200, values: [1, 2] },
        ]),
      /finite/,
    );
    assert.throws(
      () =>
        infiniteWidthLimit([
          { width: -1, values: [1, 2] },
          { width: 200, values: [1, 2] },
        ]),
      RangeError,
    );
    assert.throws(() => functionOfLimits([], () => 0), RangeError);
  });
});
