import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Workload } from "../../bench/workload";
import { UsageError } from "../command-line/usage-error";

/** A workload and its files. */
export interface Placed {
  readonly workload: Workload;
  readonly modulePath: string;
  /** The peers' functions; null where there are none. */
  readonly peersPath: string | null;
}

/**
 * The workloads of a folder, by name; those whose names begin with one of `names`, or, without any, all that are not only
 * run by name.
 *
 * @throws UsageError for a name that none begins with
 */
export function selectWorkloads(folder: string, names: readonly string[]): Placed[] {
  const all = readdirSync(join(folder, "workloads"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
  const unknown = names.find((name) => !all.some((known) => known.startsWith(name)));
  if (unknown !== undefined) throw new UsageError(`There is no workload ${unknown}. There are: ${all.join(", ")}.`);
  const placed = all
    .filter(
      (name) =>
        names.length === 0 || names.some((begun) => (all.includes(begun) ? name === begun : name.startsWith(begun))),
    )
    .map((name) => load(folder, name));
  return names.length > 0 ? placed : placed.filter(({ workload }) => workload.onlyByName !== true);
}

function load(folder: string, name: string): Placed {
  const modulePath = join(folder, "workloads", `${name}.ts`);
  const { workload } = require(modulePath) as { workload?: Workload };
  if (workload === undefined) throw new Error(`${modulePath} exports no workload.`);
  if (workload.name !== name) throw new Error(`${modulePath} exports a workload named ${workload.name}.`);
  const peersPath = join(folder, "peers", `${name.replaceAll("-", "_")}.py`);
  return { workload, modulePath, peersPath: existsSync(peersPath) ? peersPath : null };
}
