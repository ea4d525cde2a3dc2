import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { EngineReport } from "fathom/engine";
import { nativeIsBuilt } from "../../lib/engine/native-library";

interface Opened {
  readonly report?: EngineReport;
  readonly error?: string;
  /** The environment when TensorFlow's library was loaded. */
  readonly atLoading: Readonly<Record<string, string>>;
}

const recent = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build\n";
const old = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.256.02  Thu May  2 14:37:44 UTC 2024\n";
const model = "NVIDIA H100 80GB HBM3";

function openWith(variables: Record<string, string>): Opened {
  const inherited = { ...process.env };
  for (const name of ["FATHOM_ENGINE", "CUDA_VISIBLE_DEVICES", "TF_FORCE_GPU_ALLOW_GROWTH", "NVIDIA_TF32_OVERRIDE"]) {
    delete inherited[name];
  }
  const child = spawnSync(process.execPath, ["--import", "tsx", join(__dirname, "open-with-fake-driver.ts")], {
    env: { ...inherited, ...variables },
    encoding: "utf8",
  });
  assert.equal(child.status, 0, child.stderr);
  return JSON.parse(child.stdout) as Opened;
}

describe("opening an engine on a machine with an NVIDIA driver", () => {
  before(function () {
    if (!nativeIsBuilt()) this.skip();
  });

  it("takes the GPU that TensorFlow sees, and names its model", () => {
    for (const engine of ["", "gpu"]) {
      const { report } = openWith({ FATHOM_ENGINE: engine, FAKE_VERSION: recent, FAKE_GPU: model, FAKE_SEEN: "1" });
      assert.deepEqual([report?.name, report?.gpu, report?.device, report?.whyNoGpu], ["gpu", model, model, null]);
    }
  });

  it("has TensorFlow take memory as it needs it and keep to float32, unless it is told otherwise", () => {
    const machine = { FAKE_VERSION: recent, FAKE_GPU: model, FAKE_SEEN: "1" };
    const { atLoading } = openWith(machine);
    assert.equal(atLoading["TF_FORCE_GPU_ALLOW_GROWTH"], "true");
    assert.equal(atLoading["NVIDIA_TF32_OVERRIDE"], "0");
    assert.equal(atLoading["CUDA_VISIBLE_DEVICES"], undefined);
    const told = openWith({ ...machine, TF_FORCE_GPU_ALLOW_GROWTH: "false", NVIDIA_TF32_OVERRIDE: "1" }).atLoading;
    assert.deepEqual([told["TF_FORCE_GPU_ALLOW_GROWTH"], told["NVIDIA_TF32_OVERRIDE"]], ["false", "1"]);
  });

  it("says only that it is an NVIDIA GPU where the driver does not list it, as under WSL", () => {
    assert.equal(openWith({ FAKE_SEEN: "1" }).report?.gpu, "an NVIDIA GPU");
  });

  it("hides the GPU before TensorFlow's library is loaded where the processor is asked for", () => {
    const { report, atLoading } = openWith({
      FATHOM_ENGINE: "cpu",
      FAKE_VERSION: recent,
      FAKE_GPU: model,
      FAKE_SEEN: "1",
    });
    assert.equal(atLoading["CUDA_VISIBLE_DEVICES"], "-1");
    assert.deepEqual([report?.name, report?.gpu, report?.whyNoGpu], ["cpu", null, "FATHOM_ENGINE=cpu was asked for"]);
  });

  const reasons: [what: string, machine: Record<string, string>, reason: RegExp][] = [
    ["the driver is absent", {}, /no NVIDIA driver is loaded on this machine/],
    [
      "the driver is too old",
      { FAKE_VERSION: old, FAKE_GPU: model },
      /the NVIDIA driver is 470\.256\.02, and CUDA 12 needs 525 or newer/,
    ],
    [
      "the build or its libraries are wrong",
      { FAKE_VERSION: recent, FAKE_GPU: model },
      /CPU build or does not find the CUDA libraries/,
    ],
    ["it is hidden", { FAKE_VERSION: recent, CUDA_VISIBLE_DEVICES: "-1" }, /CUDA_VISIBLE_DEVICES="-1" hides it/],
  ];
  for (const [what, machine, reason] of reasons) {
    it(`says why there is none where ${what}: in the report, and as an error where it was asked for`, () => {
      const { report } = openWith(machine);
      assert.equal(report?.name, "cpu");
      assert.match(report?.whyNoGpu ?? "", reason);
      const { error } = openWith({ ...machine, FATHOM_ENGINE: "gpu" });
      assert.match(error ?? "", /FATHOM_ENGINE=gpu was asked for, but TensorFlow 2\.\d+\.\d+ sees no GPU/);
      assert.match(error ?? "", reason);
      assert.match(error ?? "", /npm run doctor.*npm run setup.*FATHOM_ENGINE=cpu/);
    });
  }
}).timeout(180_000);
