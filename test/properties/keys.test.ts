import assert from "node:assert/strict";
import fc from "fast-check";
import {
  foldIn,
  type Key,
  key,
  normalArray,
  permutation,
  rademacherArray,
  randomBits,
  randomIntegers,
  split,
  truncatedNormalArray,
  uniformArray,
} from "fathom/random";
import { runs } from "./runs";

const keys: fc.Arbitrary<Key> = fc
  .record({ seed: fc.maxSafeInteger(), path: fc.array(fc.oneof(fc.maxSafeInteger(), fc.string()), { maxLength: 3 }) })
  .map(({ seed, path }) => path.reduce(foldIn, key(seed)));
const name = ({ words }: Key): string => words.join();

describe("keys, of any seed", () => {
  it("differ where seeds do", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.maxSafeInteger(), { maxLength: 50 }), (seeds) => {
        assert.equal(new Set(seeds.map((seed) => name(key(seed)))).size, seeds.length);
      }),
      runs(200),
    );
  });

  it("have different children under different labels, numbers, names and places of a split", () => {
    fc.assert(
      fc.property(
        keys,
        fc.uniqueArray(fc.maxSafeInteger(), { maxLength: 20 }),
        fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (parent, numbers, names, count) => {
          // A lone surrogate has no UTF-8: as bytes it is the replacement character, as another one may be.
          const wellFormed = [...new Set(names.map((label) => Buffer.from(label).toString()))];
          const children = [
            ...[...numbers, ...wellFormed].map((label) => foldIn(parent, label)),
            ...split(parent, count),
          ];
          assert.equal(new Set(children.map(name)).size, numbers.length + wellFormed.length + count);
        },
      ),
      runs(300),
    );
  });

  it("give the same child to the same label, and the same first children to any split", () => {
    fc.assert(
      fc.property(keys, fc.string(), fc.integer({ min: 1, max: 10 }), fc.nat(10), (parent, label, count, more) => {
        assert.deepEqual(foldIn(parent, label), foldIn({ words: [...parent.words] }, label));
        assert.deepEqual(split(parent, count + more).slice(0, count), split(parent, count));
      }),
      runs(300),
    );
  });
});

describe("draws, of any key", () => {
  const lengths = fc.integer({ min: 0, max: 700 });
  const samplers = { normalArray, rademacherArray, randomBits, truncatedNormalArray, uniformArray };
  for (const [sampler, draw] of Object.entries(samplers)) {
    it(`begin alike whatever their number: ${sampler}`, () => {
      fc.assert(
        fc.property(keys, lengths, lengths, (from, a, b) => {
          const [few, many] = [Math.min(a, b), Math.max(a, b)];
          assert.deepEqual(draw(from, many).slice(0, few), draw(from, few));
        }),
        runs(100),
      );
    });
  }

  it("carry on where they are told to begin", () => {
    fc.assert(
      fc.property(keys, lengths, lengths, (from, first, length) => {
        assert.deepEqual(normalArray(from, length, first), normalArray(from, first + length).slice(first));
      }),
      runs(100),
    );
  });

  it("stay where they belong: [0, 1), ±1, |x| ≤ 2, finite, below the bound", () => {
    fc.assert(
      fc.property(keys, lengths, fc.integer({ min: 1, max: 2 ** 31 }), (from, length, bound) => {
        assert.ok(uniformArray(from, length).every((u) => u >= 0 && u < 1));
        assert.ok(rademacherArray(from, length).every((sign) => Math.abs(sign) === 1));
        assert.ok(truncatedNormalArray(from, length).every((x) => Math.abs(x) <= 2));
        assert.ok(normalArray(from, length).every((x) => Math.abs(x) < 5.69));
        assert.ok(randomIntegers(from, length, bound).every((n) => n >= 0 && n < bound && Number.isInteger(n)));
      }),
      runs(100),
    );
  });

  it("order every number once", () => {
    fc.assert(
      fc.property(keys, lengths, (from, length) => {
        assert.deepEqual(
          [...permutation(from, length)].sort((a, b) => a - b),
          Array.from({ length }, (_, i) => i),
        );
      }),
      runs(100),
    );
  });
});
