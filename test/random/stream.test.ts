import assert from "node:assert/strict";
import {
  foldIn,
  key,
  type Key,
  normalArray,
  normalProducts,
  type ProductSizes,
  randomBits,
  uniformArray,
} from "fathom/random";
import { fillFromStream } from "../../lib/random/stream";
import { plainNormals, plainWords } from "./plain-stream";

const keys: Key[] = [0, 1, -1, 2 ** 31, -(2 ** 40), Number.MAX_SAFE_INTEGER].map(key);
for (let i = 0; i < 10; i++) keys.push(foldIn(key(i), "stream"));

// One tile of the module holds 4096 numbers, one pass of it 32, one set of blocks 16.
const lengths = [0, 1, 2, 5, 15, 16, 17, 31, 33, 4095, 4096, 4097, 10_001];

describe("the module that draws streams", () => {
  it("gives the words and the uniforms of plain Philox, bit for bit", () => {
    for (const k of keys) {
      for (const length of lengths) {
        const words = plainWords(k, length);
        assert.deepEqual(randomBits(k, length), words);
        const uniforms = Float32Array.from(words, (word) => (word & 0x7fffff) * 2 ** -23);
        assert.deepEqual(uniformArray(k, length), uniforms);
      }
    }
  });

  it("gives the normals of plain Box and Muller within 1e-6, over a million pairs", () => {
    for (const [k, length] of [...keys.map((k) => [k, 5001] as const), [key(77), 2_000_000] as const]) {
      const plain = plainNormals(plainWords(k, length + (length & 1)));
      const worst = normalArray(k, length).reduce((most, z, i) => Math.max(most, Math.abs(z - plain[i])), 0);
      assert.ok(worst < 1e-6, `${worst}`);
    }
  });

  it("draws from any place of a stream, beyond 2^32 blocks as well", () => {
    for (const first of [1, 15, 16, 31, 4095, 4 * (2 ** 32 - 4) + 3, 4 * (2 ** 32 - 1000) + 1, 2 ** 40 + 7]) {
      for (const length of [1, 40, 5000]) {
        const output = new Int32Array(length);
        fillFromStream(output, key(9).words, "words", { first });
        assert.deepEqual(new Uint32Array(output.buffer), plainWords(key(9), length, first));
      }
    }
  });

  it("scales, then shifts, in float32 steps", () => {
    const output = new Float32Array(5000);
    fillFromStream(output, key(3).words, "normals", { scale: 0.3, shift: -1.7 });
    const z = normalArray(key(3), 5000);
    assert.deepEqual(
      output,
      z.map((value) => Math.fround(value * Math.fround(0.3)) + Math.fround(-1.7)),
    );
  });

  // Where the 23 bits under the logarithm are all zeros and all ones first in this stream: found by looking.
  for (const [bits, first] of [
    [0, 6_083_668],
    [0x7fffff, 6_615_174],
  ]) {
    it(`takes the logarithm of ${bits}/2^23 as plain Box and Muller`, () => {
      const words = plainWords(key(5), 2, first);
      assert.equal(words[0] & 0x7fffff, bits);
      const normals = new Float32Array(2);
      fillFromStream(normals, key(5).words, "normals", { first });
      plainNormals(words).forEach((z, i) => assert.ok(Math.abs(z - normals[i]) < 1e-6, `${normals[i]} for ${z}`));
    });
  }
});

describe("products with normals that are never stored", () => {
  function plainProducts(k: Key, vectors: Float32Array, sizes: ProductSizes, first: number): Float64Array {
    const { matrices, batch, rows, columns } = sizes;
    const z = normalArray(k, (first + matrices) * rows * columns);
    const products = new Float64Array(matrices * batch * columns);
    for (let m = 0; m < matrices; m++) {
      for (let b = 0; b < batch; b++) {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            const weight = z[((first + m) * rows + i) * columns + j];
            products[(m * batch + b) * columns + j] += vectors[(m * batch + b) * rows + i] * weight;
          }
        }
      }
    }
    return products;
  }

  /** About half of the numbers are zeros, as after a ReLU. */
  function halfZeros(seed: number, length: number): Float32Array {
    return normalArray(key(seed), length).map((z) => Math.max(0, z));
  }

  const cases: (ProductSizes & { first?: number })[] = [
    { matrices: 1, batch: 1, rows: 1, columns: 1 },
    { matrices: 40, batch: 1, rows: 1, columns: 1 },
    { matrices: 30, batch: 1, rows: 3, columns: 5 },
    { matrices: 7, batch: 1, rows: 50, columns: 50 },
    { matrices: 7, batch: 1, rows: 50, columns: 50, first: 3 },
    { matrices: 5, batch: 2, rows: 17, columns: 33, first: 1 },
    { matrices: 3, batch: 3, rows: 64, columns: 7 },
    // Rows longer than a tile, and as long as one.
    { matrices: 2, batch: 1, rows: 3, columns: 4096 },
    { matrices: 2, batch: 2, rows: 3, columns: 9001, first: 1 },
    // More vectors than the module works on at once.
    { matrices: 9000, batch: 1, rows: 9, columns: 8 },
    { matrices: 2, batch: 1, rows: 150_000, columns: 1 },
  ];

  for (const { first = 0, ...sizes } of cases) {
    it(`are those with the array: ${JSON.stringify({ ...sizes, first })}`, () => {
      const length = sizes.matrices * sizes.batch * sizes.rows;
      for (const vectors of [halfZeros(1, length), normalArray(key(2), length), new Float32Array(length)]) {
        const products = normalProducts(key(4), vectors, sizes, first);
        const plain = plainProducts(key(4), vectors, sizes, first);
        assert.equal(products.length, plain.length);
        // Six times the rounding of a float32 sum of as many terms.
        const tolerance = 1e-6 + 2e-7 * sizes.rows;
        products.forEach((value, i) => assert.ok(Math.abs(value - plain[i]) <= tolerance, `${value} for ${plain[i]}`));
      }
    });
  }

  it("carry on where a number of the vectors is not finite", () => {
    const products = normalProducts(key(1), Float32Array.of(1, NaN), { matrices: 1, batch: 1, rows: 2, columns: 3 });
    assert.ok(products.every(Number.isNaN));
  });

  it("refuse sizes that mean nothing and vectors of another length", () => {
    const sizes = { matrices: 2, batch: 1, rows: 3, columns: 4 };
    for (const wrong of [{ matrices: 0 }, { batch: 1.5 }, { rows: NaN }, { columns: -1 }]) {
      assert.throws(() => normalProducts(key(1), new Float32Array(6), { ...sizes, ...wrong }), RangeError);
    }
    assert.throws(() => normalProducts(key(1), new Float32Array(5), sizes), /expected vectors of 2 · 1 · 3 numbers/);
    assert.throws(() => normalProducts(key(1), new Float32Array(6), sizes, -1), RangeError);
    assert.throws(() => normalProducts(1 as unknown as Key, new Float32Array(6), sizes), TypeError);
  });
});
