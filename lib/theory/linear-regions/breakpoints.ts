import { demandFinite, demandPositive } from "../demand";
import { checkedNets, lineCovariances, type LineCovariances, type LineGeometry, type RandomNets } from "./covariances";

/**
 * Zeros per unit of t of a centred Gaussian function with these covariances at t: √(KV − C²)/(πK) (Kac 1943, Rice 1945).
 * One neuron's density of breakpoints along a line, in the limit of infinite width.
 * @throws RangeError unless K > 0 and K V ≥ C²
 */
export function breakpointDensity({ K, C, V }: LineCovariances): number {
  demandPositive("K", K);
  return Math.sqrt(determinant({ K, C, V })) / (Math.PI * K);
}

/**
 * Expected breakpoints of each hidden layer on the part t_0 < t < t_1 of a line, all n_l neurons together. In the limit of
 * infinite width (the first layer: at any width) the Kac–Rice density integrates to
 *
 *     (n_l/π) [arctan((C + V t)/√(V K − C²))]_{t_0}^{t_1},   K, C, V of the layer at t = 0.
 *
 * The whole line, t from −∞ to ∞, has one breakpoint a neuron, whatever the depth, σ_w and σ_b > 0.
 * @returns element l − 1 for layer l
 * @throws RangeError for t_0 ≥ t_1, NaN, or zero biases and a line through the origin, whose zeros all lie there
 */
export function expectedBreakpoints(
  nets: RandomNets,
  line: LineGeometry,
  [start, end]: readonly [start: number, end: number] = [0, 1],
): number[] {
  if (!(start < end)) throw new RangeError(`a part of a line needs t_0 < t_1; given ${start} and ${end}`);
  const { hiddenWidths } = checkedNets(nets);
  return lineCovariances(nets, line).map((covariances, layer) => {
    const { C, V } = covariances;
    const root = Math.sqrt(determinant(covariances));
    if (root === 0) {
      throw new RangeError("without biases every neuron's zeros on a line through the origin lie at the origin");
    }
    const angle = (t: number): number => Math.atan((C + V * t) / root);
    return (hiddenWidths[layer] * (angle(end) - angle(start))) / Math.PI;
  });
}

/** Expected linear regions on a part of a line: one more than the breakpoints of all layers. */
export function expectedRegionsOnSegment(
  nets: RandomNets,
  line: LineGeometry,
  part: readonly [start: number, end: number] = [0, 1],
): number {
  return expectedBreakpoints(nets, line, part).reduce((sum, breakpoints) => sum + breakpoints, 1);
}

/** K V − C², 0 where rounding makes it negative. */
function determinant({ K, C, V }: LineCovariances): number {
  const value = demandFinite("K", K) * demandFinite("V", V) - demandFinite("C", C) ** 2;
  if (value < -1e-9 * K * V) throw new RangeError(`no covariances have K = ${K}, C = ${C}, V = ${V}: K V < C²`);
  // Rounding of products of this size is no determinant.
  return value < 1e-14 * K * V ? 0 : value;
}
