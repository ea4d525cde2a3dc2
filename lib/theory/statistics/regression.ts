import { demandNumbers, demandPositive } from "../demand";

/** A straight line through points with known standard errors. */
export interface LineFit {
  readonly intercept: number;
  readonly interceptStandardError: number;
  readonly slope: number;
  readonly slopeStandardError: number;
  /** Covariance of intercept and slope. */
  readonly covariance: number;
  /** Σ ((y − fit)/standardError)², about degreesOfFreedom if the line is adequate. */
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
}

/**
 * Weighted least squares y = intercept + slope·x, weights 1/standardError²; the errors come from the given standard
 * errors, not from the scatter about the line.
 * @throws RangeError if there are fewer than 2 points, the lengths differ, a standard error is not above 0, or every x is equal.
 */
export function weightedLineFit(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
): LineFit {
  const n = demandNumbers("x", x, 2).length;
  demandSameLength(n, { y, standardErrors });
  let total = 0;
  let meanX = 0;
  let meanY = 0;
  const weights = Array.from(standardErrors, (error, i) => demandPositive(`standardErrors[${i}]`, error) ** -2);
  for (let i = 0; i < n; i++) {
    total += weights[i];
    meanX += weights[i] * x[i];
    meanY += weights[i] * y[i];
  }
  meanX /= total;
  meanY /= total;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    sxx += weights[i] * (x[i] - meanX) ** 2;
    sxy += weights[i] * (x[i] - meanX) * (y[i] - meanY);
  }
  if (!(sxx > 0)) throw new RangeError("every x is equal: a line needs at least two different ones");
  const slope = sxy / sxx;
  const intercept = meanY - slope * meanX;
  let chiSquared = 0;
  for (let i = 0; i < n; i++) chiSquared += weights[i] * (y[i] - intercept - slope * x[i]) ** 2;
  return {
    intercept,
    interceptStandardError: Math.sqrt(1 / total + meanX ** 2 / sxx),
    slope,
    slopeStandardError: Math.sqrt(1 / sxx),
    covariance: -meanX / sxx,
    chiSquared,
    degreesOfFreedom: n - 2,
  };
}

/** Ordinary least squares: equal weights, errors from the scatter about the line. At least 3 points. */
export function lineFit(x: ArrayLike<number>, y: ArrayLike<number>): LineFit {
  const n = demandNumbers("x", x, 3).length;
  const unit = weightedLineFit(x, y, new Float64Array(n).fill(1));
  const variance = unit.chiSquared / (n - 2);
  return {
    ...unit,
    interceptStandardError: unit.interceptStandardError * Math.sqrt(variance),
    slopeStandardError: unit.slopeStandardError * Math.sqrt(variance),
    covariance: unit.covariance * variance,
    chiSquared: n - 2,
  };
}

function demandSameLength(n: number, others: Record<string, ArrayLike<number>>): void {
  for (const [name, values] of Object.entries(others)) {
    demandNumbers(name, values);
    if (values.length !== n) throw new RangeError(`${name} holds ${values.length} numbers for ${n} points`);
  }
}
