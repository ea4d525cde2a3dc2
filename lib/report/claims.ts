import type { Claim } from "./claim";
import {
  claimRecords,
  claimsHtml,
  claimsMimeType,
  claimsText,
  storedClaimRecords,
  type JudgedClaim,
} from "./claims-table";
import { display } from "./display";
import { recordEvidence } from "./evidence-file";
import { writeOutput } from "./output-file";
import { judgeTable, judgeWorstCase, largestTable, type Verdict } from "./verdict";

/** A table in which not every claim holds, or a broken claim that stayed green. */
export class ClaimsError extends Error {
  override readonly name: string = "ClaimsError";
  /** The claims that are not as they should be. */
  readonly ids: readonly string[];

  constructor(message: string, ids: readonly string[]) {
    super(message);
    this.ids = ids;
  }
}

/**
 * The last word of a notebook: judges its claims together (Holm's procedure at 5·10⁻⁵ a notebook, see `familyAlpha`),
 * shows the table, writes `<notebook>.json` to the folder `FATHOM_CLAIMS` (`site/claims` where it is not set), and
 * then throws unless every claim holds. The evidence goes to the file `FATHOM_EVIDENCE`, where that is set.
 * @param notebook the notebook's file name without `.ipynb`
 * @throws ClaimsError naming each claim that fails or is unresolved
 * @throws RangeError for an empty table, more than 100 claims, two claims with one id, a name that cannot be a file's
 */
export function showClaims(notebook: string, claims: readonly Claim[]): void {
  if (typeof notebook !== "string" || !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(notebook)) {
    throw new RangeError(
      `"${notebook}" cannot name a notebook; give its file name without .ipynb, as in 01-curvature.`,
    );
  }
  requireTable(claims);
  const verdicts = judgeTable(claims.map((claim) => claim.evidence));
  const judged = claims.map((claim, index): JudgedClaim => ({ claim, verdict: verdicts[index] }));
  const red = judged.filter(({ verdict }) => verdict !== "holds");
  const heading = `${claims.length - red.length} of ${claims.length} claims hold`;
  display({
    [claimsMimeType]: { claims: storedClaimRecords(notebook, judged) },
    "text/html": claimsHtml(heading, judged),
    "text/plain": claimsText(heading, judged),
  });
  const text = `${JSON.stringify({ claims: claimRecords(notebook, judged) }, null, 2)}\n`;
  writeOutput("FATHOM_CLAIMS", "claims", `${notebook}.json`, text);
  recordEvidence("claims", judged);
  if (red.length > 0) throw new ClaimsError(`${notebook}: ${heading}.\n${claimsText("", red).trimStart()}`, idsOf(red));
}

/**
 * Shows that claims can fail: the same claims, measured under an assumption that was broken on purpose (in the
 * experiment's inputs or code, never in the claim). Judged at 5·10⁻⁵/100, the strictest level that a claim of the largest table can
 * meet, so what turns red here would turn red in any table. An effect fails where it is not shown.
 * @throws ClaimsError naming each claim that did not fail ("unresolved" is no failure)
 * @throws RangeError for no claims, or two with one id
 */
export function breakIt(claims: Claim | readonly Claim[]): void {
  const list: readonly Claim[] = Array.isArray(claims) ? (claims as readonly Claim[]) : [claims as Claim];
  requireTable(list);
  const judged = list.map((claim): JudgedClaim => ({ claim, verdict: judgeWorstCase(claim.evidence) }));
  const unbroken = judged.filter(({ verdict }) => verdict !== "fails");
  const failing = `${list.length - unbroken.length} of ${list.length} ${list.length === 1 ? "claim fails" : "claims fail"}`;
  const heading = `Broken on purpose: ${failing}, ${unbroken.length === 0 ? "as it should be" : "and every one should"}`;
  display({ "text/html": claimsHtml(heading, judged, false), "text/plain": claimsText(heading, judged) });
  recordEvidence("violations", judged);
  if (unbroken.length > 0) {
    const words: Record<Verdict, string> = { holds: "still holds", unresolved: "is unresolved", fails: "fails" };
    const survivors = unbroken.map(({ claim, verdict }) => `${claim.id} ${words[verdict]}`).join(", ");
    throw new ClaimsError(
      `A claim survived what should break it: ${survivors}.\n${claimsText("", unbroken).trimStart()}`,
      idsOf(unbroken),
    );
  }
}

function requireTable(claims: readonly Claim[]): void {
  if (claims.length === 0) throw new RangeError("There are no claims to judge.");
  if (claims.length > largestTable) {
    throw new RangeError(
      `A table holds at most ${largestTable} claims, not ${claims.length}: their levels are chosen for that many.`,
    );
  }
  const ids = claims.map((claim) => claim.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new RangeError(`Two claims of one table are called ${twice}; give each an id of its own.`);
}

function idsOf(judged: readonly JudgedClaim[]): string[] {
  return judged.map(({ claim }) => claim.id);
}
