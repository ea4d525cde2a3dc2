import { join } from "node:path";
import { phasePlaneLengths } from "../../lib/measure";
import { tanhActivation } from "../../lib/nets";
import { key } from "../../lib/random";
import { chi1, fixedPoint, tanh } from "../../lib/theory";
import { writeNpy } from "../npy";
import type { Summary, Workload } from "../workload";

interface Sizes extends Readonly<Record<string, number>> {
  /** Values of each of sigmaW and sigmaB. */
  readonly side: number;
  readonly width: number;
  readonly depth: number;
  readonly nets: number;
}

/** Without bias and with sigmaW ≤ 1 the fixed point is 0; tanh is linear to 1e-6 at this length. */
const smallestLength = 1e-6;

function axes(side: number): { sigmaW: Float64Array; sigmaB: Float64Array } {
  const points = Array.from({ length: side * side }, (_, index) => [index % side, Math.floor(index / side)]);
  return {
    sigmaW: Float64Array.from(points, ([column]) => 0.1 + (4 * column) / (side - 1)),
    sigmaB: Float64Array.from(points, ([, row]) => (2 * row) / (side - 1)),
  };
}

/** Means over nets, and the standard errors of those means, of the length in the last layer and of the tangent's growth. */
function summary(perNet: { squaredLength: Float64Array[]; logTangentGrowth: Float64Array[] }): Summary {
  const of = (values: readonly Float64Array[], scale: number): { mean: number[]; error: number[] } => {
    const nets = values.length;
    const mean = Array.from(values[0], (_, point) => values.reduce((sum, net) => sum + net[point] * scale, 0) / nets);
    const error = mean.map((center, point) =>
      Math.sqrt(values.reduce((sum, net) => sum + (net[point] * scale - center) ** 2, 0) / (nets * (nets - 1))),
    );
    return { mean, error };
  };
  const length = of(perNet.squaredLength, 1);
  const growth = of(perNet.logTangentGrowth, 1);
  return { length: length.mean, lengthError: length.error, growth: growth.mean, growthError: growth.error };
}

/** Theory at every point, as two lists. */
function theory(sigmaW: Float64Array, sigmaB: Float64Array): { lengths: number[]; growths: number[] } {
  const meanFields = Array.from(sigmaW, (w, point) => ({ activation: tanh, sigmaW: w, sigmaB: sigmaB[point] }));
  const lengths = meanFields.map((meanField) => fixedPoint(meanField));
  return { lengths, growths: meanFields.map((meanField, point) => chi1(meanField, lengths[point])) };
}

/**
 * Student's t of two means of eight nets that differ by chance exceeds 25 with a probability below 1e-12: of 3362 comparisons,
 * correlated or not, none should.
 */
const largestStatistic = 25;

function sameLaw(ours: Summary, theirs: Summary): void {
  for (const name of ["length", "growth"]) {
    const [a, b, errorA, errorB] = [
      ours[name],
      theirs[name],
      ours[`${name}Error`],
      theirs[`${name}Error`],
    ] as number[][];
    if (a.length !== b.length) throw new Error(`${name}: ${a.length} points of ours, ${b.length} of theirs`);
    a.forEach((value, point) => {
      // Where lengths shrink to nothing, both are rounding.
      const statistic = Math.abs(value - b[point]) / (Math.hypot(errorA[point], errorB[point]) + 1e-9);
      if (statistic <= largestStatistic) return;
      throw new Error(
        `${name} at point ${point}: ${value} ± ${errorA[point]} of ours, ${b[point]} ± ${errorB[point]} of theirs`,
      );
    });
  }
}

export const workload: Workload<Sizes> = {
  name: "phase-plane",
  title: "q* and χ1 in theory and in 8 tanh nets of width 1000 and depth 30, at 41 × 41 points (σ_w, σ_b)",
  parameters: { side: 41, width: 1000, depth: 30, nets: 8 },
  prepare: async ({ side, width, depth, nets }, folder) => {
    const { sigmaW, sigmaB } = axes(side);
    const planted = (lengths: readonly number[]): Float64Array =>
      Float64Array.from(lengths, (length) => Math.max(length, smallestLength));
    writeNpy(join(folder, "sigmaW.npy"), sigmaW);
    writeNpy(join(folder, "sigmaB.npy"), sigmaB);
    writeNpy(join(folder, "squaredLength.npy"), planted(theory(sigmaW, sigmaB).lengths));
    return {
      run: () => {
        const { lengths, growths } = theory(sigmaW, sigmaB);
        const measured = phasePlaneLengths(key(1), {
          activation: tanhActivation,
          sigmaW,
          sigmaB,
          squaredLength: planted(lengths),
          width,
          depth,
          nets,
        });
        return { fixedPoint: lengths, chi1: growths, ...summary(measured) };
      },
    };
  },
  peers: ["torch"],
  same: sameLaw,
  reach: { seconds: 60 },
  cores: "all",
  growth: [
    {
      of: "width",
      label: "width",
      values: [100, 300, 1000, 3000, 10_000, 30_000, 100_000],
      others: { side: 5, depth: 10, nets: 2 },
      expected: { time: 1, memory: 1 },
    },
    {
      of: "depth",
      label: "depth",
      values: [3, 10, 30, 100, 300],
      others: { side: 5, width: 1000, nets: 2 },
      expected: { time: 1, memory: 0 },
    },
    {
      of: "side",
      label: "points along each axis",
      values: [3, 6, 12, 25, 50, 100],
      others: { width: 300, depth: 10, nets: 2 },
      expected: { time: 2, memory: 2 },
    },
  ],
};
