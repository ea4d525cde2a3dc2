import { parse, unparse } from "papaparse";

/** Reads comma-separated values (RFC 4180; semicolons too, as some spreadsheets write them); empty lines are left out. */
export function parseCsv(text: string): string[][] {
  const lines = text.replaceAll("\r\n", "\n");
  return parse<string[]>(lines, { newline: "\n", skipEmptyLines: "greedy", delimitersToGuess: [",", ";"] }).data;
}

/** Writes comma-separated values. Text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function formatCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const rounded = rows.map((row) =>
    row.map((value) => (typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value)),
  );
  return `${unparse(rounded, { escapeFormulae: true })}\r\n`;
}
