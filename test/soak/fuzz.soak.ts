import { assertSound } from "../fuzz/assert-sound";
import { fuzz, type Fuzzed, readerNames } from "../fuzz/fuzz";

/** Mutants in all, and in one process. */
const all = 100_000;
const atOnce = 2_000;

describe("readers of foreign files", () => {
  const names = readerNames();
  const count = Math.ceil(all / names.length);
  let rounds: Fuzzed[][] = [];
  before(async function () {
    this.timeout(0);
    rounds = [];
    for (let seed = 0; seed * atOnce < count; seed++) rounds.push(await fuzz(1000 + seed, atOnce));
    for (const name of names) {
      const of = rounds.map((round) => round.find((one) => one.name === name)).filter((one) => one !== undefined);
      const sum = (part: (one: Fuzzed) => number): number => of.reduce((total, one) => total + part(one), 0);
      const most = (part: (one: Fuzzed) => number): number => Math.max(...of.map(part));
      console.log(
        `      ${name}: ${sum((one) => one.accepted)} accepted, ${sum((one) => one.refused)} refused; slowest ` +
          `${most((one) => one.slowest).toFixed(0)} ms, memory raised by at most ${most((one) => one.grown).toFixed(0)} MiB ` +
          `to ${most((one) => one.peak).toFixed(0)} MiB`,
      );
    }
  });

  for (const name of names) {
    it(`read ${count} mutated inputs whole or refuse them in words: ${name}`, () => {
      for (const round of rounds) assertSound(round, name, atOnce);
    });
  }
});
