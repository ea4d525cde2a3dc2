import { openEngine } from "../engine";
import type { Experiment } from "./experiment";
import { requirePlainJson, type Json } from "./json";
import { writeManifest } from "./manifest";
import { PlannedCellsError, planCells, planFile } from "./plan";
import type { Progress } from "./progress";
import { cellKey, type CellIdentity, experimentFolder, readCell, writeCell, writeFailure } from "./store";
import { type FailedCell, SweepError } from "./sweep-error";
import { removeAbandoned } from "./whole-file";

/** How a sweep reports. */
export interface SweepOptions<P> {
  progress?: Progress;
  /** What a cell costs, in any unit, for the time left; all cells alike where it is not given. Finite, above zero. */
  cost?: (parameters: P) => number;
  /**
   * True where other processes compute other cells at the same time, thousands of them: what goes through all files of the
   * experiment, writing `manifest.csv` and removing what killed processes left, is left to a sweep of the whole.
   */
  part?: boolean;
}

/**
 * One cell of an experiment, from the store when it is there, else computed and stored. It opens the engine. Rows come
 * back as the JSON that is stored, so a first and a second run give the same values.
 * @throws TypeError when parameters or rows are not plain JSON, naming the experiment and the field
 * @throws what the experiment throws; the store then records the error, and the next run computes the cell again
 */
export async function runExperiment<P extends object, Row extends object>(
  experiment: Experiment<P, Row>,
  parameters: P,
  options: { progress?: Progress } = {},
): Promise<Row[]> {
  const [rows] = await runCells(experiment, [parameters], options, () => undefined);
  return rows;
}

/**
 * Many cells of one experiment, in order, each stored on its own: a sweep that was interrupted goes on where it stopped. A
 * cell that fails is recorded with its error and does not stop the others. `manifest.csv` beside the cells lists them.
 * @returns the rows of each cell, in the order of `cells`
 * @throws SweepError when cells failed, after all others were computed (for a sweep of one cell: what it threw)
 * @throws TypeError when parameters are not plain JSON, RangeError for a cost that is not finite and above zero: all are
 *   checked before the first cell runs
 * @throws PlannedCellsError when cells are missing and `FATHOM_PLAN` names a file: they are written there, none is computed
 */
export async function sweep<P extends object, Row extends object>(
  experiment: Experiment<P, Row>,
  cells: readonly P[],
  options: SweepOptions<P> = {},
): Promise<Row[][]> {
  const plural = cells.length === 1 ? "cell" : "cells";
  return runCells(experiment, cells, options, (done, failed) => {
    const counted = done === cells.length ? `${cells.length} ${plural}` : `${done} of ${cells.length} ${plural}`;
    return failed === 0 ? counted : `${counted}, ${failed} failed`;
  });
}

async function runCells<P extends object, Row extends object>(
  experiment: Experiment<P, Row>,
  cells: readonly P[],
  { progress, cost = () => 1, part = false }: SweepOptions<P>,
  words: (done: number, failed: number) => string | undefined,
): Promise<Row[][]> {
  const identities = await cellIdentities(experiment, cells);
  const costs = cells.map((parameters) => positiveCost(cost(parameters), experiment.name));
  const stored = identities.map((identity) => readCell(identity, warn));
  const missing = [...cells.keys()].filter((index) => stored[index] === undefined);
  const plan = planFile();
  if (plan !== null && missing.length > 0) {
    const planned = missing.map((index) => ({
      parameters: identities[index].parameters,
      cost: costs[index],
      key: cellKey(identities[index]),
    }));
    planCells(plan, experiment, planned);
    throw new PlannedCellsError(experiment.name, missing.length, cells.length);
  }
  const totalCost = sum(missing.map((index) => costs[index]));
  const folder = experimentFolder({ experiment: experiment.name, code: experiment.code });
  const alone = totalCost > 0 && !part;
  if (alone) removeAbandoned(folder);

  const results: Row[][] = [];
  const unstored = new Unstored(experiment.name);
  const failures: FailedCell[] = [];
  let spent = 0;
  const report = (fraction: number): void => {
    const done = results.length - failures.length;
    progress?.update(totalCost === 0 ? 1 : Math.min(1, (spent + fraction) / totalCost), words(done, failures.length));
  };
  report(0);
  for (const [index, parameters] of cells.entries()) {
    // Another process may have stored the cell since the sweep began.
    let rows = stored[index] ?? readCell(identities[index], () => undefined);
    try {
      rows ??= await computeCell(experiment, parameters, identities[index], unstored, (f) => report(f * costs[index]));
    } catch (error) {
      failures.push({ index, parameters, error });
    }
    if (stored[index] === undefined) spent += costs[index];
    results.push((rows ?? []) as Row[]);
    report(0);
  }
  if (alone) await unstored.unless(() => writeManifest(folder));
  unstored.tell();
  progress?.done();
  if (failures.length > 0) {
    throw cells.length === 1 ? failures[0].error : new SweepError(experiment.name, cells.length, failures);
  }
  return results;
}

/** What each cell's result depends on. @throws TypeError for parameters that are not plain JSON */
async function cellIdentities<P extends object, Row extends object>(
  experiment: Experiment<P, Row>,
  cells: readonly P[],
): Promise<CellIdentity[]> {
  const { name, tensorflow, tfjs } = await openEngine();
  return cells.map((parameters, index) => {
    requirePlainJson(parameters, `parameters of ${experiment.name}${cells.length > 1 ? ` (cell ${index})` : ""}`);
    const { name: experimentName, code, data } = experiment;
    return { experiment: experimentName, code, parameters, engine: { name, tensorflow, tfjs }, data };
  });
}

async function computeCell<P extends object, Row extends object>(
  experiment: Experiment<P, Row>,
  parameters: P,
  identity: CellIdentity,
  unstored: Unstored,
  report: (fraction: number) => void,
): Promise<Json[]> {
  let rows: unknown;
  try {
    rows = await experiment.run(JSON.parse(JSON.stringify(parameters)) as P, report);
    if (!Array.isArray(rows)) {
      throw new TypeError(`${experiment.name} must return an array of rows, not ${typeof rows}.`);
    }
    requirePlainJson(rows, `rows of ${experiment.name}`);
  } catch (error) {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
    await unstored.unless(() => writeFailure(identity, { name, message }));
    throw error;
  }
  const plain = JSON.parse(JSON.stringify(rows)) as Json[];
  await unstored.unless(() => writeCell(identity, plain));
  return plain;
}

/** A store that cannot be written costs the next run time, and this one nothing: what is not stored is told, and counted. */
class Unstored {
  private count = 0;

  constructor(private readonly experiment: string) {}

  async unless(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.count++ === 0) warn(`${this.experiment} was computed but not stored (${reason}).`);
    }
  }

  tell(): void {
    if (this.count > 1) warn(`${this.count} files of ${this.experiment} could not be stored.`);
  }
}

function positiveCost(cost: number, name: string): number {
  if (Number.isFinite(cost) && cost > 0) return cost;
  throw new RangeError(`The cost of a cell of ${name} is ${cost}; give a finite number above zero.`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function warn(line: string): void {
  process.stderr.write(`store: ${line}\n`);
}
