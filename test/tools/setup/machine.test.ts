import assert from "node:assert/strict";
import { hasNvidiaDriver, nvidiaDriverVersion } from "../../../tools/setup/machine.mjs";

describe("setup/machine", () => {
  it("knows an NVIDIA driver by any of its traces", () => {
    const machine = (...files: string[]): boolean => hasNvidiaDriver((path) => files.includes(path));
    assert.equal(machine("/proc/driver/nvidia/version"), true);
    assert.equal(machine("/dev/nvidiactl"), true);
    assert.equal(machine("/usr/lib/wsl/lib/libcuda.so.1"), true);
    assert.equal(machine("/dev/dri/card0", "/usr/lib/x86_64-linux-gnu/libcuda.so.1"), false);
  });

  it("reads the version of the closed and of the open kernel module", () => {
    const version = (text: string): string | null =>
      nvidiaDriverVersion((path) => (path === "/proc/driver/nvidia/version" ? text : assert.fail(path)));
    const closed = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.256.02  Thu May  2 14:37:44 UTC 2024\n";
    const open = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build  (builder@host)\n";
    assert.equal(version(closed), "470.256.02");
    assert.equal(version(`${open}GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n`), "580.65.06");
    assert.equal(version("something else 1.2.3"), null);
  });

  it("knows no version where there is no driver", () => {
    assert.equal(
      nvidiaDriverVersion(() => {
        throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      }),
      null,
    );
  });
});
