import type { RegimePoint } from "../../experiments";
import { demand, positive, record, words } from "../../theory/demand-parts";

/** "σ_w = 4 (strongly chaotic)". */
export function regimeTitle(regime: Pick<RegimePoint, "name" | "sigmaW">): string {
  demand("regime", regime, record<RegimePoint>({ name: words, sigmaW: positive }));
  const { name, sigmaW } = regime;
  return `σ_w = ${sigmaW} (${name.replace("-", " ")})`;
}
