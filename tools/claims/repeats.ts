import type { Observed } from "./record";
import { placeOfTrained } from "./trained-nets";

/**
 * The tables of a notebook's runs without what was not drawn anew: a claim that changes with the keys, but not between
 * this run and an earlier one that had the same trained nets, was measured in these nets and counts where it came first.
 * @param keys of each run
 * @param tables of each run, in the same order
 */
export function withoutRepeats(keys: readonly number[], tables: readonly (readonly Observed[])[]): Observed[][] {
  const random = changing(tables.flat());
  const seen = new Set<string>();
  return tables.map((table, run) =>
    table.filter((observed) => {
      if (!random.has(observed.id)) return true;
      const { id, predicted, measured, standardError } = observed;
      const found = JSON.stringify([placeOfTrained(keys[run]), id, predicted, measured, standardError]);
      if (seen.has(found)) return false;
      seen.add(found);
      return true;
    }),
  );
}

function changing(observed: readonly Observed[]): Set<string> {
  const first = new Map<string, Observed["measured"]>();
  const found = new Set<string>();
  for (const { id, measured } of observed) {
    if (!first.has(id)) first.set(id, measured);
    else if (first.get(id) !== measured) found.add(id);
  }
  return found;
}
