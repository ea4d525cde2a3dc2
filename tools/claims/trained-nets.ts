import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Nets are trained under so many families of keys, and these serve all runs of a notebook: training takes most of a run's
 * time. What claims find in nets that served before is counted once (`withoutRepeats`).
 */
export const trainedFamilies = 20;

/** Runs with the same place take the same trained nets: 0 to `trainedFamilies` − 1. */
export function placeOfTrained(keys: number): number {
  return (keys - 1) % trainedFamilies;
}

/** The experiments whose cells train, by the name under which a sweep stores them. */
export const trainingExperiments: ReadonlySet<string> = new Set([
  "curvature-frequency-regression",
  "training-by-initialisation",
  "training-by-shape",
  "training-of-residual-nets",
  "linear-regions-slices",
  "linear-regions-while-training",
  "mimic-students",
  "mimic-teacher",
  "multiplication-trained",
]);

/** Puts nets that were trained for another run with the same place, if there are any, into the store of a run. */
export function lendTrained(store: string, keys: number): void {
  const kept = folderOfTrained(store, keys);
  for (const folder of versionsIn(kept)) {
    const lent = join(folderOfRun(store, keys), folder);
    if (existsSync(lent)) continue;
    cpSync(join(kept, folder), lent, { recursive: true });
  }
}

/** Keeps the nets that a run trained for others with the same place, unless there are some, and removes the run's store. */
export function keepTrained(store: string, keys: number): void {
  const run = folderOfRun(store, keys);
  for (const folder of versionsIn(run)) {
    const kept = join(folderOfTrained(store, keys), folder);
    if (!trainingExperiments.has(dirname(folder)) || existsSync(kept)) continue;
    mkdirSync(dirname(kept), { recursive: true });
    renameUnlessThere(join(run, folder), kept);
  }
  rmSync(run, { recursive: true, force: true });
}

/** Another process may have kept its nets since we looked. */
function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

function folderOfRun(store: string, keys: number): string {
  return join(store, `fresh-${keys}`);
}

function folderOfTrained(store: string, keys: number): string {
  return join(store, `trained-${placeOfTrained(keys) + 1}`);
}

/** The folders `experiment/code` in a store. */
function versionsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((experiment) =>
    readdirSync(join(folder, experiment)).map((code) => join(experiment, code)),
  );
}
