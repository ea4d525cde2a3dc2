import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  piecewiseLinearNet,
  type PiecewiseLinearNet,
  type PiecewiseLinearStep,
  randomReluNet,
} from "../lib/nets/piecewise-linear";
import { key } from "../lib/random/key";
import { normalArray } from "../lib/random/normal";

/** The weights rounded to float32, which is all that the peers take. */
function rounded(steps: readonly PiecewiseLinearStep[]): PiecewiseLinearStep[] {
  return steps.map((step) => {
    if (step.kind === "rectifier") return step;
    if (step.kind === "residual") return { ...step, scale: Math.fround(step.scale), block: rounded(step.block) };
    return { ...step, weights: step.weights.map(Math.fround), biases: step.biases.map(Math.fround) };
  });
}

/** A random net of ReLUs with 10 outputs, its weights in float32. */
export function randomCase(inputWidth: number, hiddenWidths: readonly number[], negativeSlope = 0): PiecewiseLinearNet {
  const net = randomReluNet(key(1), { inputWidth, hiddenWidths, outputWidth: 10, sigmaB: 0.2, negativeSlope });
  return piecewiseLinearNet(inputWidth, rounded(net.steps));
}

/** A net with a residual block of `hidden` neurons and one of `width`, whose second link is negative. */
export function residualCase(inputWidth: number, width: number, hidden: number): PiecewiseLinearNet {
  const affine = (seed: number, fanIn: number, fanOut: number): PiecewiseLinearStep =>
    randomReluNet(key(seed), { inputWidth: fanIn, hiddenWidths: [], outputWidth: fanOut, sigmaB: 0.5 }).steps[0];
  const relu = (own: number): PiecewiseLinearStep => ({ kind: "rectifier", width: own, negativeSlope: 0 });
  const steps: PiecewiseLinearStep[] = [
    affine(5, inputWidth, width),
    {
      kind: "residual",
      scale: 0.7,
      block: [affine(6, width, hidden), relu(hidden), affine(7, hidden, width)],
    },
    { kind: "residual", scale: -0.5, block: [affine(8, width, width), relu(width)] },
    affine(9, width, 2),
  ];
  return piecewiseLinearNet(inputWidth, rounded(steps));
}

/** Two points of normals in float32. */
export function segmentEnds(width: number): [Float64Array, Float64Array] {
  const draws = Float64Array.from(normalArray(key(2), 2 * width));
  return [draws.slice(0, width), draws.slice(width)];
}

/** A net and the square [−half, half]² of its two inputs. */
export interface SquareCase {
  readonly net: PiecewiseLinearNet;
  readonly half: number;
}

/** A net and a segment of its inputs. */
export interface SegmentCase {
  readonly net: PiecewiseLinearNet;
  readonly ends: readonly [Float64Array, Float64Array];
}

/** Writes cases for the peers as JSON. */
export function writeCases(folder: string, cases: readonly (SquareCase | SegmentCase)[]): void {
  const plain = (_: string, value: unknown): unknown => (value instanceof Float64Array ? Array.from(value) : value);
  const written = cases.map((one) => ({
    steps: one.net.steps,
    ...("half" in one ? { half: one.half } : { ends: one.ends }),
  }));
  writeFileSync(join(folder, "cases.json"), JSON.stringify(written, plain));
}
