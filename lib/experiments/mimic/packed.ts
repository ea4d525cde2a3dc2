import { demand } from "../../theory/demand-parts";
import { packedNumbers } from "./rows";

/** Numbers as text that JSON carries in a fraction of the room of a list: float32, little-endian, base64. */
export function packed(values: Float32Array): string {
  if (Object.prototype.toString.call(values) !== "[object Float32Array]") {
    throw new TypeError("values must be a Float32Array; packed numbers are float32");
  }
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => bytes.setFloat32(4 * i, value, true));
  return Buffer.from(bytes.buffer).toString("base64");
}

/** The numbers that `packed` wrote. @throws RangeError for a text that holds no whole number of float32 */
export function unpacked(text: string): Float32Array {
  demand("text", text, packedNumbers);
  const bytes = Buffer.from(text, "base64");
  if (bytes.length % 4 !== 0)
    throw new RangeError(`a packed list has four bytes a number; this one has ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = new Float32Array(bytes.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, true);
  return values;
}
