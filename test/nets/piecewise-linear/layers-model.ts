import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as tf from "@tensorflow/tfjs";
import { fileSystem } from "@tensorflow/tfjs-node-gpu/dist/io/file_system";

/** One weight of a manifest. */
export interface ManifestWeight {
  name: string;
  shape: unknown;
  dtype: unknown;
  [member: string]: unknown;
}

/** One layer of a topology. */
export interface TopologyLayer {
  class_name: unknown;
  config: Record<string, unknown>;
  [member: string]: unknown;
}

/** A model.json, for tests that change it. */
export interface ModelJson {
  modelTopology: { class_name: unknown; config: { layers: TopologyLayer[]; [member: string]: unknown } };
  weightsManifest: { paths: unknown[]; weights: ManifestWeight[] }[];
  [member: string]: unknown;
}

/** Saves a model as TensorFlow.js itself does on Node. Returns what it wrote into model.json. */
export async function save(model: tf.LayersModel, folder: string, options?: tf.io.SaveConfig): Promise<ModelJson> {
  await model.save(fileSystem(folder), options);
  return JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as ModelJson;
}

/** Writes a changed model into a folder. Returns the path of model.json. */
export function write(folder: string, model: unknown, shards: Readonly<Record<string, Uint8Array>>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(shards)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, "model.json"), typeof model === "string" ? model : JSON.stringify(model));
  return join(folder, "model.json");
}
