/**
 * Outputs of a linear map at `count` rows, which is a multiple of four, as are the `wanted` outputs; addresses of the rows
 * and of their results come as lists, and a row may come twice. Rectified rows are zeros to one half, and neighbours' zeros
 * are mostly the same: inputs that are 0 in every row are left out. Each output is summed in the order of its inputs,
 * whatever its place, so that equal neurons get equal values. `room` is for `fanIn · (count + 5)` numbers.
 */
export function multiply(
  rows: usize,
  results: usize,
  count: i32,
  weights: usize,
  fanIn: i32,
  wanted: usize,
  wantedCount: i32,
  biases: usize,
  room: usize,
): void {
  const inputs = listInputs(rows, count, fanIn, room);
  const values = room + (<usize>fanIn << 3);
  const panel = values + (<usize>(count * inputs) << 3);
  interleaveRows(rows, count, room, inputs, values);
  for (const end = wanted + (<usize>wantedCount << 2); wanted < end; wanted += 16) {
    interleaveWeights(weights, fanIn, wanted, room, inputs, panel);
    multiplyPanel(values, results, count, panel, inputs, wanted, biases);
  }
}

/** Offsets in bytes of the inputs that are not 0 in some row; returns how many. */
function listInputs(rows: usize, count: i32, fanIn: i32, offsets: usize): i32 {
  const first = offsets;
  const end = rows + (<usize>count << 2);
  let k: u32 = 0;
  for (const pairs = <u32>(fanIn >> 1) << 4; k < pairs; k += 16) {
    let bits = i64x2.splat(0);
    for (let row = rows; row < end; row += 4) bits = v128.or(bits, v128.load(<usize>(load<u32>(row) + k)));
    store<u32>(offsets, k);
    offsets += <usize>(i64x2.extract_lane(bits, 0) !== 0) << 2;
    store<u32>(offsets, k + 8);
    offsets += <usize>(i64x2.extract_lane(bits, 1) !== 0) << 2;
  }
  if (fanIn & 1) {
    store<u32>(offsets, k);
    offsets += 4;
  }
  return <i32>((offsets - first) >> 2);
}

/** Four rows at a time, input by input. */
function interleaveRows(rows: usize, count: i32, offsets: usize, inputs: i32, to: usize): void {
  const endOfOffsets = offsets + (<usize>inputs << 2);
  for (const end = rows + (<usize>count << 2); rows < end; rows += 16) {
    const row0 = load<u32>(rows);
    const row1 = load<u32>(rows, 4);
    const row2 = load<u32>(rows, 8);
    const row3 = load<u32>(rows, 12);
    for (let at = offsets; at < endOfOffsets; at += 4) {
      const k = load<u32>(at);
      store<f64>(to, load<f64>(<usize>(row0 + k)));
      store<f64>(to, load<f64>(<usize>(row1 + k)), 8);
      store<f64>(to, load<f64>(<usize>(row2 + k)), 16);
      store<f64>(to, load<f64>(<usize>(row3 + k)), 24);
      to += 32;
    }
  }
}

/** The weights of four outputs, input by input. */
function interleaveWeights(weights: usize, fanIn: i32, wanted: usize, offsets: usize, inputs: i32, to: usize): void {
  const rowBytes = <u32>fanIn << 3;
  const row0 = <u32>weights + load<u32>(wanted) * rowBytes;
  const row1 = <u32>weights + load<u32>(wanted, 4) * rowBytes;
  const row2 = <u32>weights + load<u32>(wanted, 8) * rowBytes;
  const row3 = <u32>weights + load<u32>(wanted, 12) * rowBytes;
  for (const end = offsets + (<usize>inputs << 2); offsets < end; offsets += 4) {
    const k = load<u32>(offsets);
    store<f64>(to, load<f64>(<usize>(row0 + k)));
    store<f64>(to, load<f64>(<usize>(row1 + k)), 8);
    store<f64>(to, load<f64>(<usize>(row2 + k)), 16);
    store<f64>(to, load<f64>(<usize>(row3 + k)), 24);
    to += 32;
  }
}

/** Four outputs of all rows, four by four in registers. */
function multiplyPanel(
  values: usize,
  results: usize,
  count: i32,
  panel: usize,
  inputs: i32,
  wanted: usize,
  biases: usize,
): void {
  const at0 = load<u32>(wanted) << 3;
  const at1 = load<u32>(wanted, 4) << 3;
  const at2 = load<u32>(wanted, 8) << 3;
  const at3 = load<u32>(wanted, 12) << 3;
  const bias0 = v128.load64_lane(biases + at1, v128.load64_zero(biases + at0), 1);
  const bias1 = v128.load64_lane(biases + at3, v128.load64_zero(biases + at2), 1);
  const endOfPanel = panel + (<usize>inputs << 5);
  for (const end = results + (<usize>count << 2); results < end; results += 16) {
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    for (let w = panel; w < endOfPanel; w += 32) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      const a = v128.load64_splat(values);
      const b = v128.load64_splat(values, 8);
      a0 = f64x2.add(a0, f64x2.mul(a, w0));
      a1 = f64x2.add(a1, f64x2.mul(a, w1));
      b0 = f64x2.add(b0, f64x2.mul(b, w0));
      b1 = f64x2.add(b1, f64x2.mul(b, w1));
      const c = v128.load64_splat(values, 16);
      const d = v128.load64_splat(values, 24);
      c0 = f64x2.add(c0, f64x2.mul(c, w0));
      c1 = f64x2.add(c1, f64x2.mul(c, w1));
      d0 = f64x2.add(d0, f64x2.mul(d, w0));
      d1 = f64x2.add(d1, f64x2.mul(d, w1));
      values += 32;
    }
    scatter(load<u32>(results), at0, at1, at2, at3, f64x2.add(a0, bias0), f64x2.add(a1, bias1));
    scatter(load<u32>(results, 4), at0, at1, at2, at3, f64x2.add(b0, bias0), f64x2.add(b1, bias1));
    scatter(load<u32>(results, 8), at0, at1, at2, at3, f64x2.add(c0, bias0), f64x2.add(c1, bias1));
    scatter(load<u32>(results, 12), at0, at1, at2, at3, f64x2.add(d0, bias0), f64x2.add(d1, bias1));
  }
}

// @ts-ignore: decorator
@inline
function scatter(row: u32, at0: u32, at1: u32, at2: u32, at3: u32, low: v128, high: v128): void {
  store<f64>(<usize>(row + at0), f64x2.extract_lane(low, 0));
  store<f64>(<usize>(row + at1), f64x2.extract_lane(low, 1));
  store<f64>(<usize>(row + at2), f64x2.extract_lane(high, 0));
  store<f64>(<usize>(row + at3), f64x2.extract_lane(high, 1));
}
