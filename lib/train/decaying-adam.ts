import * as tf from "@tensorflow/tfjs";
import { adamUpdate, type Tensor, type Variable } from "../engine";
import type { Optimiser } from "./optimiser";

/**
 * Adam (Kingma & Ba 2015) whose learning rate falls linearly from `learningRate` to 0 over `steps` steps, so that what a run
 * ends with does not depend on the last few batches. It stays 0 after them.
 * @param learningRate one for all, alone or in a list, or one for each net of an ensemble, in the order of the parameters' leading
 *   axis
 * @throws RangeError unless every rate is finite and above 0 and `steps` is a whole number of at least 1; when attached, unless
 *   the variables have as many nets as there are rates
 */
export function decayingAdam(learningRate: number | readonly number[], steps: number): Optimiser {
  const rates = typeof learningRate === "number" ? [learningRate] : learningRate;
  if (rates.length === 0 || !rates.every((rate) => Number.isFinite(rate) && rate > 0)) {
    throw new RangeError(`the learning rate is a finite number above 0; given ${rates.join(", ") || "none"}`);
  }
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`a rate decays over a whole number of steps, at least 1; given ${steps}`);
  }
  const largest = Math.max(...rates);
  const shares = rates.map((rate) => rate / largest);
  const alike = shares.every((share) => share === 1);
  return {
    name: `Adam, learning rate from ${[...new Set(rates)].join(", ")} to 0 in ${steps} steps`,
    learningRate: largest,
    attach(variables) {
      if (rates.length > 1) checkNets(variables, rates.length);
      const update = adamUpdate(variables);
      return {
        apply(gradients) {
          const left = 1 - update.steps / steps;
          if (left <= 0) return;
          if (alike) update.apply(gradients, largest * left);
          else shortened(variables, shares, () => update.apply(gradients, largest * left));
        },
        dispose: () => update.dispose(),
      };
    },
  };
}

/**
 * Takes a step and goes back part of the way, net by net. Adam's moments know no learning rate and its step is proportional
 * to it, so a share of the step is the step at that share of the rate.
 */
function shortened(variables: readonly Variable[], shares: readonly number[], step: () => void): void {
  tf.tidy(() => {
    const before = variables.map((variable): Tensor => tf.clone(variable));
    step();
    variables.forEach((variable, index) => {
      const share = tf.reshape(tf.tensor1d([...shares]), [-1, ...variable.shape.slice(1).map(() => 1)]);
      variable.assign(tf.add(before[index], tf.mul(tf.sub(variable, before[index]), share)));
    });
  });
}

function checkNets(variables: readonly Variable[], nets: number): void {
  const other = variables.find(({ shape }) => shape[0] !== nets);
  if (other)
    throw new RangeError(`${nets} learning rates are for as many nets; a variable is [${other.shape.join(", ")}]`);
}
