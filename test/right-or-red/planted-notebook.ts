/** A notebook of these code cells, none executed. */
export function plantedNotebook(cells: readonly string[], kernel = "tslab"): string {
  return JSON.stringify({
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index + 1}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** The first cells of every planted notebook: a claim about He nets, and what it is measured on. */
export const before: readonly string[] = [
  `import { openEngine } from "fathom/engine";
import { type Ensemble, activationLengthMoments, meanLength } from "fathom/experiments";
import { type Claim, above, agrees, breakIt, exact, notRejected, showClaims } from "fathom/report";
import { runExperiment } from "fathom/sweep";
await openEngine();`,
  `const design: Ensemble = {
  seed: 1, nets: 20_000, inputWidth: 20, hiddenWidths: [20, 20], initialisation: { scheme: "heNormal" }, path: "layers",
};
const text = { id: "mean", statement: "He normal: the mean of M_2 is M_0.", source: "Hanin & Rolnick 2018" };
const measure = async (change: Partial<Ensemble> = {}) =>
  meanLength(await runExperiment(activationLengthMoments, { ...design, ...change }), design);
const claim = async (change: Partial<Ensemble> = {}): Promise<Claim> =>
  agrees(text, { ...(await measure(change)), resolution: 0.03 });`,
];
