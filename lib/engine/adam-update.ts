import * as tf from "@tensorflow/tfjs";
import { executeNative, executeNativeOutputs, isNative } from "./native-op";
import type { Tensor, Variable } from "./tensor";

/** Adam's constants, with the defaults of its paper. */
export interface AdamConstants {
  /** Decay of the mean of the gradient, in [0, 1). */
  beta1?: number;
  /** Decay of the mean of the squared gradient, in [0, 1). */
  beta2?: number;
  /** Added to the square root of the second moment before its bias is corrected; positive. */
  epsilon?: number;
}

/** Adam's moments for a fixed list of variables. They are held until `dispose`. */
export interface AdamUpdate {
  /** Steps taken so far. */
  readonly steps: number;
  /** One step of every variable, in place. `gradients` match the variables one by one and stay the caller's. */
  apply(gradients: readonly Tensor[], learningRate: number): void;
  /** Frees the moments m and v; the variables stay. */
  dispose(): void;
}

/**
 * Adam (Kingma & Ba, ICLR 2015, the form at the end of their section 2): after m ← m + (1 − β1)(g − m) and v ← v + (1 − β2)(g² − v),
 * w ← w − η √(1 − β2^t)/(1 − β1^t) · m/(√v + ε).
 *
 * Native TensorFlow does a variable's step in one op (ResourceApplyAdam) that reads and writes each number once; written
 * with TensorFlow.js's own ops it is ten ops and ten passes over memory. Elsewhere the same arithmetic runs on those.
 *
 * @throws RangeError for constants outside their ranges, gradients that do not match, or a learning rate that is not positive.
 */
export function adamUpdate(variables: readonly Variable[], constants: AdamConstants = {}): AdamUpdate {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = constants;
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`adamUpdate: ${name} must be in [0, 1), not ${beta}.`);
  }
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new RangeError(`adamUpdate: epsilon must be positive, not ${epsilon}.`);
  }
  const update = isNative() ? fusedStep(variables, beta1, beta2, epsilon) : plainStep(variables, beta1, beta2, epsilon);
  let steps = 0;
  return {
    get steps() {
      return steps;
    },
    apply(gradients, learningRate) {
      checkStep(variables, gradients, learningRate);
      steps++;
      update.step(gradients, (learningRate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps));
    },
    dispose: () => update.dispose(),
  };
}

interface Step {
  /** `rate` is the learning rate with both bias corrections in it. */
  step(gradients: readonly Tensor[], rate: number): void;
  dispose(): void;
}

let handlesMade = 0;

function fusedStep(variables: readonly Variable[], beta1: number, beta2: number, epsilon: number): Step {
  const types = { dtype: "float32" } as const;
  const handles = variables.map((variable) => {
    const [weights, mean, square] = [0, 1, 2].map(() =>
      executeNative(
        "VarHandleOp",
        { ...types, shape: { shape: variable.shape }, shared_name: { text: `fathom-adam-${handlesMade++}` } },
        [],
      ),
    );
    for (const moment of [mean, square]) {
      tf.tidy(() => executeNativeOutputs("AssignVariableOp", types, [moment, tf.zerosLike(variable)], 0));
    }
    return { weights, mean, square };
  });
  const decay1 = tf.keep(tf.scalar(beta1));
  const decay2 = tf.keep(tf.scalar(beta2));
  const offset = tf.keep(tf.scalar(epsilon));
  // The bias corrections are already in the rate, in double precision, so the op is told there are none.
  const corrected = tf.keep(tf.scalar(0));
  for (const { weights, mean, square } of handles) [weights, mean, square].forEach((handle) => tf.keep(handle));
  // What the last step left in each variable: what its handle holds too, unless somebody has set the variable since.
  const left: (object | undefined)[] = variables.map(() => undefined);
  return {
    step(gradients, rate) {
      tf.tidy(() => {
        const learningRate = tf.scalar(rate);
        handles.forEach(({ weights, mean, square }, index) => {
          const variable = variables[index];
          if (variable.dataId !== left[index]) executeNativeOutputs("AssignVariableOp", types, [weights, variable], 0);
          // Lets go of the old numbers, which TensorFlow would copy before it changes what somebody else holds too.
          variable.assign(gradients[index]);
          try {
            executeNativeOutputs(
              "ResourceApplyAdam",
              { T: "float32", use_locking: false, use_nesterov: false },
              [weights, mean, square, corrected, corrected, learningRate, decay1, decay2, offset, gradients[index]],
              0,
            );
          } finally {
            variable.assign(executeNative("ReadVariableOp", types, [weights]));
            left[index] = variable.dataId;
          }
        });
      });
    },
    dispose() {
      for (const { weights, mean, square } of handles) {
        for (const handle of [weights, mean, square]) {
          executeNativeOutputs("DestroyResourceOp", { ignore_lookup_error: true }, [handle], 0);
          handle.dispose();
        }
      }
      tf.dispose([decay1, decay2, offset, corrected]);
    },
  };
}

function plainStep(variables: readonly Variable[], beta1: number, beta2: number, epsilon: number): Step {
  const moments = tf.tidy(() =>
    variables.map((variable) => ({
      mean: tf.variable(tf.zerosLike(variable), false),
      square: tf.variable(tf.zerosLike(variable), false),
    })),
  );
  return {
    step(gradients, rate) {
      tf.tidy(() => {
        moments.forEach(({ mean, square }, index) => {
          const gradient = gradients[index];
          mean.assign(tf.add(mean, tf.mul(tf.sub(gradient, mean), 1 - beta1)));
          square.assign(tf.add(square, tf.mul(tf.sub(tf.square(gradient), square), 1 - beta2)));
          const change = tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), epsilon));
          variables[index].assign(tf.sub(variables[index], change));
        });
      });
    },
    dispose() {
      for (const { mean, square } of moments) tf.dispose([mean, square]);
    },
  };
}

function checkStep(variables: readonly Variable[], gradients: readonly Tensor[], learningRate: number): void {
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new RangeError(`adamUpdate: the learning rate must be positive, not ${learningRate}.`);
  }
  if (gradients.length !== variables.length) {
    throw new RangeError(
      `adamUpdate: ${variables.length} variables need as many gradients, but got ${gradients.length}.`,
    );
  }
  variables.forEach((variable, index) => {
    if (!tf.util.arraysEqual(variable.shape, gradients[index].shape)) {
      throw new RangeError(
        `adamUpdate: variable ${index} has shape [${variable.shape.join(", ")}], its gradient [${gradients[index].shape.join(", ")}].`,
      );
    }
  });
}
