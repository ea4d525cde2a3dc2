import { holm } from "../theory/statistics";

/** `unresolved`: the data decide neither way. It stops a run just as `fails` does. */
export type Verdict = "holds" | "fails" | "unresolved";

/** What speaks for or against a claim, apart from how it is told. */
export type Evidence =
  /** A law or a value is tested; a small p speaks against the claim. */
  | { readonly kind: "agreement"; readonly pValue: number; readonly resolved: boolean }
  /** A side of a bound; `pValue` speaks against the claim, `pValueOfContrary` against its opposite. */
  | { readonly kind: "one-sided"; readonly pValue: number; readonly pValueOfContrary: number }
  /** The claim is the effect; a small p, of "no effect", speaks for it. */
  | { readonly kind: "effect"; readonly pValue: number }
  /** Decided without chance. */
  | { readonly kind: "certain"; readonly holds: boolean };

/**
 * The chance at which one notebook's table may call a true claim false.
 *
 * Twenty notebooks at 5·10⁻⁵ give, by Bonferroni, at most 10⁻³ for the whole collection; one claim alone in its table is
 * rejected at |z| ≥ 4.06, one of ten at |z| ≥ 4.56. Inside a table Holm's step-down procedure holds the level whatever
 * the dependence between its claims. It runs over the claims that carry a p-value against themselves: `agrees`,
 * `notRejected`, `above` and `below`.
 *
 * `above` and `below` hold when the confidence limit at level alpha/(number of those claims) clears the bound, so a
 * false one passes with at most that chance. A true one is called false with at most the same chance, but it can remain
 * unresolved: that chance is not bounded by alpha, only by the design. Choose the bound or the number of nets so that
 * the expected value lies at least twice the critical |z|, about 9 standard errors, beyond the bound; then "unresolved" has the
 * chance of a false alarm. The same holds for `rejected`, and for the resolution of `agrees`: expect half of it.
 */
export const familyAlpha = 5e-5;

/** The p-value above which an effect counts as absent rather than undecided: one of 20 effects that are none is undecided. */
const absentEffect = 0.05;

/** The most claims that one table may hold; the level of `breakIt` follows from it. */
export const largestTable = 100;

/** The verdict on a claim that stands alone. */
export function judgeAlone(evidence: Evidence): Verdict {
  return judge(evidence, "pValue" in evidence && evidence.pValue <= familyAlpha, familyAlpha);
}

/**
 * The verdict on a claim that was broken on purpose: the one it would get in the largest table and the worst place in it,
 * the strictest way to fail. A destroyed effect has a uniform p; it fails where it is not shown, all but once in 20 000 times.
 */
export function judgeWorstCase(evidence: Evidence): Verdict {
  const level = familyAlpha / largestTable;
  return judge(evidence, "pValue" in evidence && evidence.pValue <= level, level, familyAlpha);
}

/** The verdicts on the claims of one table: Holm's procedure over those that chance could call false. */
export function judgeTable(evidences: readonly Evidence[]): Verdict[] {
  const atRisk = evidences.filter((evidence) => evidence.kind === "agreement" || evidence.kind === "one-sided");
  const adjusted = atRisk.length === 0 ? [] : holm(atRisk.map(({ pValue }) => pValue));
  const rejected = new Set<Evidence>(atRisk.filter((_, index) => adjusted[index] <= familyAlpha));
  const level = familyAlpha / Math.max(1, atRisk.length);
  return evidences.map((evidence) => judge(evidence, rejected.has(evidence), level));
}

function judge(evidence: Evidence, rejected: boolean, level: number, absent = absentEffect): Verdict {
  switch (evidence.kind) {
    case "certain":
      return evidence.holds ? "holds" : "fails";
    case "effect":
      if (evidence.pValue <= familyAlpha) return "holds";
      return evidence.pValue > absent ? "fails" : "unresolved";
    case "agreement":
      if (rejected) return "fails";
      return evidence.resolved ? "holds" : "unresolved";
    case "one-sided":
      if (rejected) return "fails";
      return evidence.pValueOfContrary <= level ? "holds" : "unresolved";
  }
}
