import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { python as realPython } from "../../../tools/environment.mjs";
import { onPath } from "../../../tools/setup/command.mjs";
import { Progress } from "../../../tools/setup/progress.mjs";
import { fetchLibrary, libraryFolder, libraryIsWhole } from "../../../tools/setup/tensorflow.mjs";

const compiler = onPath("cc");

/** Two stand-ins for wheels: TensorFlow's CUDA build and one of CUDA's libraries that it opens by name while it runs. */
describe("setup/tensorflow, the CUDA build", () => {
  const progress = new Progress({ quiet: true });
  let folder: string;
  let cacheBefore: string | undefined;
  let library: string;

  before(async function () {
    if (process.platform !== "linux" || compiler === null) this.skip();
    folder = mkdtempSync(join(tmpdir(), "fathom-cuda-"));
    cacheBefore = process.env.FATHOM_CACHE;
    process.env.FATHOM_CACHE = join(folder, "cache");
    const runtime = "nvidia/cuda_runtime/lib/libcudart.so.12";
    compile("cudart.c", "int cudaRuntime(void) { return 12090; }", runtime, ["-shared", "-fPIC"]);
    writeInto("nvidia/cuda_runtime/include/cuda.h", "not loaded by anything");
    // TensorFlow's wheels carry search paths like this one: from their own folder to nvidia's beside it.
    compile(
      "tensorflow.c",
      `#include <dlfcn.h>
int openRuntime(void) {
  void *runtime = dlopen("libcudart.so.12", RTLD_NOW);
  return runtime ? ((int (*)(void))dlsym(runtime, "cudaRuntime"))() : -1;
}`,
      "tensorflow/libtensorflow_cc.so.2",
      [
        "-shared",
        "-fPIC",
        "-ldl",
        "-Wl,-soname,libtensorflow_cc.so.2",
        "-Wl,-rpath,$ORIGIN/../nvidia/cuda_runtime/lib",
      ],
    );
    compile("framework.c", "int framework;", "tensorflow/libtensorflow_framework.so.2", ["-shared", "-fPIC"]);
    writeInto("tensorflow/include/tensorflow/c/c_api.h", "a header");
    zip("tensorflow-0.0.1-cp311-cp311-any.whl", "tensorflow");
    zip("nvidia_cuda_runtime_cu12-12.9.79-py3-none-any.whl", "nvidia");
    library = await fetchLibrary("cuda", pip(), progress, pins());
  });
  after(() => {
    if (cacheBefore === undefined) delete process.env.FATHOM_CACHE;
    else process.env.FATHOM_CACHE = cacheBefore;
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function writeInto(name: string, text: string): string {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  function compile(source: string, text: string, target: string, options: readonly string[]): void {
    const path = writeInto(source, text);
    mkdirSync(join(folder, target, ".."), { recursive: true });
    execFileSync(compiler!, [path, "-o", join(folder, target), ...options]);
  }

  function zip(wheel: string, content: string): void {
    execFileSync(realPython, ["-m", "zipfile", "-c", wheel, content], { cwd: folder });
  }

  /** A Python whose pip copies both wheels to where it is told, and notes what it was asked for. */
  function pip(): () => Promise<string> {
    const path = writeInto(
      "python",
      `#!/bin/sh
if [ "$1 $2" != "-m pip" ]; then exec ${realPython} "$@"; fi
while [ $# -gt 0 ]; do
  if [ "$1" = --dest ]; then target="$2"; fi
  if [ "$1" = -r ]; then cp "$2" ${join(folder, "asked.txt")}; fi
  shift
done
cp ${folder}/*.whl "$target"
`,
    );
    chmodSync(path, 0o755);
    return () => Promise.resolve(path);
  }

  function pins(companionVersion = "12.9.79"): object {
    const companions = writeInto("companions.txt", `nvidia-cuda-runtime-cu12==${companionVersion} --hash=sha256:00\n`);
    const wheel = readFileSync(join(folder, "tensorflow-0.0.1-cp311-cp311-any.whl"));
    return {
      version: "0.0.1",
      wheelTags: { pythonVersion: "3.11", abis: ["cp311"], platforms: ["any"] },
      variants: {
        cuda: {
          package: "tensorflow",
          sha256: createHash("sha256").update(wheel).digest("hex"),
          downloadBytes: 1000,
          unpackedBytes: 1000,
          companions: pathToFileURL(companions).href,
        },
      },
    };
  }

  it("asks for TensorFlow and the CUDA libraries in one go, each with its hash", () => {
    const asked = readFileSync(join(folder, "asked.txt"), "utf8");
    assert.match(
      asked,
      /^tensorflow==0\.0\.1 --hash=sha256:[0-9a-f]{64}\nnvidia-cuda-runtime-cu12==12\.9\.79 --hash=sha256:00\n$/,
    );
  });

  it("puts CUDA's folders beside TensorFlow's, and knows when one of their libraries is missing", () => {
    assert.deepEqual(readdirSync(library).sort(), ["entry.json", "include", "lib", "nvidia"]);
    const runtime = join(library, "nvidia/cuda_runtime/lib/libcudart.so.12");
    assert.ok(existsSync(runtime));
    assert.equal(libraryIsWhole(library), true);
    const bytes = readFileSync(runtime);
    rmSync(runtime);
    assert.equal(libraryIsWhole(library), false);
    writeFileSync(runtime, bytes);
    assert.equal(libraryIsWhole(library), true);
  });

  it("lets TensorFlow open them by name, through the link in node_modules and without LD_LIBRARY_PATH", () => {
    // As tools/setup/binding.mjs links it: the binding looks in ../../deps/lib, and deps is a link into the cache.
    const packageFolder = join(folder, "tfjs-node-gpu");
    mkdirSync(join(packageFolder, "lib"), { recursive: true });
    symlinkSync(library, join(packageFolder, "deps"));
    const program = "tfjs-node-gpu/lib/napi-v8/binding";
    compile(
      "binding.c",
      `#include <stdio.h>
int openRuntime(void);
int main(void) { printf("%d", openRuntime()); }`,
      program,
      [`-L${join(library, "lib")}`, "-ltensorflow", "-Wl,-rpath,$ORIGIN/../../deps/lib"],
    );
    const variables = { ...process.env };
    delete variables.LD_LIBRARY_PATH;
    assert.equal(execFileSync(join(folder, program), { env: variables, encoding: "utf8" }), "12090");
    // Where the folder lies elsewhere, the same program finds nothing.
    rmSync(join(library, "nvidia"), { recursive: true });
    assert.equal(execFileSync(join(folder, program), { env: variables, encoding: "utf8" }), "-1");
  });

  it("is kept apart from one with other CUDA libraries", () => {
    assert.notEqual(libraryFolder("cuda", { pins: pins("12.9.80") }), libraryFolder("cuda", { pins: pins() }));
  });
});
