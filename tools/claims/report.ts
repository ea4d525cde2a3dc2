import { familyAlpha } from "../../lib/report/verdict";
import { holm } from "../../lib/theory/statistics";
import { type ClaimReport, claimReport, type LawTest } from "./claim-laws";
import { type ViolationReport, violationReport } from "./detection";
import type { Observed, Run } from "./record";
import { binomialTail } from "./law-tests";
import { withoutRepeats } from "./repeats";

/**
 * The chance at which a report is red where everything is as stated: half of it goes to the laws and the detection of
 * violations, half to the number of red runs, by Holm's procedure over all notebooks in each half.
 */
export const reportAlpha = 1e-3;

export interface NotebookReport {
  readonly notebook: string;
  readonly runs: number;
  /** Runs that were not green: a claim failed or was unresolved. */
  readonly redRuns: number;
  /** Of so many red runs or more, at the chance of a table's false alarm in each. */
  readonly redPValue: number;
  readonly claims: readonly ClaimReport[];
  readonly violations: readonly ViolationReport[];
}

/** Something that is not as the claims state it. */
export interface Objection {
  readonly notebook: string;
  /** A claim's or a violation's; null for the notebook as a whole. */
  readonly id: string | null;
  readonly what: string;
  /** By Holm's procedure; null where it is no test. */
  readonly adjusted: number | null;
}

export interface Report {
  readonly notebooks: readonly NotebookReport[];
  /** Laws that were tested. */
  readonly laws: number;
  readonly objections: readonly Objection[];
}

/** What runs of notebooks say about their claims; notebooks without runs are left out. */
export function reportOf(runs: readonly (readonly Run[])[]): Report {
  const notebooks = runs.filter((ofOne) => ofOne.length > 0).map(notebookReport);
  const tests = notebooks.flatMap(testsOf);
  const lawObjections = rejectedOf(
    tests.map(({ test, ...where }) => ({ ...where, what: test.law, pValue: test.pValue })),
  );
  const alarms = notebooks.map(({ notebook, redRuns, runs: count, redPValue }) => {
    return { notebook, id: null, what: `${redRuns} of ${count} runs were not green`, pValue: redPValue };
  });
  const weak = notebooks.flatMap(({ notebook, violations }) =>
    violations
      .filter(({ enough }) => enough === false)
      .map(({ id, computed }): Objection => {
        return { notebook, id, what: `detected with a computed chance of ${computed?.toFixed(4)}`, adjusted: null };
      }),
  );
  return { notebooks, laws: tests.length, objections: [...lawObjections, ...rejectedOf(alarms), ...weak] };
}

function notebookReport(runs: readonly Run[]): NotebookReport {
  const claims = runs.map((run) =>
    run.tables.filter(({ table }) => table === "claims").flatMap((table) => table.claims),
  );
  const violations = runs.map((run) =>
    numbered(run.tables.filter(({ table }) => table === "violations").map((one) => one.claims)),
  );
  const keys = runs.map((run) => run.keys);
  const drawn = withoutRepeats(keys, claims);
  const redRuns = drawn.filter(
    (table, run) => claims[run].length === 0 || table.some(({ verdict }) => verdict !== "holds"),
  ).length;
  return {
    notebook: runs[0].notebook,
    runs: runs.length,
    redRuns,
    redPValue: binomialTail(redRuns, runs.length, familyAlpha),
    claims: byId(drawn).map(([id, observed]) => claimReport(id, observed)),
    violations: byId(withoutRepeats(keys, violations)).map(([id, observed]) => violationReport(id, observed)),
  };
}

/** A claim may be broken in several ways: its second and further ones get a number. */
function numbered(tables: readonly (readonly Observed[])[]): Observed[] {
  const seen = new Map<string, number>();
  return tables.flat().map((observed) => {
    const times = (seen.get(observed.id) ?? 0) + 1;
    seen.set(observed.id, times);
    return times === 1 ? observed : { ...observed, id: `${observed.id} (${times})` };
  });
}

function byId(tables: readonly (readonly Observed[])[]): [string, Observed[]][] {
  const found = new Map<string, Observed[]>();
  for (const observed of tables.flat()) found.set(observed.id, [...(found.get(observed.id) ?? []), observed]);
  return [...found];
}

function testsOf({ notebook, claims, violations }: NotebookReport): { notebook: string; id: string; test: LawTest }[] {
  return [...claims, ...violations].flatMap(({ id, tests }) => tests.map((test) => ({ notebook, id, test })));
}

function rejectedOf(tests: readonly (Omit<Objection, "adjusted"> & { readonly pValue: number })[]): Objection[] {
  const adjusted = tests.length === 0 ? [] : holm(tests.map(({ pValue }) => pValue));
  return tests
    .map(({ pValue: _pValue, ...told }, index): Objection & { adjusted: number } => ({
      ...told,
      adjusted: adjusted[index],
    }))
    .filter((objection) => objection.adjusted <= reportAlpha / 2);
}
