import assert from "node:assert/strict";
import { chooseVariant, type Machine } from "../../../tools/setup/variant.mjs";

const linux: Machine = { platform: "linux", arch: "x64", musl: false, driver: false, driverVersion: null };

describe("setup/variant", () => {
  it("takes the CPU build, and the CUDA build where an NVIDIA driver is present", () => {
    assert.equal(chooseVariant({ ...linux, env: {} }).variant, "cpu");
    assert.equal(chooseVariant({ ...linux, driver: true, env: {} }).variant, "cuda");
  });

  it("takes the build that was asked for", () => {
    assert.equal(chooseVariant({ ...linux, driver: true, env: { FATHOM_TENSORFLOW: "cpu" } }).variant, "cpu");
    assert.equal(chooseVariant({ ...linux, env: { FATHOM_TENSORFLOW: "cuda" } }).variant, "cuda");
    assert.equal(chooseVariant({ ...linux, driver: true, env: { FATHOM_ENGINE: "cpu" } }).variant, "cpu");
  });

  it("does not fetch the CUDA build for a driver that CUDA 12 does not run on, unless it is asked for", () => {
    const old = { ...linux, driver: true, driverVersion: "470.256.02" };
    assert.equal(chooseVariant({ ...old, env: {} }).variant, "cpu");
    assert.equal(chooseVariant({ ...old, env: { FATHOM_TENSORFLOW: "cuda" } }).variant, "cuda");
    for (const driverVersion of ["525.60.13", "580.65.06", null]) {
      assert.equal(chooseVariant({ ...old, driverVersion, env: {} }).variant, "cuda");
    }
    // Of a driver that is not loaded, a version means nothing.
    assert.equal(chooseVariant({ ...linux, driverVersion: "580.65.06", env: {} }).variant, "cpu");
  });

  it("settles every combination of the two settings", () => {
    const settled = (driver: boolean, FATHOM_ENGINE: string, FATHOM_TENSORFLOW: string): string | null => {
      try {
        return chooseVariant({ ...linux, driver, env: { FATHOM_ENGINE, FATHOM_TENSORFLOW } }).variant;
      } catch {
        return "refused";
      }
    };
    const table: [engine: string, build: string, withDriver: string | null, without: string | null][] = [
      ["", "", "cuda", "cpu"],
      ["", "cpu", "cpu", "cpu"],
      ["", "cuda", "cuda", "cuda"],
      ["gpu", "", "cuda", "refused"],
      ["gpu", "cpu", "refused", "refused"],
      ["gpu", "cuda", "cuda", "refused"],
      ["cpu", "", "cpu", "cpu"],
      ["cpu", "cpu", "cpu", "cpu"],
      ["cpu", "cuda", "cuda", "cuda"],
      ["wasm", "", null, null],
      ["wasm", "cuda", null, null],
    ];
    for (const [engine, build, withDriver, without] of table) {
      assert.deepEqual(
        [settled(true, engine, build), settled(false, engine, build)],
        [withDriver, without],
        `${engine} ${build}`,
      );
    }
  });

  it("falls back to WebAssembly on other machines and says why", () => {
    for (const machine of [{ platform: "darwin" }, { arch: "arm64" }, { musl: true }]) {
      const { variant, why } = chooseVariant({ ...linux, ...machine, env: {} });
      assert.equal(variant, null);
      assert.match(why ?? "", /Linux on x64 with glibc/);
    }
  });

  it("is silent where WebAssembly was asked for", () => {
    assert.deepEqual(chooseVariant({ ...linux, env: { FATHOM_ENGINE: "wasm" } }), { variant: null, why: null });
  });

  it("never falls back from what was asked for by name", () => {
    const refused: [Machine, RegExp][] = [
      [{ env: { FATHOM_ENGINE: "gpu" } }, /no NVIDIA driver/],
      [{ env: { FATHOM_ENGINE: "gpu", FATHOM_TENSORFLOW: "cpu" }, driver: true }, /needs the CUDA build/],
      [
        { env: { FATHOM_ENGINE: "gpu" }, driver: true, driverVersion: "470.256.02" },
        /the NVIDIA driver is 470\.256\.02, and CUDA 12 needs 525 or newer\. Upgrade the driver/,
      ],
      [{ env: { FATHOM_ENGINE: "cpu" }, platform: "darwin" }, /FATHOM_ENGINE=cpu cannot be had/],
      [{ env: { FATHOM_TENSORFLOW: "cuda" }, arch: "arm64" }, /FATHOM_TENSORFLOW=cuda cannot be had/],
      [{ env: { FATHOM_ENGINE: "tpu" } }, /"tpu"; it may be gpu, cpu or wasm/],
      [{ env: { FATHOM_TENSORFLOW: "rocm" } }, /"rocm"; it may be cpu or cuda/],
    ];
    for (const [machine, message] of refused) {
      assert.throws(() => chooseVariant({ ...linux, ...machine }), { name: "SetUpError", exitCode: 3, message });
    }
  });
});
