import { drawSets } from "./philox";
import { toNormals } from "./normal";

/** Whether any of `batch` numbers, `stride` bytes apart, is not 0. */
function anyNonZero(at: usize, batch: i32, stride: usize): bool {
  for (; batch > 0; batch--) {
    if (load<f32>(at) !== 0) return true;
    at += stride;
  }
  return false;
}

/** products += factor · row, `length` numbers. */
export function addMultiple(products: usize, row: usize, length: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = row + (<usize>length << 2);
  for (const last = end - 16; row <= last; row += 16) {
    v128.store(products, f32x4.add(v128.load(products), f32x4.mul(factors, v128.load(row))));
    products += 16;
  }
  for (; row < end; row += 4) {
    store<f32>(products, load<f32>(products) + factor * load<f32>(row));
    products += 4;
  }
}

/**
 * Adds x Z to the products of `batch` row vectors x with each of `matrices` matrices Z of standard normals, `rows` by
 * `columns`, which are read off the chosen stream one after the other from its number `first` on. Rows that only meet
 * zeros are not drawn. `tile` has room for `capacity` numbers, a multiple of 32, and 32 more.
 */
export function addNormalProducts(
  tile: usize,
  capacity: i32,
  vectors: usize,
  products: usize,
  matrices: i32,
  batch: i32,
  rows: i32,
  columns: i32,
  first: f64,
): void {
  const vectorBytes = <usize>rows << 2;
  const productBytes = <usize>columns << 2;
  let position = <u64>first;
  // Which numbers of the stream are in the tile; both are multiples of 16.
  let from: u64 = 0;
  let to: u64 = 0;
  for (; matrices > 0; matrices--) {
    for (let row = 0; row < rows; row++) {
      const factors = vectors + (<usize>row << 2);
      const end = position + <u64>columns;
      if (anyNonZero(factors, batch, vectorBytes)) {
        let start = position;
        while (start < end) {
          if (to < end) {
            // What the tile holds already of this row moves to its beginning.
            const kept = start & ~15;
            if (kept < to) memory.copy(tile, tile + (<usize>(kept - from) << 2), <usize>(to - kept) << 2);
            else to = kept;
            from = kept;
            // Rows that follow and are needed as well are drawn with it.
            let needed = end;
            for (let next = row + 1; next < rows && needed - from < <u64>capacity; next++) {
              if (!anyNonZero(vectors + (<usize>next << 2), batch, vectorBytes)) break;
              needed += <u64>columns;
            }
            if (needed > from + <u64>capacity) needed = from + <u64>capacity;
            const passes = <i32>((needed - to + 31) >> 5);
            const into = tile + (<usize>(to - from) << 2);
            drawSets(into, to >> 2, passes);
            toNormals(into, passes << 1);
            to += <u64>passes << 5;
          }
          const taken = <i32>((to < end ? to : end) - start);
          const numbers = tile + (<usize>(start - from) << 2);
          const column = products + (<usize>(start - position) << 2);
          for (let vector = 0; vector < batch; vector++) {
            const factor = load<f32>(factors + <usize>vector * vectorBytes);
            if (factor !== 0) addMultiple(column + <usize>vector * productBytes, numbers, taken, factor);
          }
          start += <u64>taken;
        }
      }
      position = end;
    }
    vectors += <usize>batch * vectorBytes;
    products += <usize>batch * productBytes;
  }
}
