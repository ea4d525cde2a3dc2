import { askedScale, type Scale } from "../command-line/asked-scale";
import { parsedOptions } from "../command-line/parsed-options";
import { wholeNumber } from "../command-line/whole-number";

export interface WorkflowOptions {
  /** Names or beginnings of names; empty: every notebook. */
  readonly names: readonly string[];
  readonly scale: Scale;
  /** A folder of workflow/profiles, or a path. */
  readonly profile: string;
  readonly gpus: number;
  /** The file that says what jobs may use; null for the collection's own. */
  readonly config: string | null;
  readonly notebooks: string;
  readonly site: string;
  /** Handed to Snakemake. */
  readonly snakemake: readonly string[];
}

/**
 * Reads the command line; what follows `--` is Snakemake's.
 * @param variables the environment: FATHOM_SCALE gives the scale that --scale overrides
 * @throws UsageError for an unknown option, scale, or a number that is none
 */
export function readOptions(arguments_: readonly string[], variables: NodeJS.ProcessEnv): WorkflowOptions {
  const end = arguments_.indexOf("--");
  const own = end < 0 ? arguments_ : arguments_.slice(0, end);
  const { values, positionals } = parsedOptions(own, {
    scale: { type: "string" },
    profile: { type: "string" },
    gpus: { type: "string" },
    config: { type: "string" },
    notebooks: { type: "string" },
    site: { type: "string" },
  });
  const scale = askedScale(values.scale, variables);
  return {
    names: positionals,
    scale,
    profile: values.profile ?? "local",
    gpus: wholeNumber("--gpus", values.gpus, 0) ?? 0,
    config: values.config ?? null,
    notebooks: values.notebooks ?? "notebooks",
    site: values.site ?? "site",
    snakemake: end < 0 ? [] : arguments_.slice(end + 1),
  };
}
