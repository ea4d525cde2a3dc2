import assert from "node:assert/strict";
import { packed, unpacked } from "fathom/experiments";
import { key, normalArray } from "fathom/random";
import { disordered, logitStatistics, meanAnswer, standardisedLogits } from "../../../lib/experiments/mimic/targets";
import { correctness, shareOfOnes } from "../../../lib/experiments/mimic/teacher";

const classes = 5;
const logits = normalArray(key(1), 40 * classes).map((z, i) => 3 * z + (i % classes));
const answers = (values: Float32Array): number[][] =>
  Array.from({ length: values.length / classes }, (_, i) => [...values.subarray(i * classes, (i + 1) * classes)]);
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

describe("a teacher's answers", () => {
  it("are standardised class by class with the statistics of the first images", () => {
    const statistics = logitStatistics(logits, classes, 30);
    const found = standardisedLogits(logits, statistics);
    const again = logitStatistics(found, classes, 30);
    for (const mean of again.means) assert.ok(Math.abs(mean) < 1e-6);
    for (const deviation of again.deviations) assert.ok(Math.abs(deviation - 1) < 1e-6);
    assert.notDeepEqual(logitStatistics(logits, classes, 40), statistics);
    assert.throws(() => logitStatistics(new Float32Array(20), classes, 4), /do not vary/);
  });

  it("of an ensemble are the mean of its members'", () => {
    assert.deepEqual([...meanAnswer([Float32Array.of(1, 2), Float32Array.of(3, 6)])], [2, 4]);
    assert.throws(() => meanAnswer([]), /at least one member/);
    assert.throws(() => meanAnswer([Float32Array.of(1), Float32Array.of(1, 2)]), /1 and 2 logits/);
  });

  it("go to other images, each whole but for the order of its entries, when images are in disorder", () => {
    const whole = (values: Float32Array): string[] => answers(values).map((answer) => sorted(answer).join());
    const found = whole(disordered(logits, classes, "images", key(2)));
    const given = whole(logits);
    assert.ok(found.filter((answer, image) => answer === given[image]).length <= 5);
    assert.deepEqual([...found].sort(), [...given].sort());
  });

  it("prefer no class when images are in disorder, whichever had the larger logits", () => {
    const many = normalArray(key(3), 4000 * classes).map((z, i) => z + 3 * (i % classes));
    const { means } = logitStatistics(disordered(many, classes, "images", key(4)), classes, 4000);
    // An entry's variance is 1 + 9 · 2, that of five ordered differences; a mean of 4000 is off by 0.07.
    for (const mean of means) assert.ok(Math.abs(mean - 6) < 0.3, String(mean));
  });

  it("keep their largest entry in its place when the small ones are in disorder", () => {
    const found = answers(disordered(logits, classes, "small entries", key(2)));
    const given = answers(logits);
    let moved = 0;
    given.forEach((answer, i) => {
      const largest = answer.indexOf(Math.max(...answer));
      assert.equal(found[i][largest], answer[largest]);
      assert.deepEqual(sorted(found[i]), sorted(answer));
      if (String(found[i]) !== String(answer)) moved++;
    });
    // One in 24 orders of four entries is the one they had.
    assert.ok(moved >= 30);
  });

  it("stay as they are without disorder", () => {
    assert.equal(disordered(logits, classes, "none", key(2)), logits);
  });

  it("survive being packed, bit for bit", () => {
    assert.deepEqual(unpacked(packed(logits)), logits);
    assert.throws(() => unpacked("AAAA"), /four bytes a number; this one has 3/);
  });

  it("are right where the largest logit is the class, the first of equals counting, and never where one is no number", () => {
    const images = {
      name: "four",
      count: 4,
      shape: [1, 1] as const,
      classes: 2,
      pixels: new Uint8Array(4),
      labels: Uint8Array.of(0, 1, 1, 0),
    };
    assert.equal(correctness(Float32Array.of(2, 1, 2, 1, 1, 1, 1, NaN), images), "1000");
    assert.equal(shareOfOnes("1000"), 0.25);
    assert.throws(() => correctness(Float32Array.of(1), images), /have 8 logits; given 1/);
  });
});
