import { demandCount, demandPositive } from "../demand";
import type { Activation } from "./activation";
import { tanh } from "./activation";
import { fixedPoint, lengthMapTrajectory } from "./length-map";
import type { MeanField } from "./mean-field";
import { slopeFourthMoment } from "./moments";
import { chi1, chi2 } from "./susceptibility";

/**
 * A circle h¹(θ) = √(n q¹)(u0 cos θ + u1 sin θ) sent through the net, layer by layer; element l − 1 belongs to layer l.
 * Lengths are per √n, curvatures times √n, so that none depends on the width n.
 */
export interface CircleRecursion {
  /** q^l, mean square preactivation. */
  readonly length: number[];
  /** ḡ^l = |∂h/∂θ|²/n. */
  readonly metric: number[];
  /** (κ̄^l)² = n κ², with κ the extrinsic curvature. */
  readonly squaredCurvature: number[];
  /** L_E = 2π √ḡ, the Euclidean length of the curve per √n. */
  readonly euclideanLength: number[];
  /** L_G = 2π √(κ̄² ḡ), the length of its Gauss map: how far the tangent turns. */
  readonly grassmannianLength: number[];
}

/**
 * ḡ^l = χ1 ḡ^{l−1} and (κ̄^l)² = 3χ2/χ1² + (κ̄^{l−1})²/χ1 from ḡ¹ = q¹ and (κ̄¹)² = 1/q¹ (Poole et al. 2016),
 * with χ1 and χ2 taken at q^{l−1}. The same recursion holds away from q*: with (h, ∂h, ∂²h) jointly normal, ∂h independent
 * of the others and cov(h, ∂²h) = −ḡ, Gaussian integration by parts cancels every other term.
 * @param q1 mean square preactivation of the first layer; q* unless given
 */
export function circleRecursion(
  meanField: MeanField,
  depth: number,
  q1: number = fixedPoint(meanField),
): CircleRecursion {
  demandCount("depth", depth);
  const length = lengthMapTrajectory(demandPositive("q1", q1), depth, meanField);
  const stationary = Math.abs(length[length.length - 1] / q1 - 1) < 1e-12;
  const metric = [q1];
  const squaredCurvature = [1 / q1];
  let stretch = chi1(meanField, q1);
  let bend = chi2(meanField, q1);
  for (let layer = 1; layer < depth; layer++) {
    if (!stationary) {
      stretch = chi1(meanField, length[layer - 1]);
      bend = chi2(meanField, length[layer - 1]);
    }
    metric.push(stretch * metric[layer - 1]);
    squaredCurvature.push((3 * bend) / stretch ** 2 + squaredCurvature[layer - 1] / stretch);
  }
  return {
    length,
    metric,
    squaredCurvature,
    euclideanLength: metric.map((g) => 2 * Math.PI * Math.sqrt(g)),
    grassmannianLength: metric.map((g, layer) => 2 * Math.PI * Math.sqrt(g * squaredCurvature[layer])),
  };
}

/** ḡ¹, …, ḡ^depth of the circle. */
export function metricRecursion(meanField: MeanField, depth: number, q1?: number): number[] {
  return circleRecursion(meanField, depth, q1).metric;
}

/** (κ̄¹)², …, (κ̄^depth)² of the circle. */
export function curvatureRecursion(meanField: MeanField, depth: number, q1?: number): number[] {
  return circleRecursion(meanField, depth, q1).squaredCurvature;
}

/**
 * L_G at layer `layer` ≥ 1 of a circle with q¹ = q*: 2π √(1 + 3 (χ2/χ1) q* (χ1^{l−1} − 1)/(χ1 − 1)), the recursion summed.
 * It saturates in the ordered phase and grows as χ1^{l/2} in the chaotic one.
 */
export function grassmannianLength(meanField: MeanField, layer: number): number {
  demandCount("layer", layer);
  const q = demandPositive("q*", fixedPoint(meanField));
  const stretch = chi1(meanField, q);
  // expm1 and log1p keep the quotient accurate at the transition, where it tends to layer − 1.
  const excess = stretch - 1;
  const sum = excess === 0 ? layer - 1 : Math.expm1((layer - 1) * Math.log1p(excess)) / excess;
  return 2 * Math.PI * Math.sqrt(1 + 3 * (chi2(meanField, q) / stretch) * q * sum);
}

/** Limit of grassmannianLength for deep nets in the ordered phase. @throws RangeError where χ1 ≥ 1: it has no limit. */
export function grassmannianSaturation(meanField: MeanField): number {
  const q = demandPositive("q*", fixedPoint(meanField));
  const stretch = chi1(meanField, q);
  if (stretch >= 1) throw new RangeError(`L_G saturates only where chi1 < 1; chi1 is ${stretch}`);
  return 2 * Math.PI * Math.sqrt(1 + (3 * (chi2(meanField, q) / stretch) * q) / (1 - stretch));
}

/** lim κ̄² = 3χ2/(χ1(χ1 − 1)) of deep chaotic nets. @throws RangeError where χ1 ≤ 1: curvature then grows without bound. */
export function curvatureLimit(meanField: MeanField): number {
  const q = demandPositive("q*", fixedPoint(meanField));
  const stretch = chi1(meanField, q);
  if (stretch <= 1) throw new RangeError(`κ̄² has a limit only where chi1 > 1; chi1 is ${stretch}`);
  return (3 * chi2(meanField, q)) / (stretch * (stretch - 1));
}

/**
 * Expected length of a circle's image after one random hidden layer of N units, to the order 1/N beyond √N:
 * 2π √(N μ) (1 − v/8N). At each angle a unit's speed is φ'(z) ż with independent z ~ N(0, q), ż ~ N(0, q − σ_b²); μ and v μ² are
 * mean and variance of its square, so μ = E[φ'²] (q − σ_b²) = χ1 (q − σ_b²)/σ_w² and v = 3 E[φ'⁴]/E[φ'²]² − 1. The curve's squared
 * speed is the sum over the units, and √ loses v/8N of it on average. What is left out is of the order 1/N².
 * @param q mean square preactivation of the hidden layer, above σ_b²; q* unless given
 * @throws RangeError for a q that biases alone would give
 */
export function expectedShallowLength(
  meanField: MeanField,
  hiddenWidth: number,
  q: number = fixedPoint(meanField),
): number {
  const { activation, sigmaB } = meanField;
  demandCount("hiddenWidth", hiddenWidth);
  const stretch = chi1(meanField, q) / meanField.sigmaW ** 2;
  const squaredVelocity = q - sigmaB ** 2;
  if (!(squaredVelocity > 0)) throw new RangeError(`q leaves nothing beside the biases' ${sigmaB ** 2}; it is ${q}`);
  const spread = (3 * slopeFourthMoment(activation, q)) / stretch ** 2 - 1;
  return 2 * Math.PI * Math.sqrt(hiddenWidth * stretch * squaredVelocity) * (1 - spread / (8 * hiddenWidth));
}

/**
 * Bound on the length of a circle's image under one hidden layer of a monotone, bounded φ: along a circle each unit's
 * preactivation rises once and falls once, so each coordinate moves at most twice the range of φ, and a curve is no
 * longer than the sum of its coordinates' movements. 4·hiddenWidth for tanh.
 * @throws RangeError if the activation states no bounded range.
 */
export function shallowLengthBound(hiddenWidth: number, activation: Activation = tanh): number {
  demandCount("hiddenWidth", hiddenWidth);
  if (!activation.range)
    throw new RangeError(`${activation.name} states no bounded range, so the bound does not apply`);
  return 2 * (activation.range[1] - activation.range[0]) * hiddenWidth;
}
