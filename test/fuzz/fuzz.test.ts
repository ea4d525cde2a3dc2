import assert from "node:assert/strict";
import { assertSound } from "./assert-sound";
import { fuzz, type Fuzzed, readerNames } from "./fuzz";

/** How many mutants each reader sees here; test/soak/fuzz.soak.ts shows them fifty times as many. */
const count = 250;

describe("mutated foreign files", () => {
  let found: Fuzzed[] = [];
  before(async () => {
    found = await fuzz(1, count);
  });

  for (const name of readerNames()) {
    it(`are read whole or refused in words: ${name}`, () => assertSound(found, name, count));
  }

  it("lead those that read files to files of their own folder", () => {
    for (const { name, opened } of found) assert.equal(opened > 0, /file|model|notebook/.test(name), name);
  });
});
