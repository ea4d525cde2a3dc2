import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor } from "../engine";
import type { Architecture } from "../nets";
import { eventLoopTurn } from "./event-loop-turn";
import type { Optimiser } from "./optimiser";

/** Inputs and what a net of one output should say to them. */
export interface RegressionExamples {
  /** [examples, inputWidth] */
  readonly inputs: Tensor;
  /** [examples, 1] */
  readonly targets: Tensor;
}

/** Mean of |error|, or of error². */
export type RegressionLoss = "absolute" | "squared";

/** How an ensemble of nets is fitted to a function that can be sampled without end. */
export interface RegressionOptions {
  /** One output. Where nets of several widths are stacked, the architecture of the widest. */
  readonly architecture: Architecture;
  /** Initial parameters with the nets on a leading axis. Not changed. */
  readonly parameters: readonly Tensor[];
  readonly optimiser: Optimiser;
  readonly loss: RegressionLoss;
  /** Fresh examples for step 0, 1, …: the same for all nets. Disposed of here. */
  readonly batch: (step: number) => RegressionExamples;
  /** What the error is measured on. Stays the caller's. */
  readonly test: RegressionExamples;
  /** Gradient steps, at least 1. */
  readonly steps: number;
  /** Evaluations after the first, evenly spaced; 1 unless given. */
  readonly evaluations?: number;
  /** Called after every evaluation with the fraction done. */
  readonly report?: (fraction: number) => void;
  /** Stops between steps by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface RegressionResult {
  /** The loss of each net on the test examples before the first step and at each evaluation; null where not finite. */
  readonly history: readonly { readonly step: number; readonly loss: readonly (number | null)[] }[];
  /** The loss of each net for always answering 0, on the same test examples: what `history` is to be divided by. */
  readonly lossOfZero: number;
  /** Trained parameters, as the initial ones are shaped. The caller disposes them. */
  readonly parameters: Tensor[];
}

/**
 * Fits an ensemble to sampled examples. The nets share the examples and are otherwise independent: the loss is the sum of
 * theirs, and optimisers act on each number by itself.
 *
 * A narrow net may be padded with zeros to the width of the widest if the activation is 0 at 0, as tanh and ReLU are: a
 * padded unit is 0 and feeds nobody, so that every gradient of its weights and its bias is exactly 0 and it stays so.
 * @throws RangeError for bad options; the signal's reason when aborted
 */
export async function trainRegression(options: RegressionOptions): Promise<RegressionResult> {
  const { architecture, optimiser, loss, batch, test, steps, evaluations = 1, report, signal } = options;
  checkOptions(options);
  const due = new Set(Array.from({ length: evaluations }, (_, i) => Math.round(((i + 1) * steps) / evaluations)));
  const variables = options.parameters.map((initial) => tf.variable(initial));
  const state = optimiser.attach(variables);
  const history: { step: number; loss: (number | null)[] }[] = [];
  const measure = async (step: number): Promise<void> => {
    const losses = tf.tidy(() => lossOfEach(architecture.output(variables, test.inputs), test.targets, loss));
    const values = Array.from((await losses.data()) as Float32Array);
    losses.dispose();
    history.push({ step, loss: values.map((value) => (Number.isFinite(value) ? value : null)) });
    report?.(step / steps);
  };
  try {
    const zero = tf.tidy(() => lossOfEach(tf.zeros([1, ...test.targets.shape]), test.targets, loss));
    const lossOfZero = (await zero.data())[0];
    zero.dispose();
    await measure(0);
    for (let step = 0; step < steps; step++) {
      signal?.throwIfAborted();
      tf.tidy(() => {
        const { inputs, targets } = batch(step);
        const { grads } = tf.variableGrads(
          () => tf.sum<Scalar>(lossOfEach(architecture.output(variables, inputs), targets, loss)),
          variables,
        );
        state.apply(variables.map((variable) => grads[variable.name]));
      });
      if (due.has(step + 1)) await measure(step + 1);
      // Lets an interrupt, a timer or an abort through; costs microseconds.
      else await eventLoopTurn();
    }
    return { history, lossOfZero, parameters: tf.tidy(() => variables.map((variable) => tf.clone(variable))) };
  } finally {
    state.dispose();
    tf.dispose(variables);
  }
}

/** The mean loss of each net, [nets], from outputs [nets, examples, 1] and targets [examples, 1]. */
function lossOfEach(outputs: Tensor, targets: Tensor, loss: RegressionLoss): Tensor {
  const errors = tf.sub(outputs, tf.expandDims(targets, 0));
  return tf.mean(loss === "absolute" ? tf.abs(errors) : tf.square(errors), [1, 2]);
}

function checkOptions(options: RegressionOptions): void {
  const { architecture, parameters, test, steps, evaluations = 1 } = options;
  for (const [name, value] of Object.entries({ steps, evaluations })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} is a whole number of at least 1; given ${value}`);
  }
  if (evaluations > steps)
    throw new RangeError(`${steps} steps have room for as many evaluations; given ${evaluations}`);
  if (parameters.length === 0 || parameters.some((p) => p.rank < 2 || p.shape[0] !== parameters[0].shape[0])) {
    throw new RangeError("parameters must have the nets on a leading axis");
  }
  if (architecture.outputWidth !== 1) {
    throw new RangeError(
      `a net fitted to a function has one output; ${architecture.name} has ${architecture.outputWidth}`,
    );
  }
  const [inputs, targets] = [test.inputs.shape, test.targets.shape];
  if (inputs.length !== 2 || inputs[1] !== architecture.inputWidth) {
    throw new RangeError(
      `${architecture.name} takes inputs [examples, ${architecture.inputWidth}]; given [${inputs.join(", ")}]`,
    );
  }
  if (targets.length !== 2 || targets[0] !== inputs[0] || targets[1] !== 1) {
    throw new RangeError(`targets are [${inputs[0]}, 1], one an input; given [${targets.join(", ")}]`);
  }
}
