import type { CircleParameters, CircleRow, Regime, RegimePoint, SignalRow } from "fathom/experiments";
import type { Signals } from "fathom/figures";
import {
  circleRecursion,
  correlationMapTrajectory,
  fixedPoint,
  lengthMapTrajectory,
  type MeanField,
  tanh,
} from "fathom/theory";

export const points: readonly RegimePoint[] = [
  { name: "ordered", sigmaW: 1.3, sigmaB: 0.3 },
  { name: "strongly-chaotic", sigmaW: 4, sigmaB: 0.3 },
];
export const fieldOf = ({ sigmaW, sigmaB }: RegimePoint): MeanField => ({ activation: tanh, sigmaW, sigmaB });

/** What three nets could have measured: mean `value` and standard error `value` / 100. */
export function threeNets(value: number): number[] {
  const step = (Math.sqrt(3) * value) / 100;
  return [value - step, value, value + step];
}

const depth = 6;
const lags = [0, 2, 5, 10];
const angles = 20;

/** A regime measured at two widths: theory, raised by 10 / width. */
export function regime(point: RegimePoint): Regime {
  const meanField = fieldOf(point);
  const squaredLength = fixedPoint(meanField);
  const theory = circleRecursion(meanField, depth);
  const measured = [200, 100].map((width) => {
    const near = (value: number): number[] => threeNets(value * (1 + 10 / width));
    const sizes = { width, depth, nets: 3, angles, lags, seed: 0 };
    const parameters: CircleParameters = { activation: "tanh", squaredLength, ...sizes, ...point };
    const rows = theory.length.map((length, index): CircleRow => {
      const correlation = (lag: number): number =>
        correlationMapTrajectory(Math.cos((2 * Math.PI * lag) / angles), depth, meanField)[index];
      return {
        layer: index + 1,
        squaredLength: near(length),
        metric: near(theory.metric[index]),
        squaredCurvature: near(theory.squaredCurvature[index]),
        squaredTurning: near(theory.metric[index] * theory.squaredCurvature[index]),
        euclideanLength: near(theory.euclideanLength[index]),
        grassmannianLength: near(theory.grassmannianLength[index]),
        chordLength: near(theory.euclideanLength[index]),
        activationLength: near(theory.euclideanLength[index]),
        autocorrelation: lags.map((lag) => threeNets(squaredLength * correlation(lag))),
      };
    });
    return { parameters, rows };
  });
  return { ...point, meanField, squaredLength, theory, measured };
}

/** Inputs of these squared lengths and pairs of these correlations through ten layers: theory, and its error bars. */
export function signals(
  point: RegimePoint,
  squaredLengths: readonly number[],
  correlations: readonly number[],
): Signals {
  const lengths = squaredLengths.map((q) => lengthMapTrajectory(q, 10, fieldOf(point)));
  const paths = correlations.map((c) => correlationMapTrajectory(c, 10, fieldOf(point)));
  const rows = Array.from({ length: 10 }, (_, index): SignalRow => {
    const squaredLength = lengths.map((path) => threeNets(path[index]));
    return { layer: index + 1, squaredLength, correlation: paths.map((path) => threeNets(path[index])) };
  });
  return { ...point, rows };
}
