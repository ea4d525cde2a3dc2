import assert from "node:assert/strict";
import {
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
import { foldIn, key, normalArray, uniformArray } from "fathom/random";

const student = (seed: number, correct: string, errors: readonly number[] = []): Judged => ({
  seed,
  correct,
  logitErrors: packed(Float32Array.from(errors)),
});

describe("a mean over groups of runs and images", () => {
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

  it("has the standard error of a mean whose groups and images are both samples", () => {
    const deviations = [0.2, 2, 1];
    const [groups, images] = [8, 200];
    const truth = Math.sqrt(0.04 / groups + 4 / images + 1 / (groups * images));
    const studies = Array.from({ length: 30 }, (_, seed) =>
      twoWayMean(study(seed, groups, images, deviations), key(99)),
    );
    // Each estimate of a variance scatters by about √(2/degrees of freedom); thirty of them by 5 % in all.
    const mean = Math.sqrt(studies.reduce((sum, { standardError }) => sum + standardError ** 2 / studies.length, 0));
    assert.ok(Math.abs(mean / truth - 1) < 0.2, `${mean} against ${truth}`);
    const far = studies.filter(({ measured, standardError }) => Math.abs(measured) > 3.5 * standardError);
    assert.ok(far.length <= 1);
  });

  it("does not take groups that share nothing for many images", () => {
    const onlyGroups = twoWayMean(study(1, 4, 500, [1, 0, 0.01]), key(99));
    assert.ok(onlyGroups.degreesOfFreedom < 3.2);
    const onlyImages = twoWayMean(study(1, 4, 500, [0, 1, 0.01]), key(99));
    assert.ok(onlyImages.degreesOfFreedom > 300);
  });

  it("needs two groups and two images", () => {
    assert.throws(() => twoWayMean([Float64Array.of(1, 2)], key(1)), /groups of runs/);
    assert.throws(() => twoWayMean([Float64Array.of(1), Float64Array.of(2)], key(1)), /images/);
    assert.throws(() => twoWayMean([Float64Array.of(1, 2), Float64Array.of(2)], key(1)), /every group/);
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
    assert.throws(() => compare([]), /at least one arm/);
  });

  it("keep students that share a teacher together", () => {
    const apart = difference(first, second);
    const together = difference(first, second, { shared: (seed) => Math.floor(seed / 2) });
    assert.equal(together.measured, apart.measured);
    assert.notEqual(together.standardError, apart.standardError);
    assert.throws(() => difference(first, second, { shared: () => 0 }), /groups of runs/);
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
    const trial = (learningRate: number, ...accuracies: number[]) => ({
      learningRate,
      rows: accuracies.map((validationAccuracy) => ({ validationAccuracy })),
    });
    assert.equal(bestRate([trial(0.1, 0.4, 0.6), trial(0.2, 0.7, 0.5), trial(0.3, 0.9, 0)]), 0.2);
    assert.equal(bestRate([trial(0.3, 0.5), trial(0.1, 0.5)]), 0.1);
    assert.throws(() => bestRate([]), /no learning rate/);
  });
});
