import * as tf from "@tensorflow/tfjs";
import { tanhBend, tanhGradient } from "../engine/layer-ops";
import type { Tensor } from "../engine/tensor";

/** φ, φ' and φ'' at the same preactivations, each of their shape. */
export interface ActivationJet {
  value: Tensor;
  first: Tensor;
  second: Tensor;
}

/**
 * An activation function φ on tensors, with the two derivatives that carry a curve's velocity and acceleration.
 * Elementwise, any shape; the caller disposes what it is given.
 */
export interface SmoothActivation {
  /** Shown in legends and stored with results. */
  readonly name: string;
  /** φ(h), of the shape of the preactivations. */
  value(preactivations: Tensor): Tensor;
  /** φ(h), φ'(h) and φ''(h), each of the shape of the preactivations. */
  jet(preactivations: Tensor): ActivationJet;
  /**
   * What the jet does to a curve's position h, velocity v and acceleration a, where that takes fewer passes over memory:
   * φ(h), φ'(h) v and φ''(h) v² + φ'(h) a.
   */
  readonly carry?: (h: Tensor, v: Tensor, a: Tensor) => readonly [Tensor, Tensor, Tensor];
}

/** φ(h) = tanh h, the paper's own. */
export const tanhActivation: SmoothActivation = {
  name: "tanh",
  value: (h) => tf.tanh(h),
  jet: (h) => {
    const value = tf.tanh(h);
    const first = tf.sub(1, tf.square(value));
    return { value, first, second: tf.mul(tf.mul(-2, value), first) };
  },
  // φ'' = −2 φ φ', so that φ'' v² + φ' a = φ' (a − 2 φ v²).
  carry: (h, v, a) => {
    const value = tf.tanh(h);
    const bent = tanhBend(a, v, value);
    const acceleration = tanhGradient(bent, value);
    // At once: memory that is still in the processor's caches is taken for what comes next.
    bent.dispose();
    return [value, tanhGradient(v, value), acceleration];
  },
};

/** φ(h) = erf h, bounded like tanh. */
export const erfActivation: SmoothActivation = {
  name: "erf",
  value: (h) => tf.erf(h),
  jet: (h) => {
    const first = tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(h))));
    return { value: tf.erf(h), first, second: tf.mul(tf.mul(-2, h), first) };
  },
};

/** φ(h) = sin h: bounded, but not monotone. */
export const sineActivation: SmoothActivation = {
  name: "sin",
  value: (h) => tf.sin(h),
  jet: (h) => {
    const value = tf.sin(h);
    return { value, first: tf.cos(h), second: tf.neg(value) };
  },
};

/**
 * φ(h) = max(0, h), with φ'' taken as 0 everywhere: the spike of φ'' at the kink is left out, so accelerations and
 * curvatures are those between kinks.
 */
export const reluActivation: SmoothActivation = {
  name: "relu",
  value: (h) => tf.relu(h),
  jet: (h) => ({ value: tf.relu(h), first: tf.cast(tf.greater(h, 0), "float32"), second: tf.zerosLike(h) }),
};

const activations: readonly SmoothActivation[] = [tanhActivation, erfActivation, sineActivation, reluActivation];

/**
 * The activation of a name: "tanh", "erf", "sin" or "relu".
 *
 * @throws RangeError for another name, listing the known ones.
 */
export function smoothActivation(name: string): SmoothActivation {
  const found = activations.find((activation) => activation.name === name);
  if (!found) {
    const known = activations.map((activation) => `"${activation.name}"`).join(", ");
    throw new RangeError(`smoothActivation: no activation is called "${name}"; the known ones are ${known}.`);
  }
  return found;
}

/**
 * An activation from three plain functions of a number, for trying one that TensorFlow has no op for. They run in
 * JavaScript, element by element: about 50 times slower than a native op.
 *
 * @throws TypeError unless all three are functions.
 */
export function scalarActivation(scalar: {
  name: string;
  value: (h: number) => number;
  firstDerivative: (h: number) => number;
  secondDerivative: (h: number) => number;
}): SmoothActivation {
  for (const part of ["value", "firstDerivative", "secondDerivative"] as const) {
    if (typeof scalar[part] !== "function") {
      throw new TypeError(`scalarActivation: ${part} is a function of one number; given ${typeof scalar[part]}.`);
    }
  }
  const each = (h: Tensor, f: (h: number) => number): Tensor =>
    tf.tensor((h.dataSync() as Float32Array).map(f), h.shape);
  return {
    name: scalar.name,
    value: (h) => each(h, scalar.value),
    jet: (h) => ({
      value: each(h, scalar.value),
      first: each(h, scalar.firstDerivative),
      second: each(h, scalar.secondDerivative),
    }),
  };
}
