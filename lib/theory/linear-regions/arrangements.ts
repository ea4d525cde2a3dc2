import { demandCount } from "../demand";
import { binomial, binomialSum } from "./binomial";

/**
 * Regions into which hyperplanes in general position cut a space: Σ_{j ≤ dimension} C(hyperplanes, j) (Schläfli;
 * Zaslavsky 1975). The most that any number of hyperplanes can give, and what a random layer with biases does
 * give almost surely: the regions of a net with one hidden layer.
 * @param hyperplanes whole number of at least 0
 * @param dimension of the space, at least 1
 */
export function arrangementRegions(hyperplanes: number, dimension: number): bigint {
  return binomialSum(demandCount("hyperplanes", hyperplanes, 0), demandCount("dimension", dimension));
}

/** Those of them that are bounded: C(hyperplanes − 1, dimension) (Zaslavsky 1975). */
export function boundedArrangementRegions(hyperplanes: number, dimension: number): bigint {
  demandCount("dimension", dimension);
  return demandCount("hyperplanes", hyperplanes, 0) === 0 ? 0n : binomial(hyperplanes - 1, dimension);
}

/**
 * Regions of hyperplanes through the origin, otherwise in general position: 2 Σ_{j < dimension} C(hyperplanes − 1, j)
 * (Schläfli; Cover 1965). The regions of a net with one hidden layer and no biases.
 */
export function centralArrangementRegions(hyperplanes: number, dimension: number): bigint {
  demandCount("dimension", dimension);
  if (demandCount("hyperplanes", hyperplanes, 0) === 0) return 1n;
  return 2n * binomialSum(hyperplanes - 1, dimension - 1);
}
