import assert from "node:assert/strict";
import type { Workload } from "../../../bench/workload";
import { exitCodeOf } from "../../../tools/bench/exit-codes";
import { judge } from "../../../tools/bench/judge";
import type { SideResult } from "../../../tools/bench/race";
import { resultsChart } from "../../../tools/bench/results-chart";
import type { SideName } from "../../../tools/bench/side";
import { workloadText } from "../../../tools/bench/table";

const workload: Workload = {
  name: "product",
  title: "a product",
  parameters: { width: 100 },
  prepare: () => Promise.reject(new Error("is not run here")),
  peers: ["numpy", "torch"],
  same: () => undefined,
  reach: { ratio: 1 },
  limit: ({ width }, { matrixProduct }) => (2 * width ** 3) / matrixProduct,
};
const limits = { matrixProduct: 1e8, copy: 1, normals: 1 };

function timed(name: SideName, seconds: number[]): SideResult {
  return { name, state: "timed", about: "", seconds, processorSeconds: seconds, found: {} };
}
function untimed(name: SideName, state: "failed" | "differs" | "absent", about: string): SideResult {
  return { name, state, about, seconds: [], processorSeconds: [], found: {} };
}
const ours = timed("ours", [0.04, 0.05, 0.06]);
const numpy = timed("numpy", [0.1, 0.08, 0.09]);
const torch = timed("torch", [0.05, 0.06, 0.3]);

describe("bench/judge", () => {
  it("measures ours by the peer with the lowest median, round by round, and by the machine's limit", () => {
    const { against, ratio, met, limitSeconds } = judge(workload, [ours, numpy, torch], limits);
    assert.equal(against, "torch");
    assert.deepEqual(ratio, { median: 0.04 / 0.05, low: 0.06 / 0.3, high: 0.05 / 0.06 });
    assert.equal(met, true);
    assert.equal(limitSeconds, 0.02);
  });

  it("says that a reach is not met", () => {
    const { met } = judge({ ...workload, reach: { ratio: 0.7 } }, [ours, numpy, torch], limits);
    assert.equal(met, false);
    assert.equal(judge({ ...workload, reach: { seconds: 0.05 } }, [ours], null).met, true);
    assert.equal(judge({ ...workload, reach: { seconds: 0.04 } }, [ours], null).met, false);
  });

  it("takes the peer that the reach names, though another is faster", () => {
    const { against, met } = judge({ ...workload, reach: { ratio: 0.6, of: "numpy" } }, [ours, numpy, torch], null);
    assert.equal(against, "numpy");
    assert.equal(met, false);
  });

  it("takes the plain version where the reach names it, whatever the peers", () => {
    const plain = timed("plain", [0.5, 0.6, 0.7]);
    const reach = { ratio: 0.1, of: "plain" } as const;
    const { against, met } = judge({ ...workload, reach }, [ours, numpy, plain], null);
    assert.deepEqual([against, met], ["plain", true]);
    assert.equal(judge({ ...workload, reach, peers: [] }, [ours, plain], null).met, true);
    assert.equal(judge({ ...workload, reach: { ...reach, ratio: 0.08 } }, [ours, plain], null).met, false);
    assert.equal(judge({ ...workload, reach }, [ours, numpy, torch], null).met, null);
  });

  it("does not judge by the best peer where one is missing, failed or computes something else", () => {
    for (const state of ["absent", "failed", "differs"] as const) {
      const { against, ratio, met } = judge(workload, [ours, numpy, untimed("torch", state, "")], limits);
      assert.equal(against, "numpy");
      assert.equal(ratio?.median, 0.05 / 0.08);
      assert.equal(met, null);
    }
    const plain = judge(workload, [ours, timed("plain", [1, 1, 1])], limits);
    assert.deepEqual([plain.against, plain.met], ["plain", null]);
  });

  it("has no ratio where ours failed", () => {
    const { ratio, met } = judge(workload, [untimed("ours", "failed", "out of memory"), numpy, torch], limits);
    assert.deepEqual([ratio, met], [null, null]);
  });

  it("tells in the exit code whether a reach was missed or a side failed", () => {
    const missed = judge({ ...workload, reach: { ratio: 0.1 } }, [ours, numpy, torch], null);
    const failed = judge(workload, [ours, numpy, untimed("torch", "failed", "")], null);
    const met = judge(workload, [ours, numpy, torch], null);
    assert.deepEqual(
      [met, missed, failed].map((result) => exitCodeOf([met, result])),
      [0, 1, 2],
    );
  });
});

describe("bench/table", () => {
  it("shows every side, the ratio, the reach and the limit", () => {
    const text = workloadText(judge(workload, [ours, numpy, torch], limits));
    assert.match(text, /^product: a product\n {2}ours {4}50\.0 ms {2}\(40\.0 ms to 60\.0 ms; processor 50\.0 ms\)/);
    assert.match(
      text,
      /0\.80 × torch \(0\.20 to 0\.83\) · reach 1\.00 × the best: met · 2\.50 × this machine's limit of 20\.0 ms/,
    );
  });

  it("says what is wrong with a side", () => {
    const sides = [
      ours,
      untimed("numpy", "failed", "it ended with SIGSEGV"),
      untimed("torch", "differs", "the sums are 1 and 2"),
    ];
    const text = workloadText(judge(workload, sides, limits));
    assert.match(text, /numpy {2}failed: it ended with SIGSEGV/);
    assert.match(text, /torch {2}computes something else: the sums are 1 and 2/);
    assert.match(text, /reach 1\.00 × the best: not judged/);
  });

  it("notes that other work held the core", () => {
    const waited: SideResult = { ...ours, processorSeconds: [0.02, 0.02, 0.02] };
    const text = workloadText(judge(workload, [waited, numpy, torch], limits));
    // 0.02 / 0.05, 0.02 / 0.06 and 0.02 / 0.3.
    assert.match(text, /other work on this core: in processor time 0\.33 × torch/);
    assert.doesNotMatch(workloadText(judge(workload, [ours, numpy, torch], limits)), /other work/);
  });
});

describe("bench/results-chart", () => {
  it("draws a row a workload that was compared, with every side in it", () => {
    const results = {
      date: "2026-11-21T20:00:00.000Z",
      machine: { processor: "A <processor>", cores: 2, system: "Linux", node: "20" },
      rounds: 3,
      limits: null,
      workloads: [
        judge(workload, [ours, numpy, torch], limits),
        judge({ ...workload, name: "alone", peers: [], reach: { seconds: 1 } }, [ours], limits),
      ],
    };
    const svg = resultsChart(results);
    assert.match(svg, /A &#60;processor&#62;/);
    assert.match(svg, />product</);
    assert.doesNotMatch(svg, />alone</);
    // Three dots, and one of each side in the legend.
    assert.equal(svg.match(/<circle/g)?.length, 6);
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
  });
});
