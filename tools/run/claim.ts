import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Verdict = "holds" | "fails" | "unresolved";

/** One claim as claims.json carries it. */
export interface ClaimRecord {
  readonly notebook: string;
  readonly id: string;
  readonly statement: string;
  readonly source: string;
  readonly predicted: number | string;
  readonly measured: number | string;
  /** In the units of `measured`; null for what is not a random sample. */
  readonly standardError: number | null;
  readonly rule: string;
  readonly verdict: Verdict;
  /** What the standard error takes as given, though it is drawn anew where rounding differs; absent where nothing is. */
  readonly conditionalOn?: string;
}

const verdicts: readonly unknown[] = ["holds", "fails", "unresolved"];

/**
 * The claims that a notebook wrote to its folder (FATHOM_CLAIMS), under the name of the notebook that was run.
 *
 * @throws Error if a file is no such record; a folder without files is an empty list
 */
export function readClaims(folder: string, notebook: string): ClaimRecord[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().flatMap((file) => {
    const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as { claims?: unknown };
    if (!Array.isArray(content.claims)) throw new Error(`${file} holds no list of claims.`);
    return content.claims.map((claim: unknown) => checkedClaim(claim, notebook, file));
  });
}

/**
 * A claim's record with the fields that claims.json carries.
 *
 * @param place where it was found, for the error's message
 * @throws Error naming the field that is missing or of another kind
 */
export function checkedClaim(claim: unknown, notebook: string, place: string): ClaimRecord {
  const given = (claim ?? {}) as Record<string, unknown>;
  const text = (name: string): string => {
    const value = given[name];
    if (typeof value !== "string" || value === "") throw malformed(place, name, value);
    return value;
  };
  const value = (name: string): number | string => {
    const found = given[name];
    if (typeof found !== "number" && typeof found !== "string") throw malformed(place, name, found);
    return found;
  };
  const standardError = given["standardError"];
  if (standardError !== null && typeof standardError !== "number")
    throw malformed(place, "standardError", standardError);
  if (!verdicts.includes(given["verdict"])) throw malformed(place, "verdict", given["verdict"]);
  const conditionalOn = given["conditionalOn"] === undefined ? {} : { conditionalOn: text("conditionalOn") };
  return {
    notebook,
    id: text("id"),
    statement: text("statement"),
    source: text("source"),
    predicted: value("predicted"),
    measured: value("measured"),
    standardError,
    rule: text("rule"),
    verdict: given["verdict"] as Verdict,
    ...conditionalOn,
  };
}

function malformed(place: string, field: string, value: unknown): Error {
  return new Error(`${place}: a claim's ${field} is ${JSON.stringify(value) ?? "missing"}.`);
}
