import assert from "node:assert/strict";
import {
  accuracyByRate,
  accuracyOf,
  bestRate,
  compare,
  difference,
  type Judged,
  packed,
  repeated,
  slopeOnTeacher,
  twoWayMean,
} from "fathom/experiments";
import { foldIn, key, normalArray, randomIntegers, uniformArray } from "fathom/random";

const student = (seed: number, correct: string, errors: readonly number[] = []): Judged => ({
  seed,
  correct,
  logitErrors: packed(Float32Array.from(errors)),
});

describe("a mean over runs and images", () => {
  /** value = group effect + image effect + noise, of stated deviations. */
  function study(seed: number, groups: number, images: number, deviations: readonly number[]): Float64Array[] {
    const drawn = (name: string, length: number): Float32Array => normalArray(foldIn(key(seed), name), length);
    const [ofGroup, ofImage] = [drawn("groups", groups), drawn("images", images)];
    const noise = drawn("noise", groups * images);
    const [group, image, rest] = deviations;
    return Array.from({ length: groups }, (_, g) =>
      Float64Array.from(
        { length: images },
        (_, i) => group * ofGroup[g] + image * ofImage[i] + rest * noise[g * images + i],
      ),
    );
  }

  it("has the standard error of a mean whose runs and images are both samples", () => {
    const [run, image, rest] = [0.2, 2, 3];
    const [runs, images] = [8, 200];
    const truth = run ** 2 / runs + image ** 2 / images + rest ** 2 / (runs * images);
    const studies = Array.from({ length: 100 }, (_, seed) => twoWayMean(study(seed, runs, images, [run, image, rest])));
    const variances = studies.map(({ standardError }) => standardError ** 2);
    const mean = variances.reduce((sum, variance) => sum + variance / 100, 0);
    const scatter = Math.sqrt(variances.reduce((sum, variance) => sum + (variance - mean) ** 2 / 99, 0) / 100);
    assert.ok(Math.abs(mean - truth) < 4 * scatter && scatter < 0.05 * truth, `${mean} ± ${scatter} against ${truth}`);
    // Of a hundred intervals at 95 %, five miss in the mean; thirteen or more in one of a thousand cases.
    assert.ok(studies.filter(({ low, high }) => low > 0 || high < 0).length <= 12);
  });

  it("agrees with a bootstrap over runs and images, which counts the rest three times", () => {
    const [runs, images] = [6, 150];
    const values = study(3, runs, images, [0.5, 1, 2]);
    const replicates = Array.from({ length: 2000 }, (_, resample) => {
      const drawn = foldIn(key(4), resample);
      const chosenRuns = randomIntegers(foldIn(drawn, "runs"), runs - 1, runs);
      const chosenImages = randomIntegers(foldIn(drawn, "images"), images, images);
      let total = 0;
      for (const r of chosenRuns) for (const i of chosenImages) total += values[r][i];
      return total / ((runs - 1) * images);
    });
    const centre = replicates.reduce((sum, value) => sum + value / 2000, 0);
    const bootstrap = replicates.reduce((sum, value) => sum + (value - centre) ** 2 / 1999, 0);
    const own = twoWayMean(values).standardError ** 2;
    const expected = own + (2 * 2 ** 2) / (runs * images);
    // The bootstrap's variance from 2000 resamples is known to 3 %.
    assert.ok(Math.abs(bootstrap / expected - 1) < 0.12, `${bootstrap} against ${expected}`);
  });

  it("compares runs within strata, where every sample would have the same ones", () => {
    const [runs, images, deviations] = [9, 200, [0.2, 1, 2]];
    const strata = Array.from({ length: runs }, (_, run) => run % 3);
    const ofStratum = [-3, 1, 2];
    const shifted = (seed: number): Float64Array[] =>
      study(seed, runs, images, deviations).map((values, run) => values.map((value) => value + ofStratum[strata[run]]));
    const [run, image, rest] = deviations;
    const truth = run ** 2 / runs + image ** 2 / images + rest ** 2 / (runs * images);
    const studies = Array.from({ length: 100 }, (_, seed) => twoWayMean(shifted(seed), strata));
    const variances = studies.map(({ standardError }) => standardError ** 2);
    const mean = variances.reduce((sum, variance) => sum + variance / 100, 0);
    const scatter = Math.sqrt(variances.reduce((sum, variance) => sum + (variance - mean) ** 2 / 99, 0) / 100);
    assert.ok(Math.abs(mean - truth) < 4 * scatter && scatter < 0.05 * truth, `${mean} ± ${scatter} against ${truth}`);
    assert.ok(studies.filter(({ low, high }) => low > 0 || high < 0).length <= 12);
    // As one sample the strata count as chance.
    assert.ok(twoWayMean(shifted(0)).standardError > 3 * Math.sqrt(truth));
    assert.ok(Math.abs(twoWayMean(shifted(0)).measured - twoWayMean(shifted(0), strata).measured) < 1e-12);
  });

  it("knows nothing of an image's effect in a stratum but what it adds to the mean", () => {
    // In one stratum images differ, in the other they do so the other way round: the mean knows no image.
    const effects = normalArray(key(7), 300);
    const runs = [1, 1, -1, -1].map((sign, run) =>
      Float64Array.from(effects, (effect) => sign * effect + (run % 2 === 0 ? 0.1 : -0.1)),
    );
    const { measured, standardError, degreesOfFreedom } = twoWayMean(runs, [5, 5, 8, 8]);
    assert.ok(Math.abs(measured) < 1e-12 && Math.abs(degreesOfFreedom - 2) < 1e-9);
    // Two runs 0.2 apart in each stratum: variance 0.02, of four.
    assert.ok(Math.abs(standardError - Math.sqrt(0.02 / 4)) < 1e-12);
  });

  it("does not take runs that share nothing for many images", () => {
    const onlyRuns = twoWayMean(study(1, 4, 500, [1, 0, 0.01]));
    assert.ok(onlyRuns.degreesOfFreedom < 3.2);
    const onlyImages = twoWayMean(study(1, 4, 500, [0, 1, 0.01]));
    assert.ok(onlyImages.degreesOfFreedom > 300);
  });

  it("has Student's interval: 12.71 standard errors with one degree of freedom", () => {
    const runs = [0, 1].map((value) => new Float64Array(1000).fill(value));
    const { measured, standardError, high, degreesOfFreedom } = twoWayMean(runs);
    assert.equal(degreesOfFreedom, 1);
    assert.ok(Math.abs((high - measured) / standardError - 12.7062) < 1e-3);
  });

  it("needs two runs and two images", () => {
    assert.throws(() => twoWayMean([Float64Array.of(1, 2)]), /runs/);
    assert.throws(() => twoWayMean([Float64Array.of(1), Float64Array.of(2)]), /images/);
    assert.throws(() => twoWayMean([Float64Array.of(1, 2), Float64Array.of(2)]), /every run/);
    const runs = [Float64Array.of(1, 2), Float64Array.of(2, 2)];
    assert.throws(() => twoWayMean(runs, [1]), /every run has a stratum; given 1 for 2 runs/);
    assert.throws(() => twoWayMean(runs, [1, 2]), /at least one stratum has two runs; given 2 runs, each of its own/);
  });
});

describe("comparisons of students", () => {
  const first = [student(0, "1100"), student(1, "1111"), student(2, "1000"), student(3, "0001")];
  const second = [student(0, "1000"), student(1, "1110"), student(2, "0000"), student(3, "0000")];

  it("are differences of mean accuracies in per cent", () => {
    assert.equal(accuracyOf(first).measured, 50);
    assert.equal(difference(first, second).measured, 25);
    assert.equal(difference(second, first).measured, -25);
    const four = compare([
      { rows: first, weight: 1 },
      { rows: second, weight: -2 },
    ]);
    assert.equal(four.measured, 0);
  });

  it("of logit errors are in units of error", () => {
    const near = [student(0, "11", [0.1, 0.2]), student(1, "11", [0.3, 0.4])];
    const far = [student(0, "11", [1.1, 1.2]), student(1, "11", [1.3, 1.4])];
    const change = difference(near, far, { measure: "logit error" });
    assert.ok(Math.abs(change.measured + 1) < 1e-6 && change.standardError < 1e-6);
    assert.throws(() => difference(first, second, { measure: "logit error" }), /no logits/);
  });

  it("are of paired students alone", () => {
    assert.throws(() => difference(first, second.slice(0, 3)), /same seeds/);
    assert.throws(() => difference(first, second, { strata: new Map([[0, 1]]) }), /seed \d has no stratum/);
    assert.throws(
      () =>
        difference(
          first,
          second.map((row) => ({ ...row, seed: row.seed + 1 })),
        ),
      /same seeds/,
    );
    assert.throws(
      () =>
        difference(
          first,
          second.map((row) => ({ ...row, correct: "10" })),
        ),
      /same images/,
    );
    assert.throws(() => compare([]), /arms must hold at least 1; it holds 0/);
  });

  it("know the error of images alone when the nets are taken as given", () => {
    // Differences on the four images, mean over students: ¼, ¼, 0, ½; their variance is 1/24.
    const { measured, standardError, degreesOfFreedom } = difference(first, second, { given: true });
    assert.equal(measured, 25);
    assert.ok(Math.abs(standardError - 100 * Math.sqrt(1 / 24 / 4)) < 1e-9);
    assert.equal(degreesOfFreedom, 3);
    assert.equal(difference(first.slice(0, 1), second.slice(0, 1), { given: true }).measured, 25);
    assert.throws(() => difference(first.slice(0, 1), second.slice(0, 1)), /runs/);
  });

  it("put an ensemble beside each of its members", () => {
    assert.deepEqual(
      repeated("101", 2).map(({ seed, correct }) => [seed, correct]),
      [
        [0, "101"],
        [1, "101"],
      ],
    );
  });

  /** 400 images of which a share is right, whichever they are. */
  const sample = (seed: number, share: number): string =>
    Array.from(uniformArray(key(seed), 400), (value) => (value < share ? "1" : "0")).join("");

  it("find the slope of students on teachers, student by student", () => {
    const checkpoints = [40, 50, 60, 70].map((teacher, index) => ({
      teacher: new Map([
        [0, teacher],
        [1, teacher + 5],
      ]),
      rows: [0, 1].map((seed) => student(seed, sample(seed, 0.2 + 0.05 * index))),
    }));
    const { measured, standardError } = slopeOnTeacher(checkpoints);
    assert.ok(Math.abs(measured - 0.5) < 4 * standardError && standardError < 0.15, `${measured} ± ${standardError}`);
    const turned = checkpoints.map((at, index) => ({ ...at, rows: checkpoints[3 - index].rows }));
    assert.ok(Math.abs(slopeOnTeacher(turned).measured + measured) < 1e-9);
    assert.throws(() => slopeOnTeacher(checkpoints.slice(0, 1)), /two checkpoints/);
    const still = checkpoints.map((at) => ({
      ...at,
      teacher: new Map([
        [0, 50],
        [1, 50],
      ]),
    }));
    assert.throws(() => slopeOnTeacher(still), /one accuracy at all checkpoints/);
  });

  it("choose the learning rate with the best mean on validation images, the smaller of equals", () => {
    const trials = (learningRate: number, ...accuracies: number[]) =>
      accuracies.map((validationAccuracy) => ({ learningRate, validationAccuracy }));
    const students = [...trials(0.3, 0.9, 0), ...trials(0.1, 0.4, 0.6), ...trials(0.2, 0.7, 0.5)];
    assert.equal(bestRate(students), 0.2);
    assert.deepEqual(
      accuracyByRate(students).map(({ learningRate, accuracy }) => [learningRate, accuracy.toFixed(2)]),
      [
        [0.1, "0.50"],
        [0.2, "0.60"],
        [0.3, "0.45"],
      ],
    );
    assert.equal(bestRate([...trials(0.3, 0.5), ...trials(0.1, 0.5)]), 0.1);
    assert.throws(() => bestRate([]), /trials must hold at least 1; it holds 0/);
  });
});
