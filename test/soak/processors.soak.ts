import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disagreements } from "../../tools/refresh/comparison";
import { storedClaims } from "../../tools/refresh/stored-claims";
import type { ClaimRecord } from "../../tools/run/claim";
import { listNotebooks } from "../../tools/run/selection";
import { exitCode } from "./child";

const root = join(__dirname, "../..");
const oneThread = { OMP_NUM_THREADS: "1", TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" };

/** Other processors as TensorFlow sees them: fewer instructions, fewer threads, no oneDNN. */
const machines: [string, NodeJS.ProcessEnv][] = [
  ["a processor with AVX2 and one thread", { ONEDNN_MAX_CPU_ISA: "AVX2", ...oneThread }],
  ["a processor with SSE4.1 and one thread", { ONEDNN_MAX_CPU_ISA: "SSE41", ...oneThread }],
  ["oneDNN's own kernels off", { TF_ENABLE_ONEDNN_OPTS: "0" }],
];

describe("stored claims on another machine", () => {
  for (const [machine, variables] of machines) {
    it(`hold and agree with the committed ones on ${machine}`, async () => {
      const site = mkdtempSync(join(tmpdir(), "fathom-soak-"));
      try {
        const command = [process.execPath, "tools/start.mjs", "--fresh", "--timeout", "3600", "--site", site];
        assert.equal(await exitCode(command, root, variables), 0);
        const { claims } = JSON.parse(readFileSync(join(site, "claims.json"), "utf8")) as { claims: ClaimRecord[] };
        const stored = listNotebooks(join(root, "notebooks")).flatMap(storedClaims);
        assert.deepEqual(disagreements(stored, claims), []);
      } finally {
        rmSync(site, { recursive: true });
      }
    });
  }
});

describe("the library without native TensorFlow", () => {
  // The notebooks take a quarter of an hour there: environment.md says so.
  it("passes its tests on WebAssembly", async () => {
    const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
    const folders = ["datasets", "engine", "random", "nets", "measure", "train", "sweep", "experiments"];
    const command = [process.execPath, mocha, "--timeout", "0", ...folders.map((folder) => `test/${folder}`)];
    assert.equal(await exitCode(command, root, { FATHOM_ENGINE: "wasm" }), 0);
  });
});
