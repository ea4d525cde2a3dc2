import { adamUpdate } from "../engine";
import type { Optimiser } from "./optimiser";

/**
 * Adam (Kingma & Ba 2015) whose learning rate falls linearly from `learningRate` to 0 over `steps` steps, so that what a run
 * ends with does not depend on the last few batches. It stays 0 after them.
 * @throws RangeError unless the rate is finite and above 0 and `steps` is a whole number of at least 1
 */
export function decayingAdam(learningRate: number, steps: number): Optimiser {
  if (!(Number.isFinite(learningRate) && learningRate > 0)) {
    throw new RangeError(`the learning rate is a finite number above 0; given ${learningRate}`);
  }
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`a rate decays over a whole number of steps, at least 1; given ${steps}`);
  }
  return {
    name: `Adam, learning rate from ${learningRate} to 0 in ${steps} steps`,
    learningRate,
    attach(variables) {
      const update = adamUpdate(variables);
      return {
        apply(gradients) {
          const left = 1 - update.steps / steps;
          if (left > 0) update.apply(gradients, learningRate * left);
        },
        dispose: () => update.dispose(),
      };
    },
  };
}
