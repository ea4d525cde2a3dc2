import assert from "node:assert/strict";
import { key, randomIntegers } from "fathom/random";
import { integerRank, rankModulo, rankPrime } from "fathom/theory";

/** A product of a rows × rank and a rank × columns matrix of small whole numbers. */
function ofRank(seed: number, rows: number, columns: number, rank: number): number[][] {
  const numbers = Array.from(randomIntegers(key(seed), (rows + columns) * rank, 19), (value) => value - 9);
  const [left, right] = [numbers.slice(0, rows * rank), numbers.slice(rows * rank)];
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_unused, j) => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += left[i * rank + k] * right[k * columns + j];
      return sum;
    }),
  );
}

describe("exact ranks", () => {
  it("of matrices made with a rank, by both methods", () => {
    for (const [rows, columns, rank] of [
      [5, 5, 5],
      [6, 9, 4],
      [9, 6, 3],
      [12, 12, 11],
      [1, 4, 1],
    ]) {
      const matrix = ofRank(rows + 31 * columns, rows, columns, rank);
      assert.equal(integerRank(matrix), rank);
      assert.equal(rankModulo(matrix), rank);
    }
  });

  it("of integers beyond double precision", () => {
    const big = 2n ** 80n;
    // Rows that differ by 1 in 10^24: a double could not tell.
    assert.equal(
      integerRank([
        [big, big],
        [big, big + 1n],
      ]),
      2,
    );
    assert.equal(
      integerRank([
        [big, big],
        [3n * big, 3n * big],
      ]),
      1,
    );
    assert.equal(
      rankModulo([
        [big, big],
        [big, big + 1n],
      ]),
      2,
    );
  });

  it("of nothing but zeros, and with zeros where a pivot was looked for", () => {
    assert.equal(
      integerRank([
        [0, 0],
        [0, 0],
      ]),
      0,
    );
    assert.equal(
      rankModulo([
        [0, 0],
        [0, 0],
      ]),
      0,
    );
    const swapped = [
      [0, 2, 1],
      [0, 0, 3],
      [5, 0, 0],
    ];
    assert.equal(integerRank(swapped), 3);
    assert.equal(rankModulo(swapped), 3);
  });

  it("modulo a number that is no prime is refused, with its divisor", () => {
    assert.throws(() => rankModulo([[1]], 91), /91 is 7 · 13, no prime/);
    assert.throws(() => rankModulo([[1]], 8191 ** 2 - 1), /67092480 is 2 · 33546240, no prime/);
    assert.equal(rankModulo([[1]], 2), 1);
  });

  it("modulo a prime can be lower, never higher", () => {
    assert.equal(
      rankModulo([
        [rankPrime, 0],
        [0, 1],
      ]),
      1,
    );
    assert.equal(
      integerRank([
        [rankPrime, 0],
        [0, 1],
      ]),
      2,
    );
    assert.equal(
      rankModulo([
        [-1, 0],
        [0, -1],
      ]),
      2,
    );
  });

  it("use a prime whose products are exact", () => {
    assert.ok(rankPrime ** 2 < Number.MAX_SAFE_INTEGER);
    for (let divisor = 2; divisor ** 2 <= rankPrime; divisor++) assert.notEqual(rankPrime % divisor, 0);
  });

  it("are refused for what is no matrix of whole numbers", () => {
    for (const rank of [integerRank, rankModulo]) {
      assert.throws(() => rank([]), /at least one row/);
      assert.throws(() => rank([[]]), /at least one row/);
      assert.throws(() => rank([[1, 2], [3]]), /row 1 has 1 columns/);
      assert.throws(() => rank([[1.5]]), /no whole number/);
      assert.throws(() => rank([[NaN]]), /no whole number/);
    }
    assert.throws(() => rankModulo([[1]], 2 ** 26), /2\^26/);
  });
});
