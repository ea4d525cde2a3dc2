import type { RegimePoint } from "../../experiments";

/** "σ_w = 4 (strongly chaotic)". */
export function regimeTitle({ name, sigmaW }: Pick<RegimePoint, "name" | "sigmaW">): string {
  return `σ_w = ${sigmaW} (${name.replace("-", " ")})`;
}
