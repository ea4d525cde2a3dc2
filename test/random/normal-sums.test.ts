import assert from "node:assert/strict";
import { addNormals, key, normalArray, openProducts, rectifiedSquares, tanhJetProducts } from "fathom/random";

/** Row r of `normalArray`, from row `firstRow` on. */
function rowsOf(seed: number, { rows, columns, firstRow = 0 }: (typeof sizes)[number]): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(normalArray(key(seed), columns, (firstRow + row) * columns)),
  );
}

const sum = (length: number, term: (i: number) => number): number =>
  Array.from({ length }, (_, i) => term(i)).reduce((a, b) => a + b, 0);

/** Widths of whole vectors and of any remainder, rows of several groups, a row longer than a group, a stream's later part. */
const sizes: { rows: number; columns: number; firstRow?: number }[] = [
  { rows: 3, columns: 1 },
  { rows: 5, columns: 2, firstRow: 3 },
  { rows: 4, columns: 7, firstRow: 1 },
  { rows: 600, columns: 50, firstRow: 9 },
  { rows: 2, columns: 9001, firstRow: 2 },
  { rows: 130, columns: 64 },
];

describe("sums of normals that are not stored", () => {
  for (const size of sizes) {
    const { rows, columns, firstRow = 0 } = size;
    describe(`of ${rows} rows of ${columns} from row ${firstRow} on`, () => {
      it("rectifiedSquares: Σ max(0, z)²", () => {
        const found = rectifiedSquares(key(1), size);
        assert.equal(found.length, rows);
        rowsOf(1, size).forEach((z, row) => {
          const expected = sum(columns, (i) => Math.max(0, z[i]) ** 2);
          assert.ok(Math.abs(found[row] - expected) <= 1e-13 * expected, `${found[row]}, not ${expected}`);
        });
      });

      it("openProducts: Σ z², Σ z w, Σ w² where z > 0", () => {
        const found = openProducts(key(1), key(2), size);
        const [first, second] = [rowsOf(1, size), rowsOf(2, size)];
        first.forEach((z, row) => {
          const w = second[row];
          const open = (i: number): number => (z[i] > 0 ? 1 : 0);
          const expected = [
            sum(columns, (i) => open(i) * z[i] * z[i]),
            sum(columns, (i) => open(i) * z[i] * w[i]),
            sum(columns, (i) => open(i) * w[i] * w[i]),
          ];
          expected.forEach((value, of) => {
            const difference = Math.abs(found[3 * row + of] - value);
            assert.ok(difference <= 1e-13 * (expected[0] + expected[2]), `${found[3 * row + of]}, not ${value}`);
          });
        });
      });

      for (const rectified of [false, true]) {
        it(`addNormals: x + s ${rectified ? "max(0, z)" : "z"}, and its Σ x²`, () => {
          const before = normalArray(key(5), rows * columns);
          const vectors = before.slice();
          const scales = Float64Array.from({ length: rows }, (_, row) => 0.3 * (row % 5) - 0.4);
          const squares = addNormals(key(1), vectors, { scales, rectified }, size);
          rowsOf(1, size).forEach((z, row) => {
            let expected = 0;
            z.forEach((value, i) => {
              const x = before[row * columns + i] + scales[row] * (rectified ? Math.max(0, value) : value);
              const found = vectors[row * columns + i];
              assert.ok(Math.abs(found - x) <= 4e-7 * (Math.abs(value) + 1), `${found}, not ${x}`);
              expected += found * found;
            });
            assert.ok(Math.abs(squares[row] - expected) <= 1e-13 * expected);
          });
        });
      }

      it("tanhJetProducts: products of (h, v, a) before and after tanh", () => {
        const roots = Float64Array.from(
          { length: 6 * rows },
          (_, i) => [1.7, 0.3, -1.1, 0.5, 0.8, 1.3][i % 6] + i / 1e4,
        );
        const found = tanhJetProducts([key(1), key(2), key(3)], roots, size);
        const drawn = [1, 2, 3].map((seed) => rowsOf(seed, size));
        for (let row = 0; row < rows; row++) {
          const [l00, l10, l11, l20, l21, l22] = roots.subarray(6 * row);
          const before: number[][] = [[], [], []];
          const after: number[][] = [[], [], []];
          for (let i = 0; i < columns; i++) {
            const [z0, z1, z2] = drawn.map((of) => of[row][i]);
            const [h, v, a] = [l00 * z0, l10 * z0 + l11 * z1, l20 * z0 + l21 * z1 + l22 * z2];
            const t = Math.tanh(h);
            [h, v, a].forEach((value, of) => before[of].push(value));
            [t, (1 - t * t) * v, (1 - t * t) * (a - 2 * t * v * v)].forEach((value, of) => after[of].push(value));
          }
          [before, after].forEach((vectors, stage) => {
            const pairs = [
              [0, 0],
              [0, 1],
              [0, 2],
              [1, 1],
              [1, 2],
              [2, 2],
            ];
            const norm = vectors.map((vector) => Math.hypot(...vector.slice(0, 9001)));
            pairs.forEach(([a, b], of) => {
              const expected = sum(columns, (i) => vectors[a][i] * vectors[b][i]);
              const difference = Math.abs(found[12 * row + 6 * stage + of] - expected);
              assert.ok(difference <= 3e-6 * norm[a] * norm[b] + 1e-12, `${stage} ${of}: ${difference} of ${expected}`);
            });
          });
        }
      });
    });
  }

  it("tanh is that of Math.tanh to 4e-7 of it, from 1e-6 to where it is 1, and never beyond 1", () => {
    const magnitudes = Array.from({ length: 400 }, (_, i) => 10 ** (-6 + (8 * i) / 399));
    const [z] = normalArray(key(1), 1);
    for (const magnitude of magnitudes) {
      const scale = Math.fround(magnitude / Math.abs(z));
      const roots = Float64Array.of(scale, 0, 0, 0, 0, 0);
      const products = tanhJetProducts([key(1), key(2), key(3)], roots, { rows: 1, columns: 1 });
      const expected = Math.tanh(Math.fround(scale * z));
      assert.ok(
        Math.abs(Math.sqrt(products[6]) - Math.abs(expected)) <= 4e-7 * Math.abs(expected),
        `tanh ${magnitude}`,
      );
      assert.ok(products[6] <= 1);
    }
  });

  it("follow what is not a number, and refuse sizes and arrays that do not fit", () => {
    const one = { rows: 1, columns: 4 };
    assert.ok(tanhJetProducts([key(1), key(2), key(3)], new Float64Array(6).fill(NaN), one).every(Number.isNaN));
    const vectors = Float32Array.of(1, NaN, 1, 1);
    const change = { scales: Float64Array.of(1), rectified: true };
    assert.ok(Number.isNaN(addNormals(key(1), vectors, change, one)[0]));
    assert.ok(Number.isNaN(vectors[1]) && Number.isFinite(vectors[2]));
    for (const wrong of [
      { rows: 0 },
      { rows: 1.5 },
      { columns: 0 },
      { columns: NaN },
      { firstRow: -1 },
      { firstRow: 0.5 },
    ]) {
      assert.throws(() => rectifiedSquares(key(1), { ...one, ...wrong }), RangeError, JSON.stringify(wrong));
    }
    assert.throws(() => addNormals(key(1), new Float32Array(3), change, one), /expected 1 · 4 numbers and 1 scales/);
    assert.throws(() => addNormals(key(1), vectors, { ...change, scales: new Float64Array(2) }, one), RangeError);
    assert.throws(() => tanhJetProducts([key(1), key(2), key(3)], new Float64Array(5), one), /1 · 6 entries of roots/);
    assert.throws(() => openProducts(key(1), { words: [0.5, 0] }, one), TypeError);
  });
});
