import * as tf from "@tensorflow/tfjs";
import { type AdamConstants, adamUpdate, type Tensor, type Variable } from "../engine";

/** How a step follows from a gradient. It holds no state; `attach` makes what one training run needs. */
export interface Optimiser {
  readonly name: string;
  /** Step size η, above 0. */
  readonly learningRate: number;
  /** Starts a run on these variables, with zero moments. Those of several nets have the nets on a leading axis, those of one none. */
  attach(variables: readonly Variable[]): OptimiserState;
}

/** An optimiser's memory of one run, until it is disposed. */
export interface OptimiserState {
  /** One step of every variable, in place; `gradients` match the variables one by one and stay the caller's. */
  apply(gradients: readonly Tensor[]): void;
  /** Frees what it remembers; the variables stay. */
  dispose(): void;
}

/** Gradient descent, w ← w − η g. @throws RangeError unless η is positive. */
export function sgd(learningRate: number): Optimiser {
  checkRate(learningRate);
  return {
    name: `SGD, learning rate ${learningRate}`,
    learningRate,
    attach: (variables) => ({
      apply(gradients) {
        tf.tidy(() => {
          const rate = tf.scalar(learningRate);
          variables.forEach((variable, i) => variable.assign(tf.sub(variable, tf.mul(gradients[i], rate))));
        });
      },
      dispose: () => undefined,
    }),
  };
}

/**
 * Gradient descent with heavy-ball momentum, v ← μ v + g, w ← w − η v (Polyak 1964).
 * @param friction μ, in [0, 1)
 * @throws RangeError unless η is positive and μ in range
 */
export function momentum(learningRate: number, friction: number = 0.9): Optimiser {
  checkRate(learningRate);
  if (!(friction >= 0 && friction < 1)) throw new RangeError(`momentum lies in [0, 1); given ${friction}`);
  return {
    name: `momentum ${friction}, learning rate ${learningRate}`,
    learningRate,
    attach(variables) {
      const velocities = variables.map((variable) => {
        const zeros = tf.zerosLike(variable);
        const velocity = tf.variable(zeros, false);
        zeros.dispose();
        return velocity;
      });
      return {
        apply(gradients) {
          tf.tidy(() => {
            const [rate, decay] = [tf.scalar(learningRate), tf.scalar(friction)];
            velocities.forEach((velocity, i) => {
              velocity.assign(tf.add(tf.mul(velocity, decay), gradients[i]));
              variables[i].assign(tf.sub(variables[i], tf.mul(velocity, rate)));
            });
          });
        },
        dispose: () => tf.dispose(velocities),
      };
    },
  };
}

/** Adam (Kingma & Ba 2015), one fused op a variable on native TensorFlow. @throws RangeError for constants out of range. */
export function adam(learningRate: number, constants: AdamConstants = {}): Optimiser {
  checkRate(learningRate);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = constants;
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`${name} of Adam lies in [0, 1); given ${beta}`);
  }
  if (!(Number.isFinite(epsilon) && epsilon > 0)) {
    throw new RangeError(`epsilon of Adam is a finite number above 0; given ${epsilon}`);
  }
  return {
    name: `Adam, learning rate ${learningRate}`,
    learningRate,
    attach(variables) {
      const update = adamUpdate(variables, constants);
      return { apply: (gradients) => update.apply(gradients, learningRate), dispose: () => update.dispose() };
    },
  };
}

/**
 * AdaDelta (Zeiler 2012, algorithm 1): with running means over about 1/(1 − ρ) steps, E[g²] of squared gradients and E[Δ²] of squared
 * changes, Δ = −g √(E[Δ²] + ε)/√(E[g²] + ε), w ← w + η Δ. The step has the units of w, whatever those of the loss.
 * @param learningRate η; 1 is Zeiler's algorithm
 * @param constants ρ `decay` in [0, 1), ε `offset` above 0; 0.95 and 1e-6 unless given, as in the paper's first experiment
 * @throws RangeError for constants out of range
 */
export function adaDelta(
  learningRate: number = 1,
  constants: { readonly decay?: number; readonly offset?: number } = {},
): Optimiser {
  checkRate(learningRate);
  const { decay = 0.95, offset = 1e-6 } = constants;
  if (!(decay >= 0 && decay < 1)) throw new RangeError(`the decay of AdaDelta lies in [0, 1); given ${decay}`);
  if (!(Number.isFinite(offset) && offset > 0)) {
    throw new RangeError(`the offset of AdaDelta is a finite number above 0; given ${offset}`);
  }
  return {
    name: `AdaDelta, learning rate ${learningRate}`,
    learningRate,
    attach(variables) {
      const means = tf.tidy(() =>
        variables.map((variable) => ({
          gradient: tf.variable(tf.zerosLike(variable), false),
          change: tf.variable(tf.zerosLike(variable), false),
        })),
      );
      return {
        apply(gradients) {
          tf.tidy(() => {
            const [old, fresh] = [tf.scalar(decay), tf.scalar(1 - decay)];
            const [small, rate] = [tf.scalar(offset), tf.scalar(learningRate)];
            means.forEach(({ gradient, change }, i) => {
              gradient.assign(tf.add(tf.mul(gradient, old), tf.mul(tf.square(gradients[i]), fresh)));
              const ratio = tf.sqrt(tf.div(tf.add(change, small), tf.add(gradient, small)));
              const step = tf.mul(ratio, gradients[i]);
              change.assign(tf.add(tf.mul(change, old), tf.mul(tf.square(step), fresh)));
              variables[i].assign(tf.sub(variables[i], tf.mul(step, rate)));
            });
          });
        },
        dispose: () => means.forEach(({ gradient, change }) => tf.dispose([gradient, change])),
      };
    },
  };
}

function checkRate(learningRate: number): void {
  if (!(Number.isFinite(learningRate) && learningRate > 0)) {
    throw new RangeError(`the learning rate is a finite number above 0; given ${learningRate}`);
  }
}
