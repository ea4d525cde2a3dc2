/** What kind of machine this is, found out by looking at files: no program is started. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What an NVIDIA driver leaves on a Linux machine; the last is Windows' own driver seen from WSL. */
const driverTraces = ["/proc/driver/nvidia/version", "/dev/nvidiactl", "/usr/lib/wsl/lib/libcuda.so.1"];

/** Whether an NVIDIA driver is present. @param {(path: string) => boolean} [exists] @returns {boolean} */
export function hasNvidiaDriver(exists = existsSync) {
  return driverTraces.some((path) => exists(path));
}

/**
 * The NVIDIA driver's version, such as "535.104.05"; null where it does not say (under WSL) or there is none.
 *
 * @param {(path: string) => string} [read]
 * @returns {string | null}
 */
export function nvidiaDriverVersion(read = (path) => readFileSync(path, "utf8")) {
  try {
    // "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  …", and "… Open Kernel Module for x86_64  550.54.14 …".
    return /Kernel Module(?: for \S+)?\s+(\d+(?:\.\d+)+)/.exec(read("/proc/driver/nvidia/version"))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Whether the system's C library is musl, as on Alpine, and not glibc. @returns {boolean} */
export function isMusl() {
  if (process.platform !== "linux") return false;
  try {
    const names = readdirSync("/lib");
    // glibc systems may carry musl's loader beside their own.
    return names.some((name) => name.startsWith("ld-musl-")) && !existsSync("/etc/ld.so.cache");
  } catch {
    return false;
  }
}
