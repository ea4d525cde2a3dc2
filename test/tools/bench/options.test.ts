import assert from "node:assert/strict";
import { join } from "node:path";
import { allowedCores, oneThread, pinned } from "../../../tools/bench/one-thread";
import { readBenchOptions } from "../../../tools/bench/options";
import { selectWorkloads } from "../../../tools/bench/workloads";

const folder = join(__dirname, "fixtures", "bench");

describe("bench/options", () => {
  it("has five rounds of every workload where nothing is said", () => {
    const { names, rounds, growth, core, onlyPeers } = readBenchOptions([]);
    assert.deepEqual(
      { names, rounds, growth, core, onlyPeers },
      { names: [], rounds: 5, growth: false, core: null, onlyPeers: false },
    );
  });

  it("takes names, rounds and a core, and --peers alone to install only", () => {
    const options = readBenchOptions(["curve", "--rounds", "9", "--core", "0", "--peers"]);
    assert.deepEqual([options.names, options.rounds, options.core, options.onlyPeers], [["curve"], 9, 0, false]);
    assert.equal(readBenchOptions(["--peers"]).onlyPeers, true);
  });

  it("refuses what it does not know", () => {
    assert.throws(() => readBenchOptions(["--fast"]), { name: "UsageError" });
    assert.throws(() => readBenchOptions(["--rounds", "0"]), { name: "UsageError", message: /--rounds is "0"/ });
  });

  it("selects workloads by the beginning of their names, and the long ones only by name", () => {
    const names = (given: string[]): string[] => selectWorkloads(folder, given).map(({ workload }) => workload.name);
    assert.deepEqual(names([]), ["sum"]);
    assert.deepEqual(names(["s"]), ["slow", "sum"]);
    assert.throws(() => names(["curve"]), { name: "UsageError", message: /no workload curve.*broken, slow, sum/ });
  });
});

describe("bench/one-thread", () => {
  it("reads the cores that a process may use", () => {
    assert.deepEqual(allowedCores("Name:\tnode\nCpus_allowed_list:\t0-2,7\nMems_allowed_list:\t0\n"), [0, 1, 2, 7]);
    assert.deepEqual(allowedCores("Cpus_allowed_list:\t3\n"), [3]);
  });

  it("keeps every library to one thread of the processor", () => {
    const variables = oneThread({ HOME: "/home/x", OMP_NUM_THREADS: "8" });
    assert.equal(variables["OMP_NUM_THREADS"], "1");
    assert.equal(variables["TF_NUM_INTRAOP_THREADS"], "1");
    assert.equal(variables["CUDA_VISIBLE_DEVICES"], "-1");
    assert.equal(variables["HOME"], "/home/x");
  });

  it("pins with taskset where there is one", () => {
    const program = { command: "node", arguments: ["side.ts"], variables: process.env };
    assert.equal(pinned(program, null), program);
    assert.equal(pinned({ ...program, variables: { PATH: "/nowhere" } }, 1).command, "node");
  });
});
