import { parsedOptions } from "../command-line/parsed-options";
import { UsageError } from "../command-line/usage-error";
import { wholeNumber } from "../command-line/whole-number";

export interface ClaimsOptions {
  /** Names or beginnings of names; empty: every notebook. */
  readonly names: readonly string[];
  /** Families of keys for each notebook; null: as many as `runsByDefault` says. */
  readonly seeds: number | null;
  /** The first of these families of keys. */
  readonly first: number;
  /** After so many minutes no run goes on; null: no limit. */
  readonly minutes: number | null;
  /** Runs side by side. */
  readonly jobs: number;
  /** Report what is kept, run nothing. */
  readonly report: boolean;
  readonly json: boolean;
  readonly notebooks: string;
  /** The folder that keeps the runs. */
  readonly records: string;
}

/** Runs under fresh keys; fewer where almost all the time goes into training. usage.txt states them. */
export function runsByDefault(notebook: string): number {
  return notebook === "04-mimic" ? 20 : 200;
}

/** Reads the command line. @throws UsageError for an unknown option, or a number that is none */
export function readOptions(arguments_: readonly string[]): ClaimsOptions {
  const { values, positionals } = parsedOptions(arguments_, {
    seeds: { type: "string" },
    first: { type: "string" },
    minutes: { type: "string" },
    jobs: { type: "string" },
    report: { type: "boolean" },
    json: { type: "boolean" },
    notebooks: { type: "string" },
    records: { type: "string" },
  });
  if (values.report === true && values.minutes !== undefined) {
    throw new UsageError("--report runs nothing, so it takes no --minutes.");
  }
  return {
    names: positionals,
    seeds: wholeNumber("--seeds", values.seeds, 1, 1_000_000) ?? null,
    first: wholeNumber("--first", values.first, 1, 1_000_000_000) ?? 1,
    minutes: positive("--minutes", values.minutes),
    jobs: wholeNumber("--jobs", values.jobs, 1) ?? 1,
    report: values.report === true,
    json: values.json === true,
    notebooks: values.notebooks ?? "notebooks",
    records: values.records ?? ".cache/claims",
  };
}

function positive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`${name} is "${text}"; it must be a number above zero.`);
}
