import { demandFinite, demandNotNegative, demandNumbers, demandPositive } from "../../theory/demand";
import { findRoot } from "../../theory/root";

/** A rule for ∫Dz f(z) over the standard normal measure: Σ weights[i] f(nodes[i]). */
export interface QuadratureRule {
  nodes: readonly number[];
  weights: readonly number[];
}

/** The trapezoid rule for the normal density on [−limit, limit]: for analytic f it converges faster than any power. */
export function trapezoidRule(count: number = 401, limit: number = 10): QuadratureRule {
  requireCount(count);
  demandPositive("limit", limit);
  const step = (2 * limit) / (count - 1);
  const nodes = Array.from({ length: count }, (_, index) => -limit + index * step);
  return { nodes, weights: nodes.map((z) => (step * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI)) };
}

/**
 * The Gauss–Hermite rule for the normal density, exact for polynomials of degree 2 count − 1. Its nodes spread out to
 * ±2 √count, so it sees little of a function that is a narrow bump at 0.
 */
export function gaussHermiteRule(count: number): QuadratureRule {
  requireCount(count);
  // Orthonormal Hermite polynomials, with the root of the density folded in so that nothing overflows.
  const at = (z: number): { value: number; before: number } => {
    let before = 0;
    let value = Math.exp(-(z * z) / 4);
    for (let degree = 0; degree < count; degree++) {
      [before, value] = [value, (z * value - Math.sqrt(degree) * before) / Math.sqrt(degree + 1)];
    }
    return { value, before };
  };
  const edge = 2 * Math.sqrt(count + 1);
  const grid = Array.from({ length: 40 * count + 1 }, (_, index) => -edge * Math.cos((Math.PI * index) / (40 * count)));
  const nodes: number[] = [];
  for (let index = 0; index < grid.length - 1; index++) {
    const [low, high] = [grid[index], grid[index + 1]];
    if (at(low).value > 0 !== at(high).value > 0) nodes.push(findRoot((z) => at(z).value, low, high));
  }
  if (nodes.length !== count) throw new Error(`gaussHermiteRule: found ${nodes.length} of ${count} nodes.`);
  return { nodes, weights: nodes.map((z) => Math.exp(-(z * z) / 2) / (count * at(z).before ** 2)) };
}

/** q*, χ1 and χ2. */
export interface FixedPointConstants {
  q: number;
  chi1: number;
  chi2: number;
}

/** q*, χ1 and χ2 of tanh by a quadrature rule and plain iteration of the length map: nothing is shared with fathom/theory. */
export function plainConstants(
  sigmaW: number,
  sigmaB: number,
  rule: QuadratureRule = trapezoidRule(),
): FixedPointConstants {
  demandPositive("sigmaW", sigmaW);
  demandNotNegative("sigmaB", sigmaB);
  demandNumbers("nodes", rule.nodes);
  if (demandNumbers("weights", rule.weights).length !== rule.nodes.length) {
    throw new RangeError(`a rule has a weight a node; there are ${rule.weights.length} for ${rule.nodes.length} nodes`);
  }
  const average = (f: (h: number) => number, q: number): number =>
    rule.nodes.reduce((total, z, index) => total + rule.weights[index] * f(Math.sqrt(q) * z), 0);
  const slope = (h: number): number => 1 / Math.cosh(h) ** 2;
  let q = 1;
  for (let iteration = 0, step = 1; iteration < 5000 && Math.abs(step) > 1e-15 * q; iteration++) {
    step = sigmaW ** 2 * average((h) => Math.tanh(h) ** 2, q) + sigmaB ** 2 - q;
    q += step;
  }
  return {
    q,
    chi1: sigmaW ** 2 * average((h) => slope(h) ** 2, q),
    chi2: sigmaW ** 2 * average((h) => (2 * Math.tanh(h) * slope(h)) ** 2, q),
  };
}

/** σ_w at which χ1 = 1 for tanh, by bisection of `plainConstants`. */
export function plainCriticalSigmaW(sigmaB: number, rule: QuadratureRule = trapezoidRule()): number {
  demandNotNegative("sigmaB", sigmaB);
  let [low, high] = [0.5, 5];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (plainConstants(middle, sigmaB, rule).chi1 < 1) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The slope at 1 of a function on [−1, 1], from values at 1, 1 − ε, 1 − ε/2 and 1 − ε/4 (Richardson): an independent look
 * at C'(1).
 */
export function slopeAtOne(f: (c: number) => number, epsilon: number = 2e-3): number {
  demandPositive("epsilon", epsilon);
  const backward = (step: number): number => (demandFinite("f", f(1)) - demandFinite("f", f(1 - step))) / step;
  const [one, half, quarter] = [backward(epsilon), backward(epsilon / 2), backward(epsilon / 4)];
  const [first, second] = [2 * half - one, 2 * quarter - half];
  return (4 * second - first) / 3;
}

function requireCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 2 || count > 600) {
    throw new RangeError(`A quadrature rule here has 2 to 600 nodes; given ${count}.`);
  }
}
