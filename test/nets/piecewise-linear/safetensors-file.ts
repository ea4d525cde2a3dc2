/** A tensor to be written; `values` become little-endian numbers of the type F32 or F64. */
export interface TensorToWrite {
  name: string;
  shape: readonly number[];
  values: readonly number[];
  dtype?: "F32" | "F64";
}

/** The bytes of a safetensors file with the given header text and data. */
export function fileOf(header: string | Uint8Array, data: Uint8Array, headerLength?: bigint): Uint8Array {
  const text = typeof header === "string" ? Buffer.from(header, "utf8") : header;
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(headerLength ?? BigInt(text.length));
  return new Uint8Array(Buffer.concat([length, text, data]));
}

/** A description of each tensor, as in the header, and the data. */
export function described(tensors: readonly TensorToWrite[]): { header: Record<string, object>; data: Uint8Array } {
  // A tensor may be called __proto__.
  const header = Object.create(null) as Record<string, object>;
  const parts: Uint8Array[] = [];
  let begin = 0;
  for (const { name, shape, values, dtype = "F32" } of tensors) {
    const bytes = new Uint8Array(dtype === "F32" ? Float32Array.from(values).buffer : Float64Array.from(values).buffer);
    header[name] = { dtype, shape, data_offsets: [begin, begin + bytes.length] };
    begin += bytes.length;
    parts.push(bytes);
  }
  return { header, data: new Uint8Array(Buffer.concat(parts)) };
}

/** A well-formed safetensors file. */
export function safetensorsOf(tensors: readonly TensorToWrite[]): Uint8Array {
  const { header, data } = described(tensors);
  return fileOf(JSON.stringify(header), data);
}

/** A net 2 → 3 → 1 whose numbers a reader can follow. */
export const smallNet: readonly TensorToWrite[] = [
  { name: "0.weight", shape: [3, 2], values: [1, 2, 3, 4, 5, 6] },
  { name: "0.bias", shape: [3], values: [-1, 0, 1] },
  { name: "2.weight", shape: [1, 3], values: [1, -1, 0.5] },
  { name: "2.bias", shape: [1], values: [0.25] },
];
