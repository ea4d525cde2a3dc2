import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import type { Architecture } from "../nets";
import { foldIn, type Key, permutation } from "../random";
import type { Evaluation } from "./classification";
import { eventLoopTurn } from "./event-loop-turn";
import type { Optimiser } from "./optimiser";
import { trainedVariables } from "./trained-variables";
import { type BatchLoss, trainingStep } from "./training-step";

/** How an ensemble of nets of one architecture goes down a loss. */
export interface DescentOptions {
  readonly architecture: Architecture;
  /** Initial parameters with the nets on a leading axis, as `architecture.parameters(key, nets)` draws them. Not changed. */
  readonly parameters: readonly Tensor[];
  readonly optimiser: Optimiser;
  /** Examples, [count, inputWidth], shared by all nets. */
  readonly inputs: Tensor;
  readonly loss: BatchLoss;
  /** What is measured on the way, all nets at once; its loss also tells which nets have diverged. */
  readonly evaluate: (parameters: readonly Tensor[]) => Promise<Evaluation>;
  readonly batchSize: number;
  /** Passes over the examples at most; a whole number. */
  readonly epochs: number;
  /** Orders the examples, anew in every epoch; all nets of the ensemble see the same batches. */
  readonly key: Key;
  /** Evaluations in an epoch, evenly spaced as batches allow; 1 unless given. */
  readonly evaluationsPerEpoch?: number;
  /**
   * A net has arrived when its accuracy is at least this; training ends when each net has arrived or diverged. Arrival
   * is looked for after the first step: luck before it does not count.
   */
  readonly stopAtAccuracy?: number;
  /** Called after every evaluation. */
  readonly report?: (state: TrainingState) => void;
  /** Stops between batches by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface TrainingState {
  /** Done of the most there can be, 0 to 1. */
  readonly fraction: number;
  /** Epochs done, with fractions. */
  readonly epoch: number;
  readonly evaluation: Evaluation;
  /** Nets that have neither arrived nor diverged. */
  readonly underway: number;
  /** Seconds left if some net needs all its epochs, from the pace so far; null before the first step. */
  readonly secondsLeft: number | null;
}

/** What became of one net. */
export interface NetOutcome {
  /** "reached": stopAtAccuracy was met. "diverged": its loss was not finite. "unfinished": neither, in all the epochs. */
  readonly outcome: "reached" | "unfinished" | "diverged";
  /** Epochs trained when it arrived, or was first seen to have diverged; null where unfinished. */
  readonly epochs: number | null;
}

export interface TrainingHistory {
  readonly epoch: number;
  /** One a net; null once its loss is not finite. */
  readonly loss: readonly (number | null)[];
  readonly accuracy: readonly number[];
}

export interface TrainingResult {
  readonly nets: readonly NetOutcome[];
  /** Every evaluation, the one before the first step included. */
  readonly history: readonly TrainingHistory[];
  /** Gradient steps taken. */
  readonly steps: number;
  /** Trained parameters, as the initial ones are shaped. The caller disposes them. */
  readonly parameters: Tensor[];
}

/**
 * Trains an ensemble of nets by gradient descent on a loss. The nets share batches and are otherwise independent: what is
 * descended is the sum of their losses, and optimisers act on each parameter by itself. A net whose loss is no longer finite
 * counts as diverged from that evaluation on and is never read again.
 *
 * Batches are the consecutive parts of a permutation; a last, smaller part is left out, as it would need other shapes.
 * @throws RangeError for bad options; the signal's reason when aborted
 */
export async function descend(options: DescentOptions): Promise<TrainingResult> {
  const { architecture, optimiser, inputs, loss, batchSize, epochs, key, signal } = options;
  const { evaluationsPerEpoch = 1, stopAtAccuracy, report } = options;
  const count = inputs.shape[0];
  checkOptions(options, count);
  const batches = Math.floor(count / batchSize);
  const total = batches * epochs;
  const due = evaluationSteps(batches, evaluationsPerEpoch);

  const { variables, stacked } = trainedVariables(options.parameters);
  const state = optimiser.attach(variables);
  const netCount = options.parameters[0].shape[0];
  const outcomes = Array.from({ length: netCount }, (): NetOutcome => ({ outcome: "unfinished", epochs: null }));
  const history: TrainingHistory[] = [];
  const started = performance.now();
  let steps = 0;
  let underway = netCount;

  const measure = async (): Promise<void> => {
    const parameters = stacked();
    const evaluation = await options.evaluate(parameters).finally(() => tf.dispose(parameters));
    const epoch = steps / batches;
    outcomes.forEach(({ outcome }, net) => {
      if (outcome === "diverged") return;
      if (!Number.isFinite(evaluation.loss[net])) outcomes[net] = { outcome: "diverged", epochs: epoch };
      else if (outcome === "unfinished" && steps > 0 && evaluation.accuracy[net] >= (stopAtAccuracy ?? Infinity)) {
        outcomes[net] = { outcome: "reached", epochs: epoch };
      }
    });
    underway = outcomes.filter(({ outcome }) => outcome === "unfinished").length;
    history.push({
      epoch,
      loss: evaluation.loss.map((loss) => (Number.isFinite(loss) ? loss : null)),
      accuracy: evaluation.accuracy,
    });
    const secondsLeft = steps === 0 ? null : ((performance.now() - started) / 1000 / steps) * (total - steps);
    report?.({ fraction: steps / total, epoch, evaluation, underway, secondsLeft });
  };

  try {
    await measure();
    for (let epoch = 0; epoch < epochs && underway > 0; epoch++) {
      const order = Int32Array.from(permutation(foldIn(key, epoch), count));
      for (let batch = 0; batch < batches && underway > 0; batch++) {
        signal?.throwIfAborted();
        const indices = order.subarray(batch * batchSize, (batch + 1) * batchSize);
        trainingStep(architecture, variables, state, inputs, loss, indices);
        steps++;
        if (due.has(batch + 1)) await measure();
        // Lets an interrupt, a timer or an abort through; costs microseconds.
        else await eventLoopTurn();
      }
    }
    return {
      nets: outcomes,
      history,
      steps,
      parameters: stacked(),
    };
  } finally {
    state.dispose();
    tf.dispose(variables);
  }
}

/** The batches of an epoch after which to evaluate, the last one always. */
function evaluationSteps(batches: number, evaluations: number): Set<number> {
  return new Set(
    Array.from({ length: evaluations }, (_, i) => Math.max(1, Math.round(((i + 1) * batches) / evaluations))),
  );
}

function checkOptions(options: DescentOptions, count: number): void {
  const { architecture, parameters, inputs, batchSize, epochs, evaluationsPerEpoch = 1, stopAtAccuracy } = options;
  for (const [name, value] of Object.entries({ batchSize, epochs, evaluationsPerEpoch })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} is a whole number of at least 1; given ${value}`);
  }
  if (batchSize > count)
    throw new RangeError(`a batch of ${batchSize} needs as many training examples; there are ${count}`);
  if (stopAtAccuracy !== undefined && !(stopAtAccuracy > 0 && stopAtAccuracy <= 1)) {
    throw new RangeError(`stopAtAccuracy is a fraction in (0, 1]; given ${stopAtAccuracy}`);
  }
  if (parameters.length === 0 || parameters.some((p) => p.rank < 2 || p.shape[0] !== parameters[0].shape[0])) {
    const given = parameters.map(({ shape }) => `[${shape.join(", ")}]`).join(" ") || "none";
    throw new RangeError(
      `parameters must have the nets on a leading axis: draw them with architecture.parameters(key, nets); given ${given}`,
    );
  }
  if (inputs.shape[1] !== architecture.inputWidth) {
    throw new RangeError(
      `${architecture.name} takes ${architecture.inputWidth} inputs; the training examples are [${inputs.shape.join(", ")}]`,
    );
  }
}
