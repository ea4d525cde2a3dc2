import { demandCount } from "../demand";

/** C(n, k), exactly; 0 where k > n. @throws RangeError unless n and k are whole numbers of at least 0 */
export function binomial(n: number, k: number): bigint {
  demandCount("n", n, 0);
  if (demandCount("k", k, 0) > n) return 0n;
  let value = 1n;
  // After step j the value is C(n − k + j, j), so every division is exact.
  for (let j = 1; j <= Math.min(k, n - k); j++) value = (value * BigInt(n - Math.min(k, n - k) + j)) / BigInt(j);
  return value;
}

/** Σ_{j ≤ most} C(n, j), exactly. @throws RangeError unless both are whole numbers of at least 0 */
export function binomialSum(n: number, most: number): bigint {
  demandCount("n", n, 0);
  demandCount("most", most, 0);
  let term = 1n;
  let sum = 1n;
  for (let j = 1; j <= Math.min(most, n); j++) {
    term = (term * BigInt(n - j + 1)) / BigInt(j);
    sum += term;
  }
  return sum;
}
