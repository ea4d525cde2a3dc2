import { isJsonArray, type JsonValue } from "./strict-json";
import { NetFileError, quoted, shapeText } from "./net-file-error";

/** A tensor of a file: its bytes are a view of the file's, little-endian, last axis fastest. */
export interface StoredTensor {
  readonly name: string;
  /** "F32" and "F64" can be read as numbers. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** @throws NetFileError unless `value` is an array of whole numbers ≥ 0 */
export function shapeOf(value: JsonValue | undefined, name: string): readonly number[] {
  if (!isJsonArray(value)) throw new NetFileError(`Tensor ${quoted(name)}: its shape is not an array.`);
  return value.map((size, axis) => {
    if (typeof size === "number" && Number.isSafeInteger(size) && size >= 0) return size;
    throw new NetFileError(
      `Tensor ${quoted(name)}: axis ${axis} of its shape is not a whole number from 0 to 2⁵³ − 1.`,
    );
  });
}

/** The product of the axes. @throws NetFileError when it exceeds 2⁵³ − 1 */
export function sizeOf(shape: readonly number[], name: string): number {
  let size = 1;
  for (const axis of shape) {
    size *= axis;
    if (!Number.isSafeInteger(size)) {
      throw new NetFileError(`Tensor ${quoted(name)}: the shape ${shapeText(shape)} has more than 2⁵³ − 1 values.`);
    }
  }
  return size;
}

/**
 * A tensor's values as float64.
 * @throws NetFileError for another type than F32 and F64, and for NaN and infinite values
 */
export function valuesOf(tensor: StoredTensor): Float64Array {
  const { name, dtype, shape, bytes } = tensor;
  const width = dtype === "F32" ? 4 : dtype === "F64" ? 8 : 0;
  if (width === 0) {
    throw new NetFileError(
      `Tensor ${quoted(name)} is of type ${quoted(dtype)}; only float32 and float64 are read. Save the model as float32.`,
    );
  }
  const size = sizeOf(shape, name);
  if (bytes.length !== size * width) {
    throw new NetFileError(
      `Tensor ${quoted(name)} has ${bytes.length} bytes; its shape ${shapeText(shape)} needs ${size * width}.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const value = width === 4 ? view.getFloat32(4 * index, true) : view.getFloat64(8 * index, true);
    if (!Number.isFinite(value)) {
      throw new NetFileError(
        `Tensor ${quoted(name)}: value ${index} of ${size} is ${value}; every weight must be finite.`,
      );
    }
    values[index] = value;
  }
  return values;
}
