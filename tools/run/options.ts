import { availableParallelism } from "node:os";
import { askedScale, type Scale } from "../command-line/asked-scale";
import { parsedOptions } from "../command-line/parsed-options";
import { wholeNumber } from "../command-line/whole-number";

export interface RunOptions {
  /** Names or beginnings of names; empty: every notebook. */
  readonly names: readonly string[];
  /** Start from an empty store, which is thrown away afterwards. */
  readonly fresh: boolean;
  readonly scale: Scale;
  /** Seconds for one notebook; 0: no limit. */
  readonly timeout: number;
  /** Notebooks executed side by side. */
  readonly jobs: number;
  /** The folder whose notebooks are run. */
  readonly notebooks: string;
  /** The folder that receives what the run writes. */
  readonly site: string;
}

/** Limits for one notebook, in seconds: `quick` is meant to take three minutes, `paper` may take a day; usage.txt states them. */
const timeouts = { quick: 2400, paper: 86_400 };

/**
 * Reads the command line.
 *
 * @param variables the environment: FATHOM_SCALE gives the scale that --scale overrides, CI=true implies --fresh
 * @throws UsageError for an unknown option, scale, or a number that is none
 */
export function readOptions(arguments_: readonly string[], variables: NodeJS.ProcessEnv): RunOptions {
  const { values, positionals } = parsedOptions(arguments_, {
    fresh: { type: "boolean" },
    scale: { type: "string" },
    timeout: { type: "string" },
    jobs: { type: "string" },
    notebooks: { type: "string" },
    site: { type: "string" },
  });
  const scale = askedScale(values.scale, variables);
  return {
    names: positionals,
    fresh: values.fresh === true || isSet(variables["CI"]),
    scale,
    timeout: wholeNumber("--timeout", values.timeout, 0) ?? timeouts[scale],
    jobs: wholeNumber("--jobs", values.jobs, 1) ?? defaultJobs(scale, availableParallelism()),
    notebooks: values.notebooks ?? "notebooks",
    site: values.site ?? "site",
  };
}

/**
 * Two notebooks side by side fill the pauses of one another's single-threaded parts (116 s in place of 175 s for the first
 * two, on two cores). At paper scale each may need the whole memory, so they run one after the other.
 */
export function defaultJobs(scale: Scale, cores: number): number {
  return scale === "paper" ? 1 : Math.max(Math.min(2, cores), Math.floor(cores / 4));
}

function isSet(flag: string | undefined): boolean {
  return flag !== undefined && flag !== "" && flag !== "0" && flag.toLowerCase() !== "false";
}
