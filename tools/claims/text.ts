import { plural } from "../run/text";
import type { ClaimReport } from "./claim-laws";
import type { ViolationReport } from "./detection";
import { type NotebookReport, type Report, reportAlpha } from "./report";

/** The report for people: a table of claims and one of violations for each notebook, and what is wrong. */
export function reportText(report: Report): string {
  const parts = report.notebooks.flatMap((notebook) => [heading(notebook), ...tables(notebook)]);
  return `${[...parts, conclusion(report)].join("\n\n")}\n`;
}

function heading({ notebook, runs, redRuns }: NotebookReport): string {
  const red = redRuns === 0 ? "all green" : `${redRuns} not green`;
  return `${notebook}: ${plural(runs, "run")} under fresh keys, ${red}`;
}

function tables({ claims, violations }: NotebookReport): string[] {
  const ofClaims = [
    ["claim", "holds", "mean score", "spread", "least p of its laws"],
    ...claims.map((claim) => [
      claim.id,
      `${claim.holds} of ${claim.runs}${verdicts(claim)}`,
      claim.scores === null ? "" : signed(claim.scores.mean),
      claim.scores === null ? "" : claim.scores.spread.toFixed(2),
      leastLaw(claim),
    ]),
  ];
  const ofViolations = [
    ["broken on purpose", "detected", "at least, by the count", "computed"],
    ...violations.map((violation) => [
      violation.id,
      `${violation.detected} of ${violation.runs}`,
      violation.counted.toFixed(3),
      chance(violation),
    ]),
  ];
  return [aligned(ofClaims), ...(violations.length === 0 ? [] : [aligned(ofViolations)])];
}

function verdicts({ fails, unresolved }: ClaimReport): string {
  const others = [fails > 0 ? `${fails} failed` : "", unresolved > 0 ? `${unresolved} unresolved` : ""];
  const told = others.filter((text) => text !== "").join(", ");
  return told === "" ? "" : ` (${told})`;
}

function leastLaw({ tests, random }: ClaimReport): string {
  if (!random) return "the same under all keys";
  if (tests.length === 0) return "";
  const least = tests.reduce((one, other) => (other.pValue < one.pValue ? other : one));
  return `${short(least.pValue)} (${least.law})`;
}

function chance({ computed, enough }: ViolationReport): string {
  if (computed === null) return "";
  const text = computed > 1 - 1e-6 ? "1 − 10⁻⁶ or more" : computed.toFixed(computed > 0.999 ? 6 : 4);
  return enough === null ? `${text}, undecided` : text;
}

function conclusion({ notebooks, laws, objections }: Report): string {
  if (notebooks.length === 0) return "No run is kept: there is nothing to judge.";
  if (objections.length === 0) {
    return `Nothing is rejected: ${plural(laws, "test")} of laws and detections and the number of red runs, at ${reportAlpha} in all.`;
  }
  const lines = objections.map(({ notebook, id, what, adjusted }) => {
    const p = adjusted === null ? "" : `, p = ${short(adjusted)} after Holm`;
    return `✗ ${notebook}${id === null ? "" : `, ${id}`}: ${what}${p}`;
  });
  return [`${plural(objections.length, "thing")} not as stated:`, ...lines].join("\n");
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function short(pValue: number): string {
  return pValue < 1e-3 ? pValue.toExponential(1) : pValue.toFixed(3);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
