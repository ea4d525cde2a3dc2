import { NetFileError, quoted } from "./net-file-error";
import { shapeOf, sizeOf, type StoredTensor } from "./stored-tensor";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./strict-json";

/** Weights of a TensorFlow.js layers model that lie one after another in the bytes of its shards, joined. */
export interface WeightGroup {
  /** Files beside the model's, as checked by `shardPath`. */
  readonly paths: readonly string[];
  readonly weights: readonly GroupedWeight[];
  /** Bytes that all shards of the group must have together. */
  readonly byteLength: number;
}

interface GroupedWeight {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** State of an optimiser, which no net needs. */
  readonly isOptimizers: boolean;
}

const bytesOf: ReadonlyMap<string, number> = new Map([
  ["float32", 4],
  ["int32", 4],
  ["bool", 1],
  ["complex64", 8],
]);

/** The most shards that one model may name. */
const mostShards = 10_000;

/**
 * The groups of a `weightsManifest`, with every weight's place. Nothing is read but the manifest.
 *
 * @param name what errors call the file
 * @throws NetFileError for a manifest of another form, quantised weights, paths that leave the model's folder, and paths or
 *   weights named twice
 */
export function parseWeightsManifest(manifest: JsonValue | undefined, name: string): WeightGroup[] {
  if (!isJsonArray(manifest)) {
    throw new NetFileError(`${name} has no weightsManifest; save the model with model.save() of TensorFlow.js.`);
  }
  const groups = manifest.map((group) => groupOf(group, name));
  checkNoneTwice(
    groups.flatMap(({ paths }) => paths),
    "Shard",
  );
  checkNoneTwice(
    groups.flatMap(({ weights }) => weights.map((weight) => weight.name)),
    "Tensor",
  );
  const shards = groups.reduce((sum, { paths }) => sum + paths.length, 0);
  if (shards > mostShards) throw new NetFileError(`${name} names ${shards} shards; at most ${mostShards} are read.`);
  return groups;
}

/**
 * The tensors of a group, by name, without an optimiser's.
 * @throws NetFileError when the shards' bytes are not as many as the manifest says
 */
export function tensorsOfGroup(group: WeightGroup, bytes: Uint8Array): Map<string, StoredTensor> {
  checkGroupLength(group, bytes.length);
  return new Map(
    group.weights
      .filter((weight) => !weight.isOptimizers)
      .map(({ name, dtype, shape, begin, end }) => [
        name,
        { name, dtype: dtype === "float32" ? "F32" : dtype, shape, bytes: bytes.subarray(begin, end) },
      ]),
  );
}

/** @throws NetFileError unless the group's shards have together the bytes that the manifest says */
export function checkGroupLength({ paths, byteLength }: WeightGroup, found: number): void {
  if (found === byteLength) return;
  const what = found < byteLength ? "they are truncated" : "they are of another model";
  throw new NetFileError(
    `The weights in ${paths.slice(0, 4).map(quoted).join(", ")}${paths.length > 4 ? ", …" : ""} have ${found} bytes; ` +
      `the manifest needs ${byteLength}: ${what}.`,
  );
}

function groupOf(group: JsonValue, name: string): WeightGroup {
  const paths = isJsonObject(group) ? group.get("paths") : undefined;
  const entries = isJsonObject(group) ? group.get("weights") : undefined;
  if (!isJsonArray(paths) || !isJsonArray(entries)) {
    throw new NetFileError(`${name}: a group of its weightsManifest is not {"paths": […], "weights": […]}.`);
  }
  let byteLength = 0;
  const weights = entries.map((entry) => {
    const weight = weightOf(entry, byteLength, name);
    byteLength = weight.end;
    return weight;
  });
  return { paths: paths.map((path) => shardPath(path, name)), weights, byteLength };
}

function weightOf(entry: JsonValue, begin: number, file: string): GroupedWeight {
  const name = isJsonObject(entry) ? entry.get("name") : undefined;
  if (!isJsonObject(entry) || typeof name !== "string") {
    throw new NetFileError(`${file}: a weight of its weightsManifest has no name.`);
  }
  checkNotQuantised(entry, name);
  const dtype = entry.get("dtype");
  const width = typeof dtype === "string" ? bytesOf.get(dtype) : undefined;
  if (typeof dtype !== "string" || width === undefined) {
    const given = typeof dtype === "string" ? quoted(dtype) : "missing or no string";
    throw new NetFileError(`Tensor ${quoted(name)}: its dtype is ${given}; float32 is read.`);
  }
  const shape = shapeOf(entry.get("shape"), name);
  const end = begin + width * sizeOf(shape, name);
  if (!Number.isSafeInteger(end)) throw new NetFileError(`Tensor ${quoted(name)} ends beyond byte 2⁵³.`);
  return { name, dtype, shape, begin, end, isOptimizers: entry.get("group") === "optimizer" };
}

function checkNotQuantised(entry: JsonObject, name: string): void {
  if (!entry.has("quantization")) return;
  throw new NetFileError(
    `Tensor ${quoted(name)} is quantised; its regions would be those of rounded weights. Convert the model again without ` +
      "quantisation.",
  );
}

/** @throws NetFileError unless the path is relative and stays in the model's folder on every operating system */
function shardPath(path: JsonValue, file: string): string {
  if (typeof path !== "string") throw new NetFileError(`${file}: a path of its weightsManifest is not a string.`);
  const parts = path.split("/");
  const isPlain = parts.every((part) => part !== "" && part !== "." && part !== "..") && !/[\\:\p{Cc}]/u.test(path);
  if (isPlain && path.length <= 1024) return path;
  throw new NetFileError(
    `Shard ${quoted(path)}: the path must lead to a file in the model's own folder, without "..", a drive or an address.`,
  );
}

function checkNoneTwice(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new NetFileError(`${what} ${quoted(name)} is named twice in the weightsManifest.`);
    seen.add(name);
  }
}
