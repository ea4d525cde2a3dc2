import { dirname, join } from "node:path";
import type { Notebook } from "../run/selection";
import { clock, plural } from "../run/text";
import { writeAtomically } from "../run/write-atomically";
import { Progress } from "../setup/progress.mjs";
import { observe } from "./observe";
import { readRecord, recordFile, type Run } from "./record";
import { keepTrained, lendTrained } from "./trained-nets";

/** A notebook that is to be run under `runs` families of keys, from `first` on. */
export interface Wanted {
  readonly notebook: Notebook;
  /** Of the code that its runs depend on. */
  readonly digest: string;
  readonly runs: number;
  readonly first: number;
}

export interface HarvestSettings {
  readonly variables: NodeJS.ProcessEnv;
  readonly records: string;
  readonly jobs: number;
  /** Seconds for one run. */
  readonly timeout: number;
  /** Aborted by an interruption, or when the time is over: runs are stopped, and go on next time. */
  readonly signal: AbortSignal;
}

/** The runs of a notebook that are kept, by family of keys. */
export function keptRuns(wanted: Wanted, records: string): Run[] {
  return familiesOf(wanted)
    .map((keys) => readRecord(recordFile(records, wanted.notebook.name, wanted.digest, keys)))
    .filter((run) => run !== undefined);
}

function familiesOf({ runs, first }: Wanted): number[] {
  return Array.from({ length: runs }, (_, index) => first + index);
}

/**
 * Runs what is not kept yet: every notebook under the first keys before any under the next ones, so that whenever it stops
 * all have about as many runs. A whole run is kept in a file of its own.
 * @returns the runs that failed, none of which is kept; a notebook is not run again after one
 */
export async function harvest(wanted: readonly Wanted[], settings: HarvestSettings): Promise<Run[]> {
  const waiting = wanted.flatMap((one) => missingKeys(one, settings.records).map((keys) => ({ ...one, keys })));
  waiting.sort((one, other) => one.keys - other.keys);
  const failed: Run[] = [];
  const progress = new Progress();
  const started = Date.now();
  let done = 0;
  const next = (): (typeof waiting)[number] | undefined => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const name = one.notebook.name;
      if (!failed.some(({ notebook }) => notebook === name)) return one;
    }
    return undefined;
  };
  const worker = async (): Promise<void> => {
    for (let one = next(); one !== undefined && !settings.signal.aborted; one = next()) {
      const step = `${one.notebook.name}, keys ${one.keys}`;
      const left =
        done === 0 ? "" : `, about ${clock(((Date.now() - started) / done / 1000) * (waiting.length + 1))} left`;
      progress.begin(step, `${plural(waiting.length + 1, "run")} to go${left}`);
      const run = await kept(one, settings);
      if (run === undefined) return;
      done++;
      if (run.failure !== null) failed.push(run);
      progress.done(step, run.failure === null ? verdictsOf(run) : `failed at ${run.failure.split("\n")[0]}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: settings.jobs }, worker));
  } finally {
    progress.close();
  }
  return failed;
}

function missingKeys(wanted: Wanted, records: string): number[] {
  const { notebook, digest } = wanted;
  return familiesOf(wanted).filter(
    (keys) => readRecord(recordFile(records, notebook.name, digest, keys)) === undefined,
  );
}

async function kept(
  { notebook, digest, keys }: Wanted & { readonly keys: number },
  { variables, records, timeout, signal }: HarvestSettings,
): Promise<Run | undefined> {
  const file = recordFile(records, notebook.name, digest, keys);
  const store = join(dirname(file), "store");
  lendTrained(store, keys);
  const run = await observe(notebook, keys, { variables, store, timeout, signal });
  if (run === undefined || run.failure !== null) return run;
  writeAtomically(file, `${JSON.stringify(run)}\n`);
  keepTrained(store, keys);
  return run;
}

function verdictsOf(run: Run): string {
  const of = (table: string): string[] =>
    run.tables.filter((one) => one.table === table).flatMap(({ claims }) => claims.map(({ verdict }) => verdict));
  const [claims, violations] = [of("claims"), of("violations")];
  const holding = `${claims.filter((verdict) => verdict === "holds").length} of ${plural(claims.length, "claim")} hold`;
  const failing = `${violations.filter((verdict) => verdict === "fails").length} of ${violations.length} broken ones fail`;
  return violations.length === 0 ? holding : `${holding}, ${failing}`;
}
