import { join } from "node:path";
import { codeOf } from "../../lib/sweep/code-digest";
import type { Json, PlannedCell } from "../../lib/sweep";
import type { Demands } from "./demands";

/** Cells of one experiment that one process computes. */
export interface Job {
  readonly experiment: string;
  /** The file that defines it, relative to the repository. */
  readonly source: string;
  /** sha256 of its code. */
  readonly code: string;
  readonly demands: Omit<Demands, "cells">;
  readonly cells: readonly Json[];
  /** Their names in the store. */
  readonly keys: readonly string[];
}

/**
 * Splits planned cells into jobs of about the same cost. An experiment whose code runs another one that is planned too waits for
 * the next plan: its cells read the other's from the store. Cells that are planned twice are computed once.
 * @param root the repository
 */
export function jobsOf(planned: readonly PlannedCell[], demands: (experiment: string) => Demands, root: string): Job[] {
  const byExperiment = new Map<string, Map<string, PlannedCell>>();
  for (const cell of planned) {
    const name = `${cell.source} ${cell.experiment}`;
    if (!byExperiment.has(name)) byExperiment.set(name, new Map());
    byExperiment.get(name)!.set(cell.key, cell);
  }
  const sources = new Set(planned.map(({ source }) => source));
  const waiting = new Set([...sources].filter((source) => runsAnother(source, sources, root)));
  const ready = (source: string): boolean => waiting.size === sources.size || !waiting.has(source);
  return [...byExperiment.values()]
    .map((cells) => [...cells.values()])
    .filter(([{ source }]) => ready(source))
    .flatMap((cells) => jobsOfExperiment(cells, demands(cells[0].experiment)));
}

function runsAnother(source: string, planned: ReadonlySet<string>, root: string): boolean {
  const files = new Set(codeOf(join(root, source)).files);
  return [...planned].some((other) => other !== source && files.has(join(root, other)));
}

function jobsOfExperiment(cells: readonly PlannedCell[], { cells: size, ...demands }: Demands): Job[] {
  const { experiment, source, code } = cells[0];
  const count = Math.ceil(cells.length / size);
  const parts = Array.from({ length: count }, () => [] as PlannedCell[]);
  // Dealt out from the dearest to the cheapest, to and fro, so that each part costs about the same.
  for (const [index, cell] of cells.toSorted((a, b) => b.cost - a.cost).entries()) {
    const place = index % (2 * count);
    parts[place < count ? place : 2 * count - 1 - place].push(cell);
  }
  return parts.map((part) => ({
    experiment,
    source,
    code,
    demands,
    cells: part.map(({ parameters }) => parameters),
    keys: part.map(({ key }) => key),
  }));
}
