import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "../engine";
import type { Architecture } from "../nets";
import { descend, type DescentOptions } from "./descent";
import type { BatchLoss } from "./training-step";

/** Inputs and what a net of one output should say to them. */
export interface RegressionExamples {
  /** [examples, inputWidth] */
  readonly inputs: Tensor;
  /** [examples, 1] */
  readonly targets: Tensor;
}

/** Mean of |error|, or of error². */
export type RegressionLoss = "absolute" | "squared";

/** How an ensemble of nets of one output is fitted to examples. */
export interface RegressionOptions extends Omit<
  DescentOptions,
  "inputs" | "loss" | "evaluate" | "stopAtAccuracy" | "report"
> {
  readonly loss: RegressionLoss;
  readonly training: RegressionExamples;
  /** What the loss is measured on. */
  readonly test: RegressionExamples;
  /** Called after every evaluation with the fraction done. */
  readonly report?: (fraction: number) => void;
}

export interface RegressionResult {
  /** The loss of each net on the test examples before the first step and at each evaluation; null where not finite. */
  readonly history: readonly { readonly epoch: number; readonly loss: readonly (number | null)[] }[];
  /** The loss for always answering 0, on the same test examples: what `history` may be divided by. */
  readonly lossOfZero: number;
  /** Trained parameters, as the initial ones are shaped. The caller disposes them. */
  readonly parameters: Tensor[];
}

/**
 * Fits an ensemble to examples; see `descend`.
 *
 * A narrow net may be padded with zeros to the width of the widest if the activation is 0 at 0, as tanh and ReLU are: a
 * padded unit is 0 and feeds nobody, so that every gradient of its weights and its bias is exactly 0 and it stays so.
 * @throws RangeError for bad options; the signal's reason when aborted
 */
export async function trainRegression(options: RegressionOptions): Promise<RegressionResult> {
  const { architecture, loss, training, test, report, ...descent } = options;
  if (architecture.outputWidth !== 1) {
    throw new RangeError(
      `a net fitted to numbers has one output; ${architecture.name} has ${architecture.outputWidth}`,
    );
  }
  for (const [name, { inputs, targets }] of Object.entries({ training, test })) {
    if (inputs.rank !== 2 || inputs.shape[1] !== architecture.inputWidth) {
      throw new RangeError(
        `${architecture.name} takes inputs [examples, ${architecture.inputWidth}]; ${name} has [${inputs.shape.join(", ")}]`,
      );
    }
    if (targets.rank !== 2 || targets.shape[0] !== inputs.shape[0] || targets.shape[1] !== 1) {
      throw new RangeError(
        `targets are [${inputs.shape[0]}, 1], one an input; ${name} has [${targets.shape.join(", ")}]`,
      );
    }
  }
  const zero = tf.tidy(() => lossOfEach(tf.zeros([1, ...test.targets.shape]), test.targets, loss));
  const lossOfZero = (await zero.data())[0];
  zero.dispose();
  const { history, parameters } = await descend({
    ...descent,
    architecture,
    inputs: training.inputs,
    loss: regressionLoss(training.targets, loss),
    async evaluate(values) {
      const losses = tf.tidy(() => lossOnAll(architecture, values, test, loss));
      const found = Array.from((await losses.data()) as Float32Array);
      losses.dispose();
      // Numbers have no accuracy.
      return { loss: found, accuracy: found.map(() => 0) };
    },
    ...(report === undefined ? {} : { report: ({ fraction }) => report(fraction) }),
  });
  return { history: history.map(({ epoch, loss: losses }) => ({ epoch, loss: losses })), lossOfZero, parameters };
}

/**
 * The mean loss of every net of one output on a batch.
 * @param targets [count, 1], the same for every net; the caller's, and alive while the loss is used
 */
export function regressionLoss(targets: Tensor, loss: RegressionLoss): BatchLoss {
  if (targets.rank !== 2 || targets.shape[1] !== 1) {
    throw new RangeError(`targets are [count, 1]; given [${targets.shape.join(", ")}]`);
  }
  const wanted = (chosen: Tensor1D): Tensor => tf.gather(targets, chosen);
  return Object.assign((outputs: Tensor, chosen: Tensor1D): Tensor => lossOfEach(outputs, wanted(chosen), loss), {
    gradient: (outputs: Tensor, chosen: Tensor1D): Tensor => gradientOfEach(outputs, wanted(chosen), loss),
  });
}

/** The mean loss of each net, [nets], on so many examples at a time that memory is no matter. */
function lossOnAll(
  architecture: Architecture,
  parameters: readonly Tensor[],
  { inputs, targets }: RegressionExamples,
  loss: RegressionLoss,
): Tensor {
  const count = inputs.shape[0];
  const parts: Tensor[] = [];
  for (let start = 0; start < count; start += chunk) {
    const size = Math.min(chunk, count - start);
    parts.push(
      tf.tidy(() => {
        const outputs = architecture.output(parameters, tf.slice(inputs, [start, 0], [size, -1]));
        return tf.mul(lossOfEach(outputs, tf.slice(targets, [start, 0], [size, -1]), loss), size / count);
      }),
    );
  }
  return tf.addN(parts);
}

const chunk = 4096;

/** The mean loss of each net, [nets], from outputs [nets, examples, 1] and targets [examples, 1]. */
function lossOfEach(outputs: Tensor, targets: Tensor, loss: RegressionLoss): Tensor {
  return tf.tidy(() => {
    const errors = tf.sub(outputs, tf.expandDims(targets, 0));
    return tf.mean(loss === "absolute" ? tf.abs(errors) : tf.square(errors), [1, 2]);
  });
}

/** The gradient of the sum of `lossOfEach` by the outputs; 0 where an absolute error is 0. */
function gradientOfEach(outputs: Tensor, targets: Tensor, loss: RegressionLoss): Tensor {
  return tf.tidy(() => {
    const errors = tf.sub(outputs, targets);
    const count = targets.shape[0];
    return loss === "absolute" ? tf.div(tf.sign(errors), count) : tf.mul(errors, 2 / count);
  });
}
