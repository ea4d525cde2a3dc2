import assert from "node:assert/strict";
import { foldIn, key, uniformArray } from "fathom/random";
import { withEnvironment } from "../sweep/with-environment";

/** The words of a seed's key under `FATHOM_FRESH_KEYS`. */
const words = (seed: number, fresh?: string): string =>
  withEnvironment({ FATHOM_FRESH_KEYS: fresh }, () => key(seed).words.join(","));

describe("fresh keys", () => {
  it("are other keys for the same seeds, one for each seed", () => {
    const seeds = Array.from({ length: 2000 }, (_, index) => index - 1000);
    const all = [undefined, "1", "2", "200"].flatMap((fresh) => seeds.map((seed) => words(seed, fresh)));
    assert.equal(new Set(all).size, 4 * seeds.length);
  });

  it("are the same whenever they are asked for, and leave no trace", () => {
    assert.equal(words(7, "3"), words(7, "3"));
    assert.equal(words(7), "7,0");
    assert.equal(words(7, ""), "7,0");
  });

  it("are not the children that a seed's own key has", () => {
    assert.notEqual(words(7, "3"), foldIn(key(7), 3).words.join(","));
    assert.notEqual(words(7, "3"), foldIn(key(3), 7).words.join(","));
  });

  it("draw numbers that do not resemble those of the plain keys", () => {
    const [plain, fresh] = [undefined, "1"].map((asked) =>
      withEnvironment({ FATHOM_FRESH_KEYS: asked }, () => uniformArray(key(1), 20000)),
    );
    const correlation = plain.reduce((sum, value, i) => sum + (value - 0.5) * (fresh[i] - 0.5), 0) / (20000 / 12);
    // The standard error is 1/√20000: 4.5 of them are exceeded with probability 7e-6.
    assert.ok(Math.abs(correlation) < 4.5 / Math.sqrt(20000));
  });

  for (const wrong of ["0", "-1", "1.5", "one", "1e3", "9007199254740993"]) {
    it(`refuse ${wrong}`, () => {
      assert.throws(() => words(7, wrong), /RangeError: FATHOM_FRESH_KEYS is ".*"; it must be a whole number from 1/);
    });
  }
});
