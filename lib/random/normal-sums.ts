import { checkedWords } from "./key";
import type { Key } from "./key";
import { bytesOfNormals, drawNormals, type StreamModule, workspace } from "./stream";

/**
 * Rows of standard normals that are drawn, summed up and forgotten: row r of a key is `normalArray(key, columns, r · columns)`.
 * Sums are in double precision.
 */
export interface NormalRows {
  readonly rows: number;
  readonly columns: number;
  /** Which row of the stream is the first one; default 0. */
  readonly firstRow?: number;
}

/** Numbers of a stream that are drawn together, unless one row has more: the first cache holds some of them. */
const drawnAtOnce = 2 ** 13;

/** Some rows in the module's memory, and room beside them. */
interface Group {
  readonly module: StreamModule;
  /** Which row of those asked for is the first one here, and how many are here. */
  readonly from: number;
  readonly count: number;
  /** The byte at which each key's normals start. */
  readonly normals: readonly number[];
  /** The bytes at which the double and the single precision numbers beside them start. */
  readonly doubles: number;
  readonly singles: number;
}

/** The sizes, if they are some. */
function checkedRows(name: string, { rows, columns, firstRow = 0 }: NormalRows): Required<NormalRows> {
  for (const [of, size] of Object.entries({ rows, columns })) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`${name}: ${of} is a whole number ≥ 1, not ${String(size)}.`);
    }
  }
  if (!Number.isSafeInteger(firstRow) || firstRow < 0) {
    throw new RangeError(`${name}: the first row is a whole number ≥ 0, not ${String(firstRow)}.`);
  }
  return { rows, columns, firstRow };
}

/** Draws the rows of some keys, group by group. */
function forGroups(
  name: string,
  keys: readonly Key[],
  { rows, columns, firstRow }: Required<NormalRows>,
  room: { readonly doublesPerRow: number; readonly singlesPerRow?: number },
  visit: (group: Group) => void,
): void {
  const words = keys.map((key) => checkedWords(key, name));
  const atOnce = Math.min(rows, Math.max(1, Math.floor(drawnAtOnce / columns)));
  const bytesAtOnce = bytesOfNormals(atOnce * columns);
  // Four lanes are read and written together, also at the end.
  const singlesBytes = 16 * Math.ceil((atOnce * (room.singlesPerRow ?? 0)) / 4 + 1);
  const doublesBytes = 16 * Math.ceil((atOnce * room.doublesPerRow) / 2);
  const { module, start } = workspace(keys.length * bytesAtOnce + singlesBytes + doublesBytes + 16);
  const [doubles, singles] = [start, start + doublesBytes];
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from);
    const normals = words.map((of, index) =>
      drawNormals(of, {
        first: (firstRow + from) * columns,
        length: count * columns,
        at: singles + singlesBytes + index * bytesAtOnce,
      }),
    );
    visit({ module, from, count, normals, doubles, singles });
  }
}

/** Double precision numbers of the module's memory. */
function doublesAt({ module }: Group, at: number, length: number): Float64Array {
  return new Float64Array(module.memory.buffer, at, length);
}

/**
 * Σ max(0, z)² of each row, `[rows]`.
 *
 * @throws RangeError for sizes that are not whole numbers ≥ 1 (`firstRow`: ≥ 0)
 */
export function rectifiedSquares(key: Key, rows: NormalRows): Float64Array {
  const checked = checkedRows("rectifiedSquares", rows);
  const sums = new Float64Array(rows.rows);
  forGroups("rectifiedSquares", [key], checked, { doublesPerRow: 1 }, (group) => {
    group.module.rectifiedSquares(group.normals[0], group.count, rows.columns, group.doubles);
    sums.set(doublesAt(group, group.doubles, group.count), group.from);
  });
  return sums;
}

/**
 * Σ z², Σ z w and Σ w² over the places of each row where z > 0, z of one key and w of another: `[rows, 3]`.
 *
 * @throws RangeError as `rectifiedSquares` does
 */
export function openProducts(key: Key, otherKey: Key, rows: NormalRows): Float64Array {
  const checked = checkedRows("openProducts", rows);
  const sums = new Float64Array(3 * rows.rows);
  forGroups("openProducts", [key, otherKey], checked, { doublesPerRow: 3 }, (group) => {
    group.module.openProducts(group.normals[0], group.normals[1], group.count, rows.columns, group.doubles);
    sums.set(doublesAt(group, group.doubles, 3 * group.count), 3 * group.from);
  });
  return sums;
}

/**
 * Adds normals to vectors, in place and in float32: `scales[r] · z` to row r, or `scales[r] · max(0, z)`.
 *
 * @param vectors `[rows, columns]`
 * @param change.scales one a row
 * @returns Σ x² of each row as it is then, `[rows]`
 * @throws RangeError as `rectifiedSquares` does, and for arrays of other lengths; TypeError for `rectified` of another kind
 */
export function addNormals(
  key: Key,
  vectors: Float32Array,
  change: { readonly scales: Float64Array; readonly rectified: boolean },
  rows: NormalRows,
): Float64Array {
  const checked = checkedRows("addNormals", rows);
  const { columns } = rows;
  const { scales, rectified } = change;
  if (typeof rectified !== "boolean") {
    throw new TypeError(`addNormals: rectified is true or false; given ${String(rectified)}.`);
  }
  if (vectors.length !== rows.rows * columns || scales.length !== rows.rows) {
    throw new RangeError(
      `addNormals: expected ${rows.rows} · ${columns} numbers and ${rows.rows} scales; given ${vectors.length} and ${scales.length}.`,
    );
  }
  const sums = new Float64Array(rows.rows);
  forGroups("addNormals", [key], checked, { doublesPerRow: 3, singlesPerRow: columns }, (group) => {
    const { module, from, count, normals, doubles, singles } = group;
    const factors = doublesAt(group, doubles, 2 * count);
    for (let row = 0; row < count; row++) {
      // max(0, z) = (z + |z|)/2.
      factors[2 * row] = rectified ? scales[from + row] / 2 : scales[from + row];
      factors[2 * row + 1] = rectified ? scales[from + row] / 2 : 0;
    }
    const own = vectors.subarray(from * columns, (from + count) * columns);
    const there = new Float32Array(module.memory.buffer, singles, own.length);
    there.set(own);
    const found = doubles + 16 * count;
    module.addNormals(normals[0], count, columns, singles, doubles, found);
    own.set(there);
    sums.set(doublesAt(group, found, count), from);
  });
  return sums;
}

/**
 * Jets (h, v, a) = L (z₀, z₁, z₂) of the normals of three keys at every place of each row, and through tanh: the products
 * Σ hh, hv, ha, vv, va, aa of each row before it, and the same six of (t, (1 − t²) v, (1 − t²)(a − 2 t v²)) after it, t = tanh h
 * to 4e-7 of itself. `[rows, 12]`.
 *
 * @param roots the lower triangle L of each row, row by row, `[rows, 6]`
 * @throws RangeError as `rectifiedSquares` does, and for roots of another length
 */
export function tanhJetProducts(keys: readonly [Key, Key, Key], roots: Float64Array, rows: NormalRows): Float64Array {
  const checked = checkedRows("tanhJetProducts", rows);
  const given: readonly Key[] = keys;
  if (given.length !== 3) throw new RangeError(`tanhJetProducts: expected three keys; given ${given.length}.`);
  if (roots.length !== 6 * rows.rows) {
    throw new RangeError(`tanhJetProducts: expected ${rows.rows} · 6 entries of roots; given ${roots.length}.`);
  }
  const sums = new Float64Array(12 * rows.rows);
  forGroups("tanhJetProducts", keys, checked, { doublesPerRow: 18 }, (group) => {
    const { module, from, count, normals, doubles } = group;
    doublesAt(group, doubles, 6 * count).set(roots.subarray(6 * from, 6 * (from + count)));
    const found = doubles + 48 * count;
    const [first, second, third] = normals;
    module.tanhJetProducts(first, second, third, count, rows.columns, doubles, found);
    sums.set(doublesAt(group, found, 12 * count), 12 * from);
  });
  return sums;
}
