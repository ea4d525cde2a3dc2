import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import util from "node:util";

const load = createRequire(__filename);

/** What the compiled binding says before any backend exists. */
export interface NativeLibrary {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
}

/** Where the set-up puts the compiled binding, whether or not it is there; null where even the npm package is missing. */
export function nativeBindingPath(): string | null {
  try {
    return join(dirname(load.resolve("@tensorflow/tfjs-node-gpu/package.json")), "lib", "napi-v8", "tfjs_binding.node");
  } catch {
    return null;
  }
}

/** Whether the native engine has been built here. */
export function nativeIsBuilt(): boolean {
  const path = nativeBindingPath();
  return path !== null && existsSync(path);
}

/**
 * Loads TensorFlow's library into the process, without making it the engine yet.
 *
 * @param options.hideGpu keeps TensorFlow from taking hold of a GPU that it would see.
 * @throws Error where it is not built, or the loader's own error.
 */
export function loadNativeLibrary(options: { hideGpu: boolean }): NativeLibrary {
  const path = nativeBindingPath();
  if (path === null || !existsSync(path)) throw new Error("it is not built on this machine");
  // TensorFlow reads these once, while its library loads.
  setUnlessGiven("TF_CPP_MIN_LOG_LEVEL", "3");
  setUnlessGiven("TF_FORCE_GPU_ALLOW_GROWTH", "true");
  setUnlessGiven("NVIDIA_TF32_OVERRIDE", "0");
  if (options.hideGpu) process.env.CUDA_VISIBLE_DEVICES = "-1";
  return load(path) as NativeLibrary;
}

/** Registers native TensorFlow with TensorFlow.js, as the backend named "tensorflow", and makes it the current one. */
export function registerNativeBackend(): void {
  restoreRemovedNodeFunctions();
  load("@tensorflow/tfjs-node-gpu");
}

/** The model of the first NVIDIA GPU that the driver lists, or null. */
export function gpuModel(): string | null {
  const root = "/proc/driver/nvidia/gpus";
  try {
    for (const device of readdirSync(root)) {
      const model = /^Model:\s*(.+)$/m.exec(readFileSync(join(root, device, "information"), "utf8"));
      if (model) return model[1].trim();
    }
  } catch {
    // Without the driver there is no such folder.
  }
  return null;
}

/** Whether an NVIDIA driver is loaded on this machine; the last trace is that of Windows' own driver under WSL. */
export function hasGpuDriver(): boolean {
  const traces = ["/proc/driver/nvidia/version", "/dev/nvidiactl", "/usr/lib/wsl/lib/libcuda.so.1"];
  return traces.some((path) => existsSync(path));
}

/** The version of the NVIDIA driver, such as "535.104.05"; null where there is none or it does not say. */
export function gpuDriverVersion(): string | null {
  try {
    const text = readFileSync("/proc/driver/nvidia/version", "utf8");
    return /Kernel Module(?: for \S+)?\s+(\d+(?:\.\d+)+)/.exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}

function setUnlessGiven(name: string, value: string): void {
  if (process.env[name] === undefined) process.env[name] = value;
}

// tfjs-node 4.22 calls two functions of Node that version 23 removed or, in isArray's case, warns about.
function restoreRemovedNodeFunctions(): void {
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  legacy.isArray = Array.isArray;
}
