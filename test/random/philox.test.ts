import assert from "node:assert/strict";
import { philox2x32, philox4x32 } from "fathom/random";

const ONES = 0xffffffff;

describe("Philox", () => {
  // Random123, tests/kat_vectors, rows "philox4x32 10" and "philox2x32 10": counter, key, answer.
  const answers4x32: [number[], number[], number[]][] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ONES, ONES, ONES, ONES],
      [ONES, ONES],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];
  const answers2x32: [number[], number, number[]][] = [
    [[0, 0], 0, [0xff1dae59, 0x6cd10df2]],
    [[ONES, ONES], ONES, [0x2c3f628b, 0xab4fd7ad]],
    [[0x243f6a88, 0x85a308d3], 0x13198a2e, [0xdd7ce038, 0xf62a4c12]],
  ];

  it("4x32 with ten rounds gives Random123's published answers", () => {
    for (const [counter, key, answer] of answers4x32) assert.deepEqual(Array.from(philox4x32(counter, key)), answer);
  });

  it("2x32 with ten rounds gives Random123's published answers", () => {
    for (const [counter, key, answer] of answers2x32) assert.deepEqual(Array.from(philox2x32(counter, key)), answer);
  });

  it("multiplies as 64-bit integers do", () => {
    const mask = 0xffffffffn;
    const reference = (counter: number[], key: number[]): number[] => {
      let [a, b, c, d] = counter.map(BigInt);
      let [k0, k1] = key.map(BigInt);
      for (let round = 0; round < 10; round++) {
        const first = a * 0xd2511f53n;
        const second = c * 0xcd9e8d57n;
        [a, b, c, d] = [(second >> 32n) ^ b ^ k0, second & mask, (first >> 32n) ^ d ^ k1, first & mask];
        k0 = (k0 + 0x9e3779b9n) & mask;
        k1 = (k1 + 0xbb67ae85n) & mask;
      }
      return [a, b, c, d].map(Number);
    };
    let counter = [1, 0x80000000, 0xffff, 0xffff0000];
    for (let i = 0; i < 300; i++) {
      const next = reference(counter, [counter[3], i]);
      assert.deepEqual(Array.from(philox4x32(counter, [counter[3], i])), next);
      counter = next;
    }
  });
});
