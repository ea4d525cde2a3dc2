import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../engine";
import { type Key, normal, rademacher, TRUNCATED_VARIANCE, truncatedNormal, uniform } from "../random";
import { checkChoice, checkYesOrNo } from "./choice";

/** `[fanIn, fanOut]` for one net, `[nets, fanIn, fanOut]` for an ensemble stacked on a leading axis. */
export type WeightShape = readonly [number, number] | readonly [number, number, number];

/** Which fan the variance is divided by: the inputs of a layer, or the mean of its inputs and outputs. */
export type Fan = "fanIn" | "fanAverage";

/** How the weights of one layer are drawn. Every scheme here is symmetric about zero. */
export interface Initialisation {
  /** Shown in legends and stored with results. */
  readonly name: string;
  /** Whether the entries of one weight matrix are independent; false for orthogonal matrices. */
  readonly independent: boolean;
  /** Whether the entries are exactly Gaussian, so that `W x` given `x` may be drawn without drawing `W`. */
  readonly gaussian: boolean;
  /** E W⁴ / (E W²)² − 3 of one weight; null where it depends on the shape (orthogonal). */
  readonly excessKurtosis: number | null;
  /** Var(W_ij) of a layer with these fans. */
  variance(fanIn: number, fanOut: number): number;
  /** Weights of one layer; the same key and shape give the same weights on every engine. The caller disposes. */
  weights(key: Key, shape: WeightShape): Tensor;
}

/** Excess kurtosis of N(0, 1) cut at ±2, from E x⁴ = 3 − 28 φ(2) / (2 Φ(2) − 1). */
export const truncatedNormalExcessKurtosis: number = -0.6344632828703509;

/** The three sizes of a weight shape; `nets` is 1 for a single net. Throws RangeError on a bad shape. */
export function weightSizes(shape: WeightShape): { nets: number; fanIn: number; fanOut: number } {
  const sizes: readonly number[] = shape;
  if (sizes.length !== 2 && sizes.length !== 3) {
    throw new RangeError(`A weight shape is [fanIn, fanOut] or [nets, fanIn, fanOut]; given [${sizes.join(", ")}].`);
  }
  for (const size of sizes) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`Every size of a weight shape is a whole number ≥ 1; given [${sizes.join(", ")}].`);
    }
  }
  const [nets, fanIn, fanOut] = sizes.length === 2 ? [1, ...sizes] : sizes;
  return { nets, fanIn, fanOut };
}

/** Throws TypeError for what draws no weights. */
export function checkInitialisation(initialisation: Initialisation, what: string): void {
  if (typeof initialisation?.weights === "function") return;
  throw new TypeError(
    `${what} is one of heNormal, leCunNormal, … or made by gaussianWeights; given ${typeof initialisation}.`,
  );
}

/** Throws RangeError unless `gain` is a positive finite number. */
export function checkGain(gain: number): void {
  if (!(Number.isFinite(gain) && gain > 0)) {
    throw new RangeError(`A gain is a positive finite number (√2 is He's for ReLU); given ${gain}.`);
  }
}

/** A gain as legends show it. */
export function shortGain(gain: number): string {
  return gain === Math.SQRT2 ? "√2" : String(Number(gain.toPrecision(4)));
}

/** gain² / fan. Throws RangeError on fans that are not whole numbers ≥ 1. */
export function scaledVariance(gain: number, fan: Fan, fanIn: number, fanOut: number): number {
  weightSizes([fanIn, fanOut]);
  return (gain * gain) / (fan === "fanIn" ? fanIn : (fanIn + fanOut) / 2);
}

interface IndependentLaw {
  readonly name: string;
  readonly gain: number;
  readonly fan: Fan;
  readonly excessKurtosis: number;
  readonly gaussian?: boolean;
  /** Variance of a drawn weight over the variance that was asked for; 1 unless a cut was left uncorrected. */
  readonly varianceKept?: number;
  /** Draws with the standard deviation asked for. */
  draw(key: Key, shape: number[], standardDeviation: number): Tensor;
}

function independentWeights(law: IndependentLaw): Initialisation {
  checkGain(law.gain);
  checkChoice(law.fan, ["fanIn", "fanAverage"], "fan");
  const kept = law.varianceKept ?? 1;
  return {
    name: law.name,
    independent: true,
    gaussian: law.gaussian ?? false,
    excessKurtosis: law.excessKurtosis,
    variance: (fanIn, fanOut) => kept * scaledVariance(law.gain, law.fan, fanIn, fanOut),
    weights(key, shape) {
      const { fanIn, fanOut } = weightSizes(shape);
      return law.draw(key, [...shape], Math.sqrt(scaledVariance(law.gain, law.fan, fanIn, fanOut)));
    },
  };
}

/** Options shared by the independent schemes. */
export interface SchemeOptions {
  /** Default "fanIn". */
  fan?: Fan;
  /** Overrides the name shown in legends. */
  name?: string;
}

/** `W_ij ~ N(0, gain² / fan)`; gain √2 keeps the mean activation length of a ReLU net. Throws RangeError on a bad gain. */
export function gaussianWeights(gain: number, options: SchemeOptions = {}): Initialisation {
  return independentWeights({
    name: options.name ?? `Gaussian, gain ${shortGain(gain)}`,
    gain,
    fan: options.fan ?? "fanIn",
    excessKurtosis: 0,
    gaussian: true,
    draw: (key, shape, standardDeviation) => normal(key, shape, 0, standardDeviation),
  });
}

/** `W_ij ~ U[−a, a)` with `a = gain √(3 / fan)`, so that the variance is gain² / fan. Throws RangeError on a bad gain. */
export function uniformWeights(gain: number, options: SchemeOptions = {}): Initialisation {
  return independentWeights({
    name: options.name ?? `uniform, gain ${shortGain(gain)}`,
    gain,
    fan: options.fan ?? "fanIn",
    excessKurtosis: -6 / 5,
    draw(key, shape, standardDeviation) {
      const limit = Math.sqrt(3) * standardDeviation;
      return uniform(key, shape, -limit, limit);
    },
  });
}

/** `W_ij = ± gain / √fan` with equal chances. Throws RangeError on a bad gain. */
export function rademacherWeights(gain: number, options: SchemeOptions = {}): Initialisation {
  return independentWeights({
    name: options.name ?? `Rademacher, gain ${shortGain(gain)}`,
    gain,
    fan: options.fan ?? "fanIn",
    excessKurtosis: -2,
    draw: (key, shape, standardDeviation) => tf.tidy(() => tf.mul(rademacher(key, shape), standardDeviation)),
  });
}

/**
 * Normal weights cut at two standard deviations. Cutting lowers the variance to 0.7737413 of what was asked for;
 * `corrected` divides by √0.7737413 to restore gain² / fan. Throws RangeError on a bad gain, TypeError where
 * `corrected` is missing.
 */
export function truncatedNormalWeights(gain: number, options: SchemeOptions & { corrected: boolean }): Initialisation {
  const { corrected } = options;
  checkYesOrNo(corrected, "corrected");
  return independentWeights({
    name: options.name ?? `truncated normal${corrected ? ", corrected" : ""}, gain ${shortGain(gain)}`,
    gain,
    fan: options.fan ?? "fanIn",
    excessKurtosis: truncatedNormalExcessKurtosis,
    varianceKept: corrected ? 1 : TRUNCATED_VARIANCE,
    draw(key, shape, standardDeviation) {
      const scale = corrected ? standardDeviation / Math.sqrt(TRUNCATED_VARIANCE) : standardDeviation;
      return tf.tidy(() => tf.mul(truncatedNormal(key, shape), scale));
    },
  });
}
