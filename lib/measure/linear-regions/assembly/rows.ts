/** What the module `rows.wasm` exports: arithmetic on rows of 64-bit numbers in its memory, by their addresses. */
export { multiply } from "./multiply";

/**
 * The wanted outputs of a linear map at one row, biases included: for so few rows that putting weights in the order that
 * `multiply` takes would cost more than the product.
 */
export function multiplyRow(
  row: usize,
  result: usize,
  weights: usize,
  fanIn: i32,
  wanted: usize,
  wantedCount: i32,
  biases: usize,
): void {
  for (const end = wanted + (<usize>wantedCount << 2); wanted < end; wanted += 4) {
    const out = <usize>load<u32>(wanted);
    store<f64>(result + (out << 3), dot(row, weights + ((out * <usize>fanIn) << 3), fanIn) + load<f64>(biases + (out << 3)));
  }
}

function dot(row: usize, other: usize, width: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = row + (<usize>width << 3);
  for (const last = end - 64; row <= last; row += 64) {
    a = f64x2.add(a, f64x2.mul(v128.load(row), v128.load(other)));
    b = f64x2.add(b, f64x2.mul(v128.load(row, 16), v128.load(other, 16)));
    c = f64x2.add(c, f64x2.mul(v128.load(row, 32), v128.load(other, 32)));
    d = f64x2.add(d, f64x2.mul(v128.load(row, 48), v128.load(other, 48)));
    other += 64;
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (; row < end; row += 8) {
    sum += load<f64>(row) * load<f64>(other);
    other += 8;
  }
  return sum;
}

/** The Euclidean norm of each row of a matrix. */
export function rowNorms(matrix: usize, rows: i32, columns: i32, norms: usize): void {
  for (; rows > 0; rows--) {
    store<f64>(norms, norm(matrix, columns));
    matrix += <usize>columns << 3;
    norms += 8;
  }
}

/** The Euclidean norm of a row. */
export function norm(row: usize, width: i32): f64 {
  let even = f64x2.splat(0);
  let odd = even;
  const end = row + (<usize>width << 3);
  for (const last = end - 32; row <= last; row += 32) {
    const one = v128.load(row);
    const other = v128.load(row, 16);
    even = f64x2.add(even, f64x2.mul(one, one));
    odd = f64x2.add(odd, f64x2.mul(other, other));
  }
  even = f64x2.add(even, odd);
  let squares = f64x2.extract_lane(even, 0) + f64x2.extract_lane(even, 1);
  for (; row < end; row += 8) squares += load<f64>(row) * load<f64>(row);
  return sqrt(squares);
}

/** How far a row is from `(1 − fraction) a + fraction b`. */
export function distanceFromChord(row: usize, a: usize, b: usize, fraction: f64, width: i32): f64 {
  const ofA = 1 - fraction;
  const alpha = f64x2.splat(ofA);
  const beta = f64x2.splat(fraction);
  let sums = f64x2.splat(0);
  const end = row + (<usize>width << 3);
  for (const last = end - 16; row <= last; row += 16) {
    const chord = f64x2.add(f64x2.mul(alpha, v128.load(a)), f64x2.mul(beta, v128.load(b)));
    const difference = f64x2.sub(v128.load(row), chord);
    sums = f64x2.add(sums, f64x2.mul(difference, difference));
    a += 16;
    b += 16;
  }
  let squares = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (row < end) {
    const difference = load<f64>(row) - (ofA * load<f64>(a) + fraction * load<f64>(b));
    squares += difference * difference;
  }
  return sqrt(squares);
}

/** to = alpha a + beta b. */
export function combine(to: usize, a: usize, alpha: f64, b: usize, beta: f64, width: i32): void {
  const alphas = f64x2.splat(alpha);
  const betas = f64x2.splat(beta);
  const end = to + (<usize>width << 3);
  for (const last = end - 16; to <= last; to += 16) {
    v128.store(to, f64x2.add(f64x2.mul(alphas, v128.load(a)), f64x2.mul(betas, v128.load(b))));
    a += 16;
    b += 16;
  }
  if (to < end) store<f64>(to, alpha * load<f64>(a) + beta * load<f64>(b));
}

/** to += row. */
export function addTo(to: usize, row: usize, width: i32): void {
  const end = to + (<usize>width << 3);
  for (const last = end - 16; to <= last; to += 16) {
    v128.store(to, f64x2.add(v128.load(to), v128.load(row)));
    row += 16;
  }
  if (to < end) store<f64>(to, load<f64>(to) + load<f64>(row));
}

/** to = max(row, 0) + slope min(row, 0), never −0; returns its Euclidean norm. */
export function rectify(to: usize, row: usize, slope: f64, width: i32): f64 {
  const zero = f64x2.splat(0);
  const slopes = f64x2.splat(slope);
  let sums = zero;
  const end = to + (<usize>width << 3);
  for (const last = end - 16; to <= last; to += 16) {
    const value = v128.load(row);
    const scaled = f64x2.add(f64x2.mul(slopes, value), zero);
    const rectified = v128.bitselect(value, scaled, f64x2.gt(value, zero));
    v128.store(to, rectified);
    sums = f64x2.add(sums, f64x2.mul(rectified, rectified));
    row += 16;
  }
  let squares = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (to < end) {
    const value = load<f64>(row);
    const rectified = value > 0 ? value : slope * value + 0;
    store<f64>(to, rectified);
    squares += rectified * rectified;
  }
  return sqrt(squares);
}

/** Sets numbers to 0 that are at most `unit · (gain · magnitude + offset)` in size. */
export function roundToZero(row: usize, gains: usize, offsets: usize, magnitude: f64, unit: f64, width: i32): void {
  const magnitudes = f64x2.splat(magnitude);
  const units = f64x2.splat(unit);
  const end = row + (<usize>width << 3);
  for (const last = end - 16; row <= last; row += 16) {
    const value = v128.load(row);
    const sum = f64x2.add(f64x2.mul(v128.load(gains), magnitudes), v128.load(offsets));
    v128.store(row, v128.and(value, f64x2.gt(f64x2.abs(value), f64x2.mul(units, sum))));
    gains += 16;
    offsets += 16;
  }
  if (row < end && abs(load<f64>(row)) <= unit * (load<f64>(gains) * magnitude + load<f64>(offsets))) {
    store<f64>(row, 0);
  }
}

/** Lists the places at which two rows have opposite signs, neither being 0, which is never −0; returns how many. */
export function listCrossings(a: usize, b: usize, width: i32, list: usize): i32 {
  const first = list;
  let place = 0;
  for (; place + 7 < width; place += 8) {
    const signs0 = v128.xor(v128.load(a), v128.load(b));
    const signs1 = v128.xor(v128.load(a, 16), v128.load(b, 16));
    const signs2 = v128.xor(v128.load(a, 32), v128.load(b, 32));
    const signs3 = v128.xor(v128.load(a, 48), v128.load(b, 48));
    const any = v128.or(v128.or(signs0, signs1), v128.or(signs2, signs3));
    if (i64x2.bitmask(any)) list = listOpposite(a, b, place, 8, list);
    a += 64;
    b += 64;
  }
  list = listOpposite(a, b, place, width - place, list);
  return <i32>((list - first) >> 2);
}

function listOpposite(a: usize, b: usize, place: i32, count: i32, list: usize): usize {
  for (; count > 0; count--) {
    const one = load<f64>(a);
    const other = load<f64>(b);
    if ((one < 0 && other > 0) || (one > 0 && other < 0)) {
      store<u32>(list, place);
      list += 4;
    }
    place++;
    a += 8;
    b += 8;
  }
  return list;
}

/**
 * Lists the outputs that may be ≥ 0 somewhere between two points at which they are a and b, where the inputs are within
 * `distance` of the chord; returns how many. By Cauchy and Schwarz an output is within `gain · distance` of its own chord;
 * `unit · (gain · magnitude + offset)` are rounding errors.
 */
export function listWanted(
  a: usize,
  b: usize,
  gains: usize,
  offsets: usize,
  distance: f64,
  magnitude: f64,
  unit: f64,
  width: i32,
  list: usize,
): i32 {
  const first = list;
  const reach = distance + unit * magnitude;
  for (let place = 0; place < width; place++) {
    const largest = max(load<f64>(a), load<f64>(b));
    const error = load<f64>(gains) * reach + unit * load<f64>(offsets);
    store<u32>(list, place);
    // A comparison with NaN keeps the output.
    list += <usize>!(largest + error < 0) << 2;
    a += 8;
    b += 8;
    gains += 8;
    offsets += 8;
  }
  return <i32>((list - first) >> 2);
}

/** Adds `factor` times a column of a matrix to the wanted places of a row. */
export function addColumn(
  row: usize,
  matrix: usize,
  columns: i32,
  column: i32,
  factor: f64,
  wanted: usize,
  wantedCount: i32,
): void {
  matrix += <usize>column << 3;
  const rowBytes = <u32>columns << 3;
  for (const end = wanted + (<usize>wantedCount << 2); wanted < end; wanted += 4) {
    const place = load<u32>(wanted);
    const to = row + <usize>(place << 3);
    store<f64>(to, load<f64>(to) + factor * load<f64>(matrix + <usize>(place * rowBytes)));
  }
}
