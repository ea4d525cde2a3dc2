/** A matrix of `width` columns whose rows grow by doubling; row r is `values[r · width … (r + 1) · width)`. */
export interface Rows {
  readonly width: number;
  values: Float64Array;
  count: number;
}

/** `count` rows of zeros. */
export function zeroRows(count: number, width: number): Rows {
  return { width, values: new Float64Array(count * width), count };
}

/** Makes room for one more row and returns its index; the row's values are whatever was there. */
export function addRow(rows: Rows): number {
  if ((rows.count + 1) * rows.width > rows.values.length) {
    const grown = new Float64Array(Math.max(8, 2 * (rows.count + 1)) * rows.width);
    grown.set(rows.values);
    rows.values = grown;
  }
  return rows.count++;
}

/** `array` with room for at least `length` entries: itself, or a copy of twice the length. */
export function withRoom<A extends Int32Array | Float64Array | Int8Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const grown = new (array.constructor as new (length: number) => A)(Math.max(16, 2 * length));
  grown.set(array);
  return grown;
}
