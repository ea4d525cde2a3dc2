import gammaln from "@stdlib/math-base-special-gammaln";
import { demandCount, demandNotNegative, demandPositive } from "../demand";
import { checkedNets, type RandomNets } from "./covariances";

/** A point of a slice of input space. */
export interface SlicePoint {
  /** ‖x‖². */
  readonly squaredNorm: number;
  /** Squared length of x's projection on the slice's directions: ‖x‖² for a slice through the origin. */
  readonly projectedSquaredNorm: number;
}

/**
 * Boundaries per unit volume of an m-dimensional slice, layer by layer, in the limit of infinite width: the volume in m − 1
 * dimensions of the sets z_j = 0, per unit volume in m dimensions (boundary length per area for m = 2, breakpoints per
 * length for m = 1). With K and V of the layer it is n_l E‖g‖/√(2πK), where the gradient g on the slice, given z = 0, is
 * normal with variance V in every direction but the radial one, where it is V (1 − V ‖Px‖²/K). At the origin, or where
 * ‖Px‖² is small,
 *
 *     A_l = n_l √(V/K_l) Γ((m + 1)/2)/(√π Γ(m/2)).
 *
 * @param sliceDimension m, from 1 to the input width
 * @param point the origin unless given
 * @returns element l − 1 for layer l
 */
export function boundaryDensity(
  nets: RandomNets,
  sliceDimension: number,
  point: SlicePoint = { squaredNorm: 0, projectedSquaredNorm: 0 },
): number[] {
  const { inputWidth, hiddenWidths, sigmaB, weightVariance } = checkedNets(nets);
  if (demandCount("sliceDimension", sliceDimension) > inputWidth) {
    throw new RangeError(`a slice of ${inputWidth} inputs has at most as many dimensions; given ${sliceDimension}`);
  }
  const { squaredNorm, projectedSquaredNorm } = point;
  demandNotNegative("squaredNorm", squaredNorm);
  if (demandNotNegative("projectedSquaredNorm", projectedSquaredNorm) > squaredNorm * (1 + 1e-9)) {
    throw new RangeError(`a projection is no longer than x; given ${projectedSquaredNorm} of ${squaredNorm}`);
  }
  const gain = weightVariance / 2;
  let K = (weightVariance * squaredNorm) / inputWidth + sigmaB ** 2;
  let V = weightVariance / inputWidth;
  return hiddenWidths.map((width, layer) => {
    if (layer > 0) [K, V] = [gain * K + sigmaB ** 2, gain * V];
    if (K === 0)
      throw new RangeError("without biases every boundary passes through the origin; its density is infinite");
    // The covariance of z with its gradient is V Px in every layer.
    const radial = Math.max(0, V * (1 - (V * projectedSquaredNorm) / K));
    return (width * meanNorm(sliceDimension, V, radial)) / Math.sqrt(2 * Math.PI * K);
  });
}

/** All layers' boundaries per unit volume: A. */
export function totalBoundaryDensity(nets: RandomNets, sliceDimension: number, point?: SlicePoint): number {
  return boundaryDensity(nets, sliceDimension, point).reduce((sum, density) => sum + density, 0);
}

/**
 * Expected length of all layers' boundaries in the square [−h, h]² of a plane through the origin, spanned by orthonormal
 * directions: the density for m = 2, which depends on the distance r from the origin only, integrated over the circle in
 * the square and then over its corners, by Simpson's rule; good to 1e-6.
 * @param halfSide h, above 0
 */
export function expectedBoundaryLength(nets: RandomNets, halfSide: number): number {
  demandPositive("halfSide", halfSide);
  const { inputWidth, sigmaB, weightVariance } = checkedNets(nets);
  const at = (r: number): number =>
    r * totalBoundaryDensity(nets, 2, { squaredNorm: r * r, projectedSquaredNorm: r * r });
  // The density falls off beyond this distance; with r = scale sinh u both sides of it are resolved.
  const scale = sigmaB * Math.sqrt(inputWidth / weightVariance);
  const circle = simpson(0, Math.asinh(halfSide / scale), 128, (u) => {
    return 2 * Math.PI * at(scale * Math.sinh(u)) * scale * Math.cosh(u);
  });
  // Of the circle of radius r = h/cos φ > h, the angle 2π − 8φ lies in the square.
  const corners = simpson(0, Math.PI / 4, 64, (phi) => {
    return (2 * Math.PI - 8 * phi) * at(halfSide / Math.cos(phi)) * halfSide * (Math.tan(phi) / Math.cos(phi));
  });
  return circle + corners;
}

function simpson(from: number, to: number, panels: number, of: (x: number) => number): number {
  const step = (to - from) / panels;
  let sum = of(from) + of(to);
  for (let i = 1; i < panels; i++) sum += (i % 2 === 1 ? 4 : 2) * of(from + i * step);
  return (sum * step) / 3;
}

/**
 * Mean distance to the nearest boundary where boundaries of this density lie like independent hyperplanes: those that cut
 * a ball of radius r are then Poisson with mean 2 A r, so the distance is exponential with mean 1/(2A).
 */
export function meanBoundaryDistance(density: number): number {
  return 1 / (2 * demandPositive("density", density));
}

/** P(distance ≤ r) of that exponential law. @param distance r, at least 0 */
export function boundaryDistanceCdf(distance: number, density: number): number {
  return -Math.expm1(-demandNotNegative("distance", distance) / meanBoundaryDistance(density));
}

/** E‖g‖ of a centred normal vector in m dimensions, variance `across` in m − 1 of them and `along` in one. */
function meanNorm(m: number, across: number, along: number): number {
  const sphere = Math.SQRT2 * Math.exp(gammaln((m + 1) / 2) - gammaln(m / 2));
  if (m === 1) return Math.sqrt(along) * sphere;
  if (along === across) return Math.sqrt(across) * sphere;
  // E√Q = (1/2√π) ∫ (1 − E e^{−sQ}) s^{−3/2} ds; with s = e^y the trapezoid rule converges exponentially.
  const step = 1 / 16;
  const transform = (s: number): number =>
    -Math.expm1(-0.5 * ((m - 1) * Math.log1p(2 * s) + Math.log1p((2 * s * along) / across)));
  let sum = 0;
  for (let y = -80; y <= 80; y += step) sum += transform(Math.exp(y)) * Math.exp(-y / 2);
  return (Math.sqrt(across) * step * sum) / (2 * Math.sqrt(Math.PI));
}
