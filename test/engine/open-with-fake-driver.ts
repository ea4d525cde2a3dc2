/**
 * Opens the engine of a machine with a driver and a GPU that are not there; run by fake-driver.test.ts in a process of its own.
 * FAKE_VERSION is the text of the driver's version file, FAKE_GPU the GPU's model, FAKE_SEEN whether TensorFlow sees the GPU.
 * Only what says so is false: the backend that then computes is the real one, on the processor.
 */
import fs from "node:fs";
import Module from "node:module";
import { openEngine } from "fathom/engine";
import { nativeBindingPath } from "../../lib/engine/native-library";

const { FAKE_VERSION: version, FAKE_GPU: model, FAKE_SEEN: seen } = process.env;
const files = new Map([
  ["/proc/driver/nvidia/version", version],
  ["/proc/driver/nvidia/gpus/0000:01:00.0/information", model && `Model: \t\t ${model}\nIRQ:   \t\t 57\n`],
]);

// The library asks for them as properties of the module, so that what is put here is what it gets.
const real = { existsSync: fs.existsSync, readFileSync: fs.readFileSync, readdirSync: fs.readdirSync };
const isNvidia = (path: unknown): path is string =>
  typeof path === "string" && /^\/(proc\/driver\/nvidia|dev\/nvidia|usr\/lib\/wsl)/.test(path);
const missing = (path: string): never => {
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
};
Object.assign(fs, {
  existsSync: (path: unknown) => (isNvidia(path) ? files.get(path) !== undefined : real.existsSync(path as string)),
  readFileSync: (path: unknown, ...rest: never[]) =>
    isNvidia(path) ? (files.get(path) ?? missing(path)) : real.readFileSync(path as string, ...rest),
  readdirSync: (path: unknown, ...rest: never[]) =>
    isNvidia(path)
      ? model === undefined
        ? missing(path)
        : ["0000:01:00.0"]
      : real.readdirSync(path as string, ...rest),
});

let asked = false;
const atLoading: Record<string, string | undefined> = {};
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const loadReally = loader._load.bind(Module);
loader._load = (request, ...rest) => {
  const loaded = loadReally(request, ...rest);
  // The library asks first; TensorFlow.js's own backend, which comes after it, gets the real binding.
  if (asked || request !== nativeBindingPath()) return loaded;
  asked = true;
  for (const name of [
    "CUDA_VISIBLE_DEVICES",
    "TF_FORCE_GPU_ALLOW_GROWTH",
    "NVIDIA_TF32_OVERRIDE",
    "TF_CPP_MIN_LOG_LEVEL",
  ]) {
    atLoading[name] = process.env[name];
  }
  const hidden = process.env.CUDA_VISIBLE_DEVICES === "-1";
  return Object.create(loaded as object, { isUsingGpuDevice: { value: () => seen === "1" && !hidden } }) as unknown;
};

void openEngine()
  .then((report) => ({ report }))
  .catch((error: unknown) => ({ error: (error as Error).message }))
  .then((outcome) => process.stdout.write(JSON.stringify({ ...outcome, atLoading })));
