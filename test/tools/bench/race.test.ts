import assert from "node:assert/strict";
import { join } from "node:path";
import { python } from "../../../tools/environment.mjs";
import type { PeerName } from "../../../bench/workload";
import { type Peers } from "../../../tools/bench/peers";
import { race, type RaceSettings, type SideResult } from "../../../tools/bench/race";
import { Side } from "../../../tools/bench/side";
import { type Placed, selectWorkloads } from "../../../tools/bench/workloads";

const folder = join(__dirname, "fixtures", "bench");

function placed(name: string): Placed {
  return selectWorkloads(folder, [name])[0];
}

function settings(installed: PeerName[]): RaceSettings {
  const peers: Peers = { python, installed: new Set(installed), note: null };
  return { rounds: 3, core: null, peers, running: new Set(), isInterrupted: () => false, onStep: () => undefined };
}

describe("bench/race", () => {
  it("times who computes the same in turn, and reports who crashes, raises or computes something else", async () => {
    const shared = settings(["numpy", "torch", "jax", "regioncam"]);
    const order: string[] = [];
    const sides = await race(placed("sum"), { ...shared, onRun: (name) => order.push(name) });
    const [ours, numpy, torch, jax, regioncam, relucent] = sides;
    for (const side of [ours, numpy]) {
      assert.equal(side.state, "timed", side.about);
      assert.equal(side.seconds.length, 3);
      assert.ok([...side.seconds, ...side.processorSeconds].every((seconds) => seconds >= 0));
    }
    assert.deepEqual(ours.found, { sum: 499_500 });
    assert.match(ours.about, /Node \d+/);
    const turns = order.filter((name, index) => name !== order[index - 1]);
    assert.deepEqual(turns, ["ours", "numpy", "ours", "numpy", "ours", "numpy"]);
    assert.deepEqual(outcome(torch), ["torch", "differs", "the sums are 499500 and 1"]);
    assert.deepEqual([jax.name, jax.state], ["jax", "failed"]);
    assert.match(jax.about, /ended with exit code 7: about to go/);
    assert.deepEqual(outcome(regioncam), ["regioncam", "failed", "ValueError: no such net"]);
    assert.deepEqual(outcome(relucent), ["relucent", "absent", "not installed"]);
    assert.equal(shared.running.size, 0);
  });

  it("takes no summary that is not a number", async () => {
    const sides = await race(placed("sum"), settings(["relucent"]));
    const relucent = sides.find(({ name }) => name === "relucent");
    assert.equal(relucent?.state, "failed");
    assert.match(relucent?.about ?? "", /ValueError/);
  });

  it("compares with the plain version where there is no peer", async () => {
    const sides = await race(placed("sum"), settings([]));
    const states = sides.map(({ name, state }) => `${name} ${state}`);
    assert.deepEqual(states.slice(0, 2), ["ours timed", "plain timed"]);
    assert.equal(states.filter((state) => state.endsWith("absent")).length, 5);
  });

  it("times the plain version beside the peers where the reach names it", async () => {
    const { workload, ...rest } = placed("sum");
    const named = { ...rest, workload: { ...workload, reach: { ratio: 1e6, of: "plain" } as const } };
    const sides = await race(named, settings(["numpy"]));
    const timed = sides.filter(({ state }) => state === "timed").map(({ name }) => name);
    assert.deepEqual(timed, ["ours", "numpy", "plain"]);
  });

  it("does not start the others where ours cannot be prepared", async () => {
    const sides = await race(placed("broken"), settings(["numpy"]));
    assert.deepEqual(outcome(sides[0]), ["ours", "failed", "the weights are missing"]);
    assert.ok(sides.slice(1).every(({ state }) => state === "absent"));
  });

  const outcome = ({ name, state, about }: SideResult): string[] => [name, state, about];
}).timeout(240_000);

describe("bench/side", () => {
  it("is given up when it does not answer in time", async () => {
    const program = {
      command: process.execPath,
      arguments: ["-e", "setInterval(() => {}, 1000)"],
      variables: process.env,
    };
    const side = new Side("ours", program, 0.3);
    await assert.rejects(side.run(), { name: "SideError", message: /no answer in 0\.3 s/ });
    await assert.rejects(side.run(), { name: "SideError" });
    await side.stop();
  });

  it("says when it cannot be started", async () => {
    const side = new Side("numpy", { command: "/no/such/python", arguments: [], variables: process.env }, 5);
    await assert.rejects(side.run(), { name: "SideError", message: /cannot be started.*ENOENT/ });
    await side.stop();
  });
});
