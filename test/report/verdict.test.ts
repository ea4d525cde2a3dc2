import assert from "node:assert/strict";
import { familyAlpha, judgeAlone, judgeTable, judgeWorstCase, type Evidence } from "../../lib/report/verdict";

const agreement = (pValue: number, resolved = true): Evidence => ({ kind: "agreement", pValue, resolved });
const oneSided = (pValue: number): Evidence => ({ kind: "one-sided", pValue, pValueOfContrary: 1 - pValue });

describe("verdicts", () => {
  it("reject a claim that stands alone at the notebook's level", () => {
    assert.equal(judgeAlone(agreement(0.99 * familyAlpha)), "fails");
    assert.equal(judgeAlone(agreement(1.01 * familyAlpha)), "holds");
  });

  it("step down through a table as Holm's procedure does", () => {
    // Levels α/4, α/3, α/2, α for p in ascending order: the third is not rejected, so neither is the fourth.
    const p = [0.9, 0.24, 0.3, 0.6].map((share) => agreement(share * familyAlpha));
    assert.deepEqual(judgeTable(p), ["holds", "fails", "fails", "holds"]);
    const all = [0.9, 0.24, 0.3, 0.5].map((share) => agreement(share * familyAlpha));
    assert.deepEqual(judgeTable(all), ["fails", "fails", "fails", "fails"]);
  });

  it("do not let claims without chance take part in the family", () => {
    const p = 0.9 * familyAlpha;
    const certain: Evidence = { kind: "certain", holds: true };
    const effect: Evidence = { kind: "effect", pValue: 0 };
    assert.deepEqual(judgeTable([agreement(p), certain, effect]), ["fails", "holds", "holds"]);
    assert.deepEqual(judgeTable([agreement(p), agreement(0.5)]), ["holds", "holds"]);
    assert.deepEqual(judgeTable([certain]), ["holds"]);
  });

  it("call a measurement that is too coarse unresolved, unless it is rejected all the same", () => {
    assert.equal(judgeAlone(agreement(0.5, false)), "unresolved");
    assert.equal(judgeAlone(agreement(1e-9, false)), "fails");
  });

  it("leave a straddled bound unresolved", () => {
    assert.equal(judgeAlone(oneSided(1)), "holds");
    assert.equal(judgeAlone(oneSided(0.5)), "unresolved");
    assert.equal(judgeAlone(oneSided(0.999)), "unresolved");
    assert.equal(judgeAlone(oneSided(1e-9)), "fails");
  });

  it("ask more of an interval in a longer table", () => {
    const barely: Evidence = { kind: "one-sided", pValue: 1, pValueOfContrary: 0.9 * familyAlpha };
    assert.deepEqual(judgeTable([barely]), ["holds"]);
    assert.deepEqual(judgeTable([barely, agreement(1)]), ["unresolved", "holds"]);
  });

  it("take an effect for shown, absent or undecided", () => {
    const effect = (pValue: number): Evidence => ({ kind: "effect", pValue });
    assert.deepEqual(
      [5e-5, 1e-3, 0.06].map((p) => judgeAlone(effect(p))),
      ["holds", "unresolved", "fails"],
    );
  });

  it("in the worst place of the largest table are the strictest: what fails there fails in every table", () => {
    const p = familyAlpha / 100;
    assert.equal(judgeWorstCase(agreement(1.01 * p)), "holds");
    assert.equal(judgeWorstCase(agreement(0.99 * p)), "fails");
    const table = [agreement(0.99 * p), ...Array.from({ length: 99 }, () => agreement(1))];
    assert.equal(judgeTable(table)[0], "fails");
  });

  it("on a destroyed effect know nothing undecided: it is shown, or it fails", () => {
    const effect = (pValue: number): Evidence => ({ kind: "effect", pValue });
    assert.deepEqual(
      [5e-5, 5.01e-5].map((p) => judgeWorstCase(effect(p))),
      ["holds", "fails"],
    );
  });
});
