import { existsSync } from "node:fs";
import { codeDigest } from "./code-digest";

/**
 * A named function from a record of parameters to rows. Its results are stored under its name, the code it imports, its
 * parameters, the engine and the checksums of its data, so it must depend on nothing else: no clock, no environment,
 * randomness only from keys made of its parameters.
 */
export interface Experiment<P extends object, Row extends object> {
  readonly name: string;
  readonly source: string;
  readonly data: readonly string[];
  /** sha256 of the code as it was when the experiment was defined. */
  readonly code: string;
  /** Computes one cell, without the store, and reports how much of it is done: from 0 to 1. */
  run(parameters: P, report: (fraction: number) => void): Promise<Row[]>;
}

/** What `defineExperiment` is given. */
export interface ExperimentDefinition<P extends object, Row extends object> {
  /** Lower-case words joined by hyphens; names the folder in the store. */
  name: string;
  /** `__filename` of the file that defines the experiment: its imports are the code that the store's key covers. */
  source: string;
  /** Checksums of the data files that it reads. */
  data?: readonly string[];
  /**
   * Runs one cell. `report` takes the fraction done, 0 to 1. Parameters and rows are plain JSON records with finite
   * numbers; null stands for a value that does not exist.
   */
  run(parameters: P, report: (fraction: number) => void): Promise<Row[]>;
}

/**
 * Defines an experiment.
 * @throws RangeError for a name that is not lower-case words joined by hyphens
 * @throws Error when the source file does not exist
 */
export function defineExperiment<P extends object, Row extends object>(
  definition: ExperimentDefinition<P, Row>,
): Experiment<P, Row> {
  const { name, data = [] } = definition;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new RangeError(
      `"${name}" cannot name an experiment; use lower-case words joined by hyphens, as in curve-length.`,
    );
  }
  const source = writtenSource(definition.source);
  const code = codeDigest(source);
  return Object.freeze({
    name,
    source,
    data: Object.freeze([...data]),
    code,
    run: (parameters: P, report: (fraction: number) => void) => definition.run(parameters, report),
  });
}

/** The file as it was written: in a module beside a notebook `__filename` ends in .js, as the kernel's compiler names it. */
function writtenSource(source: string): string {
  const typed = source.replace(/\.js$/, ".ts");
  return !existsSync(source) && existsSync(typed) ? typed : source;
}
