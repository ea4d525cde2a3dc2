/** Which TensorFlow this machine gets: the CPU build, the CUDA build, or none. */
import { SetUpError } from "./failure.mjs";
import { hasNvidiaDriver, isMusl, nvidiaDriverVersion } from "./machine.mjs";
import { oldestNvidiaDriver } from "./pins.mjs";

/**
 * The TensorFlow variant for a machine and its settings. `variant` is null where WebAssembly takes over; `why` is then
 * the reason, or null where WebAssembly was asked for.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: string, arch?: string, musl?: boolean, driver?: boolean,
 *   driverVersion?: string | null }} [machine]
 *   this one unless said otherwise
 * @returns {{ variant: "cpu" | "cuda" | null, why: string | null }}
 * @throws {SetUpError} when an engine or a build that was asked for by name cannot be had
 */
export function chooseVariant({
  env = process.env,
  platform = process.platform,
  arch = process.arch,
  musl = isMusl(),
  driver = hasNvidiaDriver(),
  driverVersion = nvidiaDriverVersion(),
} = {}) {
  const engine = env["FATHOM_ENGINE"] || null;
  const build = env["FATHOM_TENSORFLOW"] || null;
  if (engine !== null && !["gpu", "cpu", "wasm"].includes(engine)) {
    throw new SetUpError(`FATHOM_ENGINE is "${engine}"; it may be gpu, cpu or wasm, or unset for the best that works.`);
  }
  if (build !== null && build !== "cpu" && build !== "cuda") {
    throw new SetUpError(
      `FATHOM_TENSORFLOW is "${build}"; it may be cpu or cuda, or unset for cuda where an NVIDIA driver is present.`,
    );
  }
  if (engine === "wasm") return { variant: null, why: null };
  if (platform !== "linux" || arch !== "x64" || musl) {
    const machine = `${platform} on ${arch}${musl ? " with musl" : ""}`;
    const why = `the TensorFlow build is for Linux on x64 with glibc, and this is ${machine}`;
    const asked = engine !== null ? `FATHOM_ENGINE=${engine}` : build !== null ? `FATHOM_TENSORFLOW=${build}` : null;
    if (asked !== null) throw new SetUpError(`${asked} cannot be had: ${why}.`);
    return { variant: null, why };
  }
  if (engine === "gpu" && build === "cpu") {
    throw new SetUpError("FATHOM_ENGINE=gpu needs the CUDA build: unset FATHOM_TENSORFLOW=cpu.");
  }
  if (engine === "gpu" && !driver) {
    throw new SetUpError("FATHOM_ENGINE=gpu cannot be had: no NVIDIA driver was found. Does nvidia-smi work?");
  }
  const tooOld = driver && driverVersion !== null && Number.parseInt(driverVersion, 10) < oldestNvidiaDriver;
  if (engine === "gpu" && tooOld) {
    throw new SetUpError(
      `FATHOM_ENGINE=gpu cannot be had: the NVIDIA driver is ${driverVersion}, and CUDA 12 needs ${oldestNvidiaDriver} or ` +
        "newer. Upgrade the driver, or unset FATHOM_ENGINE to compute on the processor.",
    );
  }
  return { variant: build ?? (driver && !tooOld && engine !== "cpu" ? "cuda" : "cpu"), why: null };
}
