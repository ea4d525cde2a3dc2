import * as tf from "@tensorflow/tfjs";
import { availableParallelism } from "node:os";
import {
  gpuDriverVersion,
  gpuModel,
  hasGpuDriver,
  loadNativeLibrary,
  nativeIsBuilt,
  registerNativeBackend,
} from "./native-library";
import { repairIntegerRound } from "./integer-round";
import { startWebAssembly } from "./web-assembly";
import { useFastReluGradient } from "./relu-gradient";

/** The engines, by the names that FATHOM_ENGINE takes: native TensorFlow on a GPU, native on the processor, WebAssembly. */
export type EngineName = "gpu" | "cpu" | "wasm";

export interface EngineReport {
  name: EngineName;
  /** TensorFlow's version; null on WebAssembly. */
  tensorflow: string | null;
  /** TensorFlow.js's version. */
  tfjs: string;
  /** What computes, in words. */
  device: string;
  /** The GPU's model; null where none is used. */
  gpu: string | null;
  /** Why no GPU is used; null where one is. */
  whyNoGpu: string | null;
  /** Threads that one operation may use. */
  threads: number;
}

/** The oldest driver that CUDA 12 runs on, by its major version; the set-up chooses the build by the same number. */
const oldestDriver = 525;

const ENGINES: readonly EngineName[] = ["gpu", "cpu", "wasm"];

let opened: EngineReport | null = null;
let opening: Promise<EngineReport> | null = null;

/**
 * Opens the engine that tensors run on. Call it once before the first tensor; again it returns the same report.
 *
 * The environment variable FATHOM_ENGINE names the engine: "gpu", "cpu" or "wasm". Unset, it is native TensorFlow where that
 * is built (on a GPU where TensorFlow sees one), else WebAssembly, with one line on stderr that says so.
 *
 * @throws Error when the engine asked for by name cannot be had, when the name is unknown, or when another engine is open.
 */
export async function openEngine(): Promise<EngineReport> {
  const asked = askedEngine();
  if (opening) await opening;
  if (opened) {
    if (asked !== null && asked !== opened.name) {
      throw new Error(
        `FATHOM_ENGINE=${asked} was asked for, but the engine "${opened.name}" is open already. ` +
          "Set FATHOM_ENGINE before the first call of openEngine, or start a new process.",
      );
    }
    return opened;
  }
  opening = open(asked);
  try {
    opened = await opening;
  } finally {
    opening = null;
  }
  return opened;
}

/** What `openEngine` opened. Throws if it has not been called. */
export function engineReport(): EngineReport {
  if (!opened) throw new Error("No engine is open. Call `await openEngine()` first.");
  return opened;
}

function askedEngine(): EngineName | null {
  const asked = process.env.FATHOM_ENGINE?.trim() ?? "";
  if (asked === "") return null;
  const known = ENGINES.find((name) => name === asked);
  if (!known)
    throw new Error(
      `FATHOM_ENGINE=${asked} names no engine. Known are ${ENGINES.join(", ")}; unset, the best one is taken.`,
    );
  return known;
}

async function open(asked: EngineName | null): Promise<EngineReport> {
  silenceAdvertisement();
  if (asked === "wasm") return openWebAssembly("FATHOM_ENGINE=wasm was asked for");
  if (asked === null && !nativeIsBuilt()) {
    process.stderr.write(
      "fathom: native TensorFlow is not built here, so the engine is WebAssembly. To build it: npm run setup\n",
    );
    return openWebAssembly("native TensorFlow is not built here");
  }
  return openNative(asked);
}

async function openNative(asked: EngineName | null): Promise<EngineReport> {
  let library;
  try {
    library = loadNativeLibrary({ hideGpu: asked === "cpu" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${asked === null ? "The native engine" : `FATHOM_ENGINE=${asked} was asked for, but the native engine`} cannot be loaded: ` +
        `${reason}. To mend it type: npm run setup (npm run doctor says what is missing); FATHOM_ENGINE=wasm runs without it.`,
      { cause: error },
    );
  }
  const usesGpu = library.isUsingGpuDevice();
  const whyNoGpu = usesGpu ? null : reasonForNoGpu(asked);
  if (asked === "gpu" && !usesGpu) {
    throw new Error(
      `FATHOM_ENGINE=gpu was asked for, but TensorFlow ${library.TF_Version} sees no GPU: ${whyNoGpu}. ` +
        "Type npm run doctor to see what is missing and npm run setup to install the CUDA build; FATHOM_ENGINE=cpu runs without.",
    );
  }
  registerNativeBackend();
  repairIntegerRound();
  await useBackend("tensorflow");
  const gpu = usesGpu ? (gpuModel() ?? "an NVIDIA GPU") : null;
  const threads = nativeThreads();
  return {
    name: usesGpu ? "gpu" : "cpu",
    tensorflow: library.TF_Version,
    tfjs: tf.version.tfjs,
    device: gpu ?? `processor, ${threads} thread${threads === 1 ? "" : "s"}`,
    gpu,
    whyNoGpu,
    threads,
  };
}

async function openWebAssembly(whyNoGpu: string): Promise<EngineReport> {
  await startWebAssembly();
  await useBackend("wasm");
  return {
    name: "wasm",
    tensorflow: null,
    tfjs: tf.version.tfjs,
    device: "processor, 1 thread, WebAssembly",
    gpu: null,
    whyNoGpu,
    threads: 1,
  };
}

async function useBackend(name: string): Promise<void> {
  const before = tf.getBackend();
  if (await tf.setBackend(name)) {
    useFastReluGradient();
    return;
  }
  if (before) await tf.setBackend(before);
  throw new Error(`TensorFlow.js could not start its "${name}" backend. Type: npm run doctor`);
}

function reasonForNoGpu(asked: EngineName | null): string {
  if (asked === "cpu") return "FATHOM_ENGINE=cpu was asked for";
  if (!hasGpuDriver()) return "no NVIDIA driver is loaded on this machine";
  if (process.env.CUDA_VISIBLE_DEVICES === "-1" || process.env.CUDA_VISIBLE_DEVICES === "") {
    return `CUDA_VISIBLE_DEVICES="${process.env.CUDA_VISIBLE_DEVICES}" hides it`;
  }
  const version = gpuDriverVersion();
  if (version !== null && Number.parseInt(version, 10) < oldestDriver) {
    return `the NVIDIA driver is ${version}, and CUDA 12 needs ${oldestDriver} or newer`;
  }
  return "an NVIDIA driver is loaded, but this TensorFlow is the CPU build or does not find the CUDA libraries";
}

function nativeThreads(): number {
  const limit = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return Number.isInteger(limit) && limit > 0 ? limit : availableParallelism();
}

// The plain backend greets its first tensor with an advertisement for the package that this engine already is.
function silenceAdvertisement(): void {
  const plain = tf.findBackend("cpu") as unknown as { firstUse?: boolean } | null;
  if (plain) plain.firstUse = false;
}
