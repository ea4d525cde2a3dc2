import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import type { Optimiser } from "./optimiser";

/** An optimiser that keeps copies of what it trains. */
export interface Recording {
  /** Hand this one to `train`, for one run. */
  readonly optimiser: Optimiser;
  /** Copies of the variables, as the optimiser sees them, by the number of steps after which they were taken. */
  readonly taken: ReadonlyMap<number, Tensor[]>;
  /** Disposes the copies. */
  dispose(): void;
}

/**
 * An optimiser that does what `optimiser` does and keeps a copy of all variables after some of its steps: 0 for the
 * initial ones. So a run can be measured afterwards as it was on its way.
 * @throws RangeError for a step that is no whole number of at least 0; TypeError for what is no optimiser
 */
export function recording(optimiser: Optimiser, steps: readonly number[]): Recording {
  if (typeof optimiser?.attach !== "function") {
    throw new TypeError(`an optimiser is what sgd, momentum, adam or adaDelta make; given ${typeof optimiser}`);
  }
  for (const step of steps) {
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new RangeError(`a step is a whole number of at least 0; given ${step}`);
    }
  }
  const due = new Set(steps);
  const taken = new Map<number, Tensor[]>();
  return {
    optimiser: {
      ...optimiser,
      attach(variables) {
        let done = 0;
        const copy = (): void => {
          if (due.has(done))
            taken.set(
              done,
              variables.map((variable) => tf.keep(tf.clone(variable))),
            );
        };
        const state = optimiser.attach(variables);
        copy();
        return {
          apply(gradients) {
            state.apply(gradients);
            done++;
            copy();
          },
          dispose: () => state.dispose(),
        };
      },
    },
    taken,
    dispose: () => taken.forEach((copies) => tf.dispose(copies)),
  };
}
