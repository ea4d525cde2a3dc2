import assert from "node:assert/strict";
import { above, agrees, atMost, below, exact, notRejected, rejected, within, type Claim } from "fathom/report";

const text = { id: "length-map", statement: "The length map predicts q.", source: "Poole et al. 2016, eq. 3" };
const measurement = { predicted: 1, measured: 1.02, standardError: 0.01, resolution: 0.05 };

describe("claims", () => {
  it("agree within the standard error", () => {
    const claim = agrees(text, measurement);
    assert.equal(claim.verdict, "holds");
    assert.ok(Math.abs((claim.pValue ?? 0) - 0.04550026389635842) < 1e-12);
    assert.equal(agrees(text, { ...measurement, measured: 1, discrete: true }).verdict, "holds");
    assert.equal(agrees(text, { ...measurement, measured: 1.041 }).verdict, "fails");
    assert.equal(agrees(text, { ...measurement, measured: 0.959 }).verdict, "fails");
  });

  it("are unresolved when the standard error exceeds the resolution", () => {
    assert.equal(agrees(text, { ...measurement, standardError: 0.051 }).verdict, "unresolved");
    assert.equal(agrees(text, { ...measurement, standardError: 0.05 }).verdict, "holds");
  });

  it("are judged by Student's t when few nets gave the standard error", () => {
    const far = { ...measurement, measured: 1.042 };
    assert.equal(agrees(text, far).verdict, "fails");
    assert.equal(agrees(text, { ...far, degreesOfFreedom: 39 }).verdict, "holds");
    assert.match(agrees(text, { ...far, degreesOfFreedom: 39 }).rule, /39 degrees of freedom/);
  });

  it("are exact", () => {
    assert.equal(exact(text, { predicted: 45, measured: 45 }).verdict, "holds");
    assert.equal(exact(text, { predicted: 45, measured: 45 + 1e-14 }).verdict, "fails");
    assert.equal(exact(text, { predicted: "45", measured: 45 }).verdict, "fails");
  });

  it("lie within a tolerance", () => {
    assert.equal(within(text, { predicted: 1, measured: 1 + 9e-9, tolerance: 1e-8 }).verdict, "holds");
    assert.equal(within(text, { predicted: 1, measured: 1 + 1.1e-8, tolerance: 1e-8 }).verdict, "fails");
  });

  it("lie above or below a bound, or straddle it", () => {
    const verdicts = (measured: number): string[] =>
      [above, below].map((side) => side(text, { bound: 0, measured, standardError: 0.1 }).verdict);
    assert.deepEqual(verdicts(0.5), ["holds", "fails"]);
    assert.deepEqual(verdicts(-0.5), ["fails", "holds"]);
    assert.deepEqual(verdicts(0.2), ["unresolved", "unresolved"]);
  });

  it("obey a bound in the worst instance", () => {
    assert.equal(atMost(text, { bound: 1, measured: 1 }).verdict, "holds");
    assert.equal(atMost(text, { bound: 1, measured: 1 + 1e-12 }).verdict, "fails");
  });

  it("are not rejected by a test, if the sample could have spoken", () => {
    const test = { test: "Kolmogorov–Smirnov", statistic: 0.03, pValue: 0.4, sampleSize: 500 };
    assert.equal(notRejected(text, test).verdict, "holds");
    assert.equal(notRejected(text, { ...test, pValue: 1e-6 }).verdict, "fails");
    assert.equal(notRejected(text, { ...test, sampleSize: 20 }).verdict, "unresolved");
  });

  it("are an effect that a test shows", () => {
    const test = { test: "permutation test", statistic: 0.9, pValue: 1e-5 };
    assert.equal(rejected(text, test).verdict, "holds");
    assert.equal(rejected(text, { ...test, pValue: 0.01 }).verdict, "unresolved");
    assert.equal(rejected(text, { ...test, pValue: 0.5 }).verdict, "fails");
  });

  it("say what their standard error takes as given, where something is", () => {
    const conditionalOn = "the teachers";
    assert.equal(
      above({ ...text, conditionalOn }, { bound: 0, measured: 1, standardError: 0.1 }).conditionalOn,
      conditionalOn,
    );
    assert.ok(!("conditionalOn" in agrees(text, measurement)));
    assert.ok(!("conditionalOn" in exact({ ...text, conditionalOn }, { predicted: 45, measured: 45 })));
  });

  it("cannot be altered", () => {
    const claim = agrees(text, measurement) as { verdict: string };
    assert.throws(() => (claim.verdict = "fails"), TypeError);
  });

  const senseless: [string, () => Claim, RegExp][] = [
    ["NaN", () => agrees(text, { ...measurement, measured: NaN }), /length-map: measured is NaN/],
    ["an infinite prediction", () => agrees(text, { ...measurement, predicted: Infinity }), /predicted is Infinity/],
    ["a standard error of zero", () => agrees(text, { ...measurement, standardError: 0 }), /standardError is 0/],
    [
      "a negative standard error",
      () => above(text, { bound: 0, measured: 1, standardError: -1 }),
      /standardError is -1/,
    ],
    ["a NaN standard error", () => below(text, { bound: 0, measured: 1, standardError: NaN }), /standardError is NaN/],
    ["a resolution of zero", () => agrees(text, { ...measurement, resolution: 0 }), /resolution is 0/],
    ["no degrees of freedom", () => agrees(text, { ...measurement, degreesOfFreedom: 0 }), /degreesOfFreedom is 0/],
    [
      "a measurement that is the prediction itself",
      () => agrees(text, { ...measurement, predicted: measurement.measured }),
      /length-map: measured is the prediction itself, 1\.02/,
    ],
    ["a tolerance of zero", () => within(text, { predicted: 1, measured: 1, tolerance: 0 }), /tolerance is 0/],
    ["a NaN count", () => exact(text, { predicted: 1, measured: NaN }), /measured is NaN/],
    ["a NaN ratio", () => atMost(text, { bound: 1, measured: NaN }), /measured is NaN/],
    ["a p-value above one", () => rejected(text, { test: "t", statistic: 1, pValue: 1.1 }), /pValue is 1\.1/],
    [
      "a NaN p-value",
      () => notRejected(text, { test: "t", statistic: 1, pValue: NaN, sampleSize: 99 }),
      /pValue is NaN/,
    ],
    [
      "half an observation",
      () => notRejected(text, { test: "t", statistic: 1, pValue: 1, sampleSize: 99.5 }),
      /sampleSize is 99\.5/,
    ],
    ["a bad id", () => exact({ ...text, id: "Length map" }, { predicted: 1, measured: 1 }), /cannot name a claim/],
    [
      "nothing by name as given",
      () => agrees({ ...text, conditionalOn: " " }, measurement),
      /length-map: conditionalOn is empty/,
    ],
    [
      "no source",
      () => exact({ ...text, source: " " }, { predicted: 1, measured: 1 }),
      /needs a statement and a source/,
    ],
  ];
  for (const [name, make, message] of senseless) {
    it(`refuse ${name}`, () => {
      assert.throws(make, (error: Error) => error instanceof RangeError && message.test(error.message));
    });
  }
});
