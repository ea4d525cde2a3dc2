import { writeAtomically } from "../tools/run/write-atomically";

const kinds = new Map<unknown, string>([
  [Float32Array, "<f4"],
  [Float64Array, "<f8"],
  [Int32Array, "<i4"],
]);

/**
 * Writes an array for numpy.load, in C order.
 *
 * @param shape its product is the array's length; [] for one number
 * @throws RangeError where the shape does not fit the array
 */
export function writeNpy(
  path: string,
  array: Float32Array | Float64Array | Int32Array,
  shape: readonly number[] = [array.length],
): void {
  const size = shape.reduce((product, side) => product * side, 1);
  if (!shape.every((side) => Number.isInteger(side) && side >= 0) || size !== array.length) {
    throw new RangeError(`The shape [${shape.join(", ")}] does not fit an array of ${array.length} numbers.`);
  }
  writeAtomically(path, npyBytes(array, shape));
}

// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0
function npyBytes(array: Float32Array | Float64Array | Int32Array, shape: readonly number[]): Buffer {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const description = `{'descr': '${kinds.get(array.constructor)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const preamble = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, 0, 0]);
  // The data begin at a multiple of 64 bytes.
  const padded = Math.ceil((preamble.length + description.length + 1) / 64) * 64;
  const header = Buffer.from(`${description.padEnd(padded - preamble.length - 1)}\n`, "latin1");
  preamble.writeUInt16LE(header.length, 8);
  return Buffer.concat([preamble, header, Buffer.from(array.buffer, array.byteOffset, array.byteLength)]);
}
