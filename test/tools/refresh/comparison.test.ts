import assert from "node:assert/strict";
import { disagreements } from "../../../tools/refresh/comparison";
import type { StoredClaim } from "../../../tools/refresh/stored-claims";

const random: StoredClaim = {
  notebook: "01-curvature",
  id: "slope",
  statement: "The slope is ½ ln χ1",
  source: "Poole et al. (2016)",
  predicted: 0.23,
  measured: 0.232,
  standardError: 0.003,
  rule: "|z| below 4.06",
  verdict: "holds",
  decimals: 3,
};
const computed: StoredClaim = {
  ...random,
  id: "fixed-point",
  predicted: 0.607046792,
  measured: 0.607046792,
  standardError: null,
  decimals: 9,
};
const counted: StoredClaim = {
  ...random,
  id: "regions",
  predicted: 45,
  measured: 45,
  standardError: null,
  decimals: null,
};

describe("comparing committed claims with a fresh run", () => {
  const stored = [random, computed, counted];

  it("finds nothing when nothing has changed", () => {
    assert.deepEqual(disagreements(stored, stored), []);
  });

  it("lets a random quantity move by four combined standard errors and no further", () => {
    const moved = (measured: number): string[] => disagreements([random], [{ ...random, measured }]);
    assert.deepEqual(moved(0.232 + 4 * 0.003 * 1.41), []);
    assert.match(moved(0.232 + 4 * 0.003 * 1.43)[0], /01-curvature slope: measured 0\.232 when stored/);
  });

  it("lets it move 3.2 times as far where its standard error takes as given what another processor trains anew", () => {
    const given: StoredClaim = { ...random, conditionalOn: "the teachers" };
    const moved = (measured: number): string[] => disagreements([given], [{ ...given, measured }]);
    assert.deepEqual(moved(0.232 + 4 * 3.2 * 0.003 * 1.41), []);
    assert.equal(moved(0.232 + 4 * 3.2 * 0.003 * 1.43).length, 1);
  });

  it("reports another thing taken as given: no claim keeps room that it no longer asks for", () => {
    const given: StoredClaim = { ...random, conditionalOn: "the teachers" };
    assert.deepEqual(disagreements([given], [random]), ["01-curvature slope: what it takes as given has changed"]);
    assert.equal(disagreements([random], [given]).length, 1);
  });

  it("lets a computed value differ by one unit of its last stated digit", () => {
    const moved = (measured: number): string[] => disagreements([computed], [{ ...computed, measured }]);
    assert.deepEqual(moved(0.6070467929), []);
    assert.equal(moved(0.6070467932).length, 1);
  });

  it("takes a difference that rounds to nothing for nothing", () => {
    const difference: StoredClaim = { ...computed, predicted: 0, measured: 0, decimals: 8 };
    assert.deepEqual(disagreements([difference], [{ ...difference, measured: 1.2e-14 }]), []);
    assert.equal(disagreements([difference], [{ ...difference, measured: 2e-8 }]).length, 1);
  });

  it("takes six significant digits where none are stated", () => {
    const bare: StoredClaim = { ...computed, measured: 12.6041, predicted: 12.6041, decimals: null };
    assert.deepEqual(disagreements([bare], [{ ...bare, measured: 12.60414 }]), []);
    assert.equal(disagreements([bare], [{ ...bare, measured: 12.60425 }]).length, 1);
  });

  it("reports another verdict, prediction or statement", () => {
    const changes = [{ verdict: "unresolved" }, { predicted: 0.24 }, { statement: "The slope is ln χ1" }] as const;
    for (const change of changes) {
      assert.equal(disagreements([random], [{ ...random, ...change }]).length, 1, JSON.stringify(change));
    }
  });

  it("wants texts and exact zeros to be equal", () => {
    const text: StoredClaim = { ...counted, measured: "(2,2,2)" };
    assert.equal(disagreements([text], [{ ...text, measured: "(2,4)" }]).length, 1);
    const zero: StoredClaim = { ...counted, predicted: 0, measured: 0 };
    assert.equal(disagreements([zero], [{ ...zero, measured: 1 }]).length, 1);
    assert.equal(disagreements([counted], [{ ...counted, measured: "45" }]).length, 1);
  });

  it("asks only a test's verdict to come back, because its statistic has no standard error", () => {
    const test: StoredClaim = { ...counted, predicted: "not rejected", measured: 0.0047, decimals: null };
    assert.deepEqual(disagreements([test], [{ ...test, measured: 0.0052 }]), []);
    assert.equal(disagreements([test], [{ ...test, measured: 0.9, verdict: "fails" }]).length, 1);
  });

  it("reports a value that is no number any more", () => {
    assert.equal(disagreements([random], [{ ...random, measured: NaN }]).length, 1);
  });

  it("reports claims that came or went", () => {
    assert.match(disagreements(stored, [random, computed])[0], /regions is stored but was not measured/);
    assert.match(disagreements([random], stored)[0], /fixed-point was measured but is not stored/);
  });
});
