import { UsageError } from "./usage-error";

/** The scale at which notebooks run. */
export type Scale = "quick" | "paper";

/**
 * The scale that `--scale` gives, else FATHOM_SCALE, else quick.
 * @throws UsageError for any other than quick and paper
 */
export function askedScale(option: string | undefined, variables: NodeJS.ProcessEnv): Scale {
  const scale = option ?? variables["FATHOM_SCALE"] ?? "quick";
  if (scale === "quick" || scale === "paper") return scale;
  throw new UsageError(`The scale is "${scale}"; it must be quick or paper.`);
}
