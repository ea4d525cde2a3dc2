import { readFileSync } from "node:fs";
import { WorkflowError } from "./workflow-error";

/** What a job may use, and how much it is given to do. */
export interface Demands {
  readonly cores: number;
  /** In megabytes (10⁶ bytes). */
  readonly memory: number;
  readonly minutes: number;
  /** The cells of one job, where all cost the same. */
  readonly cells: number;
}

const names = ["cores", "memory", "minutes", "cells"] as const satisfies readonly (keyof Demands)[];

/**
 * Reads a file with `{"defaults": …, "experiments": {NAME: …}}`, the part of workflow/config.yaml that says what jobs may use.
 * @returns what the jobs of an experiment may use, by its name
 * @throws WorkflowError for a default that is missing, and for a value that is no whole number from 1
 */
export function readDemands(file: string): (experiment: string) => Demands {
  const { defaults, experiments } = JSON.parse(readFileSync(file, "utf8")) as {
    defaults: Demands;
    experiments: Readonly<Record<string, Partial<Demands>>> | null;
  };
  checked(defaults, "defaults");
  for (const name of names) if (defaults[name] === undefined) throw new WorkflowError(`The defaults lack ${name}.`);
  for (const [experiment, given] of Object.entries(experiments ?? {})) checked(given, experiment);
  return (experiment) => ({ ...defaults, ...experiments?.[experiment] });
}

function checked(given: Partial<Demands>, of: string): void {
  for (const [name, value] of Object.entries(given)) {
    const known = names.some((demand) => demand === name);
    if (!known) throw new WorkflowError(`${name} of ${of} is not known; there are ${names.join(", ")}.`);
    if (Number.isInteger(value) && value >= 1) continue;
    throw new WorkflowError(`${name} of ${of} is ${String(value)}; give a whole number from 1.`);
  }
}
