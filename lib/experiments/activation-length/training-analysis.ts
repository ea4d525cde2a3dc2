import { foldIn, type Key, permutation } from "../../random";
import { fisherExact, meanEstimate, type PermutationTest, spearmanPermutationTest } from "../../theory";
import { demandNumbers, demandPositive } from "../../theory/demand";
import { called, demand, each, listOf, onlyFiniteNumbers, record, whole, words } from "../../theory/demand-parts";
import { trainingOutcome, trainingRuns } from "./rows";
import type { TrainingOutcome } from "./training-run";

/** Epochs for ranking: a net that diverged or never arrived ranks behind every net that did, tied with its like. */
export function rankedEpochs(run: TrainingOutcome): number {
  demand("run", run, trainingOutcome);
  return epochsOf(run);
}

function epochsOf(run: TrainingOutcome): number {
  return run.outcome === "reached" && run.epochs !== null ? run.epochs : Infinity;
}

export interface TrainingCorrelation extends PermutationTest {
  /** Runs that never arrived, or diverged. */
  readonly unfinished: number;
}

/**
 * Permutation test that runs with a larger `predictor` (Σ 1/n of the shape, or the growth of a residual net) take longer to
 * reach the accuracy: Spearman's correlation over single runs, unfinished ones last. Runs are exchangeable if the predictor
 * makes no difference, since given the batches they differ in independent initial weights alone.
 * @param options.permutations the smallest p-value that can come out is 1/(1 + permutations)
 */
export function trainingCorrelation<Run extends TrainingOutcome>(
  runs: readonly Run[],
  predictor: (run: Run) => number,
  options: { readonly key: Key; readonly permutations: number },
): TrainingCorrelation {
  demand("runs", runs, trainingRuns);
  demand("options", options, record<typeof options>({ permutations: whole(1) }));
  const predictors = runs.map(predictor);
  demandNumbers("the predictor of runs", predictors);
  const test = spearmanPermutationTest(predictors, runs.map(epochsOf), {
    permutations: options.permutations,
    permutation: (index) => permutation(foldIn(options.key, index), runs.length),
  });
  return { ...test, unfinished: runs.filter((run) => run.outcome !== "reached").length };
}

export interface ArrivalContrast {
  /** Share of `expected` runs that arrived minus the share of the `others`. */
  readonly statistic: number;
  /** One-sided, Fisher's exact test. */
  readonly pValue: number;
  readonly sampleSize: number;
}

/**
 * Whether more of the `expected` runs arrived than of the `others`, by Fisher's exact test: for comparisons in which one side
 * hardly ever arrives, so that there are no epochs to compare.
 * @throws RangeError if either side is empty
 */
export function arrivalContrast(
  expected: readonly TrainingOutcome[],
  others: readonly TrainingOutcome[],
): ArrivalContrast {
  demand("expected", expected, trainingRuns);
  demand("others", others, trainingRuns);
  const count = (runs: readonly TrainingOutcome[]): { successes: number; trials: number } => ({
    successes: runs.filter((run) => run.outcome === "reached").length,
    trials: runs.length,
  });
  const [first, second] = [count(expected), count(others)];
  const pValue = fisherExact(first, second);
  const statistic = first.successes / first.trials - second.successes / second.trials;
  return { statistic, pValue, sampleSize: first.trials + second.trials };
}

/**
 * The planted violation: every run keeps its epochs and is given the shape of another run, chosen by a key.
 * @param fields what moves from run to run, for example ["sumOfInverseWidths", "depth", "pattern"]
 */
export function withShuffled<Run extends TrainingOutcome>(
  runs: readonly Run[],
  fields: readonly (keyof Run)[],
  key: Key,
): Run[] {
  demand("runs", runs, each(trainingRuns, listOf(onlyFiniteNumbers)));
  demand("fields", fields, called("what moves from run to run", listOf(words)));
  for (const field of fields) {
    const place = runs.findIndex((run) => run[field] === undefined);
    if (place >= 0) throw new RangeError(`runs[${place}].${String(field)} is missing; name fields that all runs have.`);
  }
  const order = permutation(key, runs.length);
  return runs.map((run, i) => {
    const moved = fields.map((field) => [field, runs[order[i]][field]] as const);
    return { ...run, ...(Object.fromEntries(moved) as Partial<Run>) };
  });
}

/** Runs that share a point of a figure. */
export interface EpochsSummary {
  readonly x: number;
  readonly runs: number;
  readonly reached: number;
  /** Mean over all runs, those that did not arrive counted at `cap`: where reached < runs, a lower bound. */
  readonly mean: number;
  /** Null where there was one run. */
  readonly standardError: number | null;
}

/**
 * Mean epochs to the accuracy at each value of x, in increasing order of x.
 * @param cap epochs that a run had at most
 */
export function epochsAgainst<Run extends TrainingOutcome>(
  runs: readonly Run[],
  x: (run: Run) => number,
  cap: number,
): EpochsSummary[] {
  demand("runs", runs, trainingRuns);
  demandPositive("cap", cap);
  const places = demandNumbers("x of runs", runs.map(x));
  const groups = new Map<number, Run[]>();
  runs.forEach((run, index) => groups.set(places[index], [...(groups.get(places[index]) ?? []), run]));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([at, members]) => {
      const epochs = members.map((run) => Math.min(cap, epochsOf(run)));
      const { estimate, standardError } =
        epochs.length > 1 ? meanEstimate(epochs) : { estimate: epochs[0], standardError: null };
      return {
        x: at,
        runs: members.length,
        reached: members.filter((run) => run.outcome === "reached").length,
        mean: estimate,
        standardError,
      };
    });
}
