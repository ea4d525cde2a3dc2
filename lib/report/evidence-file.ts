import { appendFileSync } from "node:fs";
import type { JudgedClaim } from "./claims-table";

/**
 * Adds a table's evidence to the file `FATHOM_EVIDENCE`, a line of JSON for each table; without the variable nothing is
 * written. Claims broken on purpose go there too, so that it can be counted how often they are detected.
 * @param table "claims" of `showClaims`, "violations" of `breakIt`
 * @throws Error when the file cannot be written
 */
export function recordEvidence(table: "claims" | "violations", judged: readonly JudgedClaim[]): void {
  const file = process.env.FATHOM_EVIDENCE ?? "";
  if (file === "") return;
  const claims = judged.map(({ claim, verdict }) => {
    const { id, relation, predicted, measured, standardError, degreesOfFreedom, evidence } = claim;
    return { id, verdict, relation, predicted, measured, standardError, degreesOfFreedom, evidence };
  });
  appendFileSync(file, `${JSON.stringify({ table, claims })}\n`);
}
