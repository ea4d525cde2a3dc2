import type { Claim } from "./claim";
import { formatDecimals, formatSignificant, roundTo } from "./digits";
import { escapeHtml } from "./html";
import type { Verdict } from "./verdict";

/** A claim as it was judged in its table. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly verdict: Verdict;
}

/** The MIME type under which a stored notebook keeps its claims as data. */
export const claimsMimeType = "application/vnd.fathom.claims+json";

const verdictWords: Record<Verdict, string> = { holds: "✓ holds", fails: "✗ fails", unresolved: "? unresolved" };
const verdictColors: Record<Verdict, string> = { holds: "#00795a", fails: "#c4420a", unresolved: "#7a5c00" };
// JupyterLab centres cells and aligns them right; borders and padding can be said once, for the row and the table.
const cell = "text-align:left;vertical-align:top;";
const row = `<tr style="background:#ffffff;border-top:1px solid #d5d9de;">`;

/** A claim's numbers as a reader sees them, with the digits that they warrant. */
export function claimNumbers(claim: Claim): { predicted: string; measured: string; deviation: string } {
  const { predicted, measured, standardError, decimals, relation, pValue } = claim;
  const show = (value: number | string): string => {
    if (typeof value === "string") return value;
    return decimals === null ? formatSignificant(value, 6) : formatDecimals(value, decimals);
  };
  const prefix = relation === "=" || relation === "" ? "" : `${relation} `;
  const p = pValue === null ? "" : `p = ${formatSignificant(pValue, 2)}`;
  if (standardError === null || decimals === null || typeof predicted === "string" || typeof measured === "string") {
    return { predicted: prefix + show(predicted), measured: show(measured), deviation: p };
  }
  const z = (measured - predicted) / standardError;
  const deviation = `${formatSignificant(Math.abs(z), 2)} standard errors`;
  if (relation !== "=") {
    // A bound is chosen, not measured: it keeps its own digits.
    const side = z < 0 ? "below" : "above";
    return {
      predicted: prefix + formatSignificant(predicted, 6),
      measured: `${show(measured)} ± ${show(standardError)}`,
      deviation: `${deviation} ${side} the bound`,
    };
  }
  return {
    predicted: show(predicted),
    measured: `${show(measured)} ± ${show(standardError)}`,
    deviation: `${z < 0 ? "−" : "+"}${deviation}, ${p}`,
  };
}

/**
 * The table as HTML with inline styles, on a card of its own.
 * @param told false leaves out rule and source, for claims that the notebook's own table has told in full
 */
export function claimsHtml(heading: string, judged: readonly JudgedClaim[], told: boolean = true): string {
  const head = ["Verdict", "Claim", "Predicted", "Measured", ...(told ? ["Rule", "Source"] : [])]
    .map((name) => `<th scope="col" style="${cell}">${name}</th>`)
    .join("");
  const rows = judged.map(({ claim, verdict }) => {
    const { predicted, measured, deviation } = claimNumbers(claim);
    const small = (text: string): string => (text === "" ? "" : `<br><small>${escapeHtml(text)}</small>`);
    const mark = `${cell}white-space:nowrap;font-weight:600;color:${verdictColors[verdict]};`;
    return [
      `${row}<td style="${mark}">${verdictWords[verdict]}</td>`,
      `<td style="${cell}">${escapeHtml(claim.statement)}<br><small><code>${escapeHtml(claim.id)}</code></small></td>`,
      `<td style="${cell}">${escapeHtml(predicted)}</td>`,
      `<td style="${cell}">${escapeHtml(measured)}${small(deviation)}</td>`,
      ...(told ? [claim.rule, claim.source].map((text) => `<td style="${cell}">${escapeHtml(text)}</td>`) : []),
      "</tr>",
    ].join("");
  });
  return [
    `<div style="background:#ffffff;color:#1c2024;padding:12px 14px;border-radius:6px;overflow-x:auto;font-size:13px;line-height:1.4;">`,
    `<table cellpadding="7" style="border-collapse:collapse;table-layout:auto;width:100%;margin:0;color:#1c2024;font-size:13px;font-variant-numeric:tabular-nums;">`,
    `<caption style="caption-side:top;text-align:left;font-weight:600;padding:0 7px 8px;color:#1c2024;">${escapeHtml(heading)}</caption>`,
    `<thead><tr style="background:#ffffff;">${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`,
  ].join("\n");
}

/** The table as plain text: a line for each claim. */
export function claimsText(heading: string, judged: readonly JudgedClaim[]): string {
  const lines = judged.map(({ claim, verdict }) => {
    const { predicted, measured, deviation } = claimNumbers(claim);
    const note = deviation === "" ? "" : ` (${deviation})`;
    return `${verdictWords[verdict]}  ${claim.id}: ${claim.statement} Predicted ${predicted}, measured ${measured}${note}. ${claim.rule}. ${claim.source}.`;
  });
  return [heading, ...lines].join("\n");
}

/** One claim of `claims.json`. */
export interface ClaimRecord {
  notebook: string;
  id: string;
  statement: string;
  source: string;
  predicted: number | string;
  measured: number | string;
  standardError: number | null;
  rule: string;
  verdict: Verdict;
  /** What the standard error takes as given; absent where nothing is. */
  conditionalOn?: string;
}

/** The claims as they are written to a file: every digit. */
export function claimRecords(notebook: string, judged: readonly JudgedClaim[]): ClaimRecord[] {
  return judged.map(({ claim, verdict }) => {
    const { id, statement, source, predicted, measured, standardError, rule, conditionalOn } = claim;
    const record = { notebook, id, statement, source, predicted, measured, standardError, rule, verdict };
    return conditionalOn === undefined ? record : { ...record, conditionalOn };
  });
}

/** The claims as a stored notebook keeps them: the digits that the table shows, and how many those are. */
export function storedClaimRecords(
  notebook: string,
  judged: readonly JudgedClaim[],
): (ClaimRecord & { decimals: number | null })[] {
  return claimRecords(notebook, judged).map((record, index) => {
    const { decimals, relation } = judged[index].claim;
    const round = (value: number | string): number | string => {
      if (typeof value === "string" || decimals === null)
        return typeof value === "string" ? value : Number(value.toPrecision(6));
      return roundTo(value, decimals);
    };
    return {
      ...record,
      predicted: relation === "=" ? round(record.predicted) : record.predicted,
      measured: round(record.measured),
      standardError: record.standardError === null ? null : Number(record.standardError.toPrecision(2)),
      decimals,
    };
  });
}
