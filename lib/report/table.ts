import { display } from "./display";
import { formatSignificant } from "./digits";
import { escapeHtml } from "./html";

/** What a cell of a table holds. */
export type TableValue = number | string | boolean | null | undefined;

/** A danfo DataFrame, as far as a table needs it. */
export interface Frame {
  readonly columns: readonly string[];
  readonly values: unknown;
}

/** How a table looks. */
export interface TableOptions {
  /** A line above the table. */
  caption?: string;
  /** Columns to show, in order; all of them where not given. */
  columns?: readonly string[];
  /** What a reader sees above a column instead of its name. */
  headings?: Readonly<Record<string, string>>;
  /** Significant digits of numbers that are no integers; 4 where not given. */
  digits?: number;
  /** Rows shown before the rest is only counted; 40 where not given. */
  limit?: number;
}

/** Shows rows, or a danfo DataFrame, as an HTML table with formatted numbers. Outside a notebook it does nothing. */
export function table(rows: Frame | readonly object[], options: TableOptions = {}): void {
  display(tableBundle(rows, options));
}

/**
 * The table as HTML and as plain text.
 * @throws RangeError for a column that no row has, digits that are no whole number from 1 to 21, a limit that is none from 1
 */
export function tableBundle(
  rows: Frame | readonly object[],
  options: TableOptions = {},
): { "text/html": string; "text/plain": string } {
  const { caption, headings = {}, digits = 4, limit = 40 } = options;
  if (!Number.isInteger(digits) || digits < 1 || digits > 21) {
    throw new RangeError(`A table shows 1 to 21 significant digits; given digits: ${digits}.`);
  }
  if (!(limit === Infinity || Number.isSafeInteger(limit)) || limit < 1) {
    throw new RangeError(`A table shows a whole number of rows, at least 1; given limit: ${limit}.`);
  }
  const grid = gridOf(rows, options.columns);
  const shown = grid.rows.slice(0, limit).map((row) => row.map((value) => formatValue(value, digits)));
  const numeric = grid.names.map((_, column) => grid.rows.every((row) => typeof row[column] !== "string"));
  const names = grid.names.map((name) => headings[name] ?? name);
  const rest = grid.rows.length > limit ? `… and ${grid.rows.length - limit} more rows` : "";

  const style = (column: number): string =>
    `padding:4px 12px;text-align:${numeric[column] ? "right" : "left"};border-bottom:1px solid #e2e5e9;font-variant-numeric:tabular-nums;`;
  const head = names
    .map((name, column) => `<th scope="col" style="${style(column)}">${escapeHtml(name)}</th>`)
    .join("");
  const body = shown
    .map((row) => row.map((text, column) => `<td style="${style(column)}">${escapeHtml(text)}</td>`).join(""))
    .map((cells) => `<tr style="background:#ffffff;">${cells}</tr>`)
    .join("\n");
  const title =
    caption === undefined
      ? ""
      : `<caption style="caption-side:top;text-align:left;font-weight:600;padding:0 12px 6px;color:#1c2024;">${escapeHtml(caption)}</caption>`;
  const more = rest === "" ? "" : `<p style="margin:6px 12px 0;">${rest}</p>`;
  const html = [
    `<div style="display:inline-block;max-width:100%;overflow-x:auto;background:#ffffff;color:#1c2024;padding:10px 8px;border-radius:6px;font-size:13px;">`,
    `<table style="border-collapse:collapse;table-layout:auto;margin:0;color:#1c2024;font-size:13px;">${title}<thead><tr style="background:#ffffff;">${head}</tr></thead><tbody>`,
    `${body}</tbody></table>${more}</div>`,
  ].join("\n");

  const widths = names.map((name, column) => Math.max(name.length, ...shown.map((row) => row[column].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, column) => (numeric[column] ? text.padStart(widths[column]) : text.padEnd(widths[column])))
      .join("  ")
      .trimEnd();
  const text = [
    ...(caption === undefined ? [] : [caption]),
    line(names),
    ...shown.map(line),
    ...(rest === "" ? [] : [rest]),
  ];
  return { "text/html": html, "text/plain": text.join("\n") };
}

function gridOf(
  rows: Frame | readonly object[],
  asked: readonly string[] | undefined,
): { names: string[]; rows: TableValue[][] } {
  const frame = "columns" in rows && "values" in rows && !Array.isArray(rows);
  const records = frame ? [] : (rows as readonly Record<string, TableValue>[]);
  const known = frame ? [...rows.columns] : [...new Set(records.flatMap((row) => Object.keys(row)))];
  const names = [...(asked ?? known)];
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined)
    throw new RangeError(`There is no column ${missing}; the columns are ${known.join(", ")}.`);
  if (!frame) return { names, rows: records.map((row) => names.map((name) => row[name])) };
  const places = names.map((name) => known.indexOf(name));
  return { names, rows: (rows.values as TableValue[][]).map((row) => places.map((place) => row[place])) };
}

function formatValue(value: TableValue, digits: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e15)
    return String(value).replace("-", "−");
  return typeof value === "number" ? formatSignificant(value, digits) : String(value);
}
