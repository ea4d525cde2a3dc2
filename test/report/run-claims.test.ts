import assert from "node:assert/strict";
import { type Claim, exact, runClaims } from "fathom/report";
import { inFakeKernel } from "./fake-kernel";

const claim = (id: string): Claim =>
  exact({ id, statement: `${id} is one.`, source: "here" }, { predicted: 1, measured: 1 });
const ids = (claims: readonly Claim[]): string[] => claims.map(({ id }) => id);

describe("runClaims", () => {
  it("runs one test after the other and keeps their claims in that order", async () => {
    const events: string[] = [];
    const slow = async (): Promise<Claim[]> => {
      events.push("slow begins");
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push("slow ends");
      return [claim("a"), claim("b")];
    };
    const fast = (): Claim => {
      events.push("fast");
      return claim("c");
    };
    assert.deepEqual(ids(await runClaims("claims", [slow, fast])), ["a", "b", "c"]);
    assert.deepEqual(events, ["slow begins", "slow ends", "fast"]);
  });

  it("calls a test without arguments, so that it measures what its claim is about", async () => {
    const counts: number[] = [];
    const test = (...changes: unknown[]): Claim => {
      counts.push(changes.length);
      return claim("a");
    };
    await runClaims("claims", [test]);
    assert.deepEqual(counts, [0]);
  });

  it("shows a progress bar with its title, and none of the claims", async () => {
    const { shown } = await inFakeKernel(() => runClaims("our claims", [() => claim("a")]).then(() => undefined));
    const words = shown.map(({ data }) => String(data["text/plain"]));
    assert.equal(words[words.length - 1], "our claims: done");
    assert.ok(words.every((text) => text.startsWith("our claims: ")));
  });

  it("passes on what a test throws, and runs none after it", async () => {
    let ran = false;
    const failing = (): Claim => {
      throw new RangeError("no nets");
    };
    const after = (): Claim => {
      ran = true;
      return claim("a");
    };
    await assert.rejects(runClaims("claims", [failing, after]), /no nets/);
    assert.ok(!ran);
  });
});
