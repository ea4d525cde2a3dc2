import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence, Verdict } from "../../lib/report/verdict";

/** One claim as it came out under one family of keys. */
export interface Observed {
  readonly id: string;
  readonly verdict: Verdict;
  readonly relation: "=" | ">" | "<" | "≤" | "";
  readonly predicted: number | string;
  readonly measured: number | string;
  readonly standardError: number | null;
  /** Of Student's t; null for the normal law. */
  readonly degreesOfFreedom: number | null;
  readonly evidence: Evidence;
}

/** One table of claims, or one of claims broken on purpose. */
export interface ObservedTable {
  readonly table: "claims" | "violations";
  readonly claims: readonly Observed[];
}

/** One run of a notebook under fresh keys. */
export interface Run {
  readonly notebook: string;
  /** FATHOM_FRESH_KEYS. */
  readonly keys: number;
  readonly seconds: number;
  readonly tables: readonly ObservedTable[];
  /** What stopped it, or failed in it, other than claims that do not hold; null for nothing. */
  readonly failure: string | null;
}

/** The file that keeps a run of a notebook, whose digest names the code that it ran. */
export function recordFile(records: string, notebook: string, digest: string, keys: number): string {
  return join(records, notebook, digest.slice(0, 12), `${keys}.json`);
}

/** A run that was kept; undefined where there is none, or none that can be read. */
export function readRecord(file: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Run;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The tables that a notebook wrote to FATHOM_EVIDENCE; none where there is no file. */
export function readEvidence(file: string): ObservedTable[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ObservedTable);
}
