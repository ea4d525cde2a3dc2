import {
  denseSteps,
  piecewiseLinearNet,
  randomReluNet,
  type PiecewiseLinearNet,
  type PiecewiseLinearStep,
} from "fathom/nets";
import { key } from "fathom/random";

/** The affine steps of a random net, without its rectifiers. */
function affineSteps(seed: number, widths: readonly number[], sigmaB: number): PiecewiseLinearStep[] {
  const [inputWidth, ...rest] = widths;
  const net = randomReluNet(key(seed), {
    inputWidth,
    hiddenWidths: rest.slice(0, -1),
    outputWidth: rest[rest.length - 1],
    sigmaB,
  });
  return net.steps.filter((step) => step.kind === "affine");
}

const relu = (width: number, negativeSlope = 0): PiecewiseLinearStep => ({ kind: "rectifier", width, negativeSlope });

/** A lead-in, residual blocks of one hidden layer, the second of which ends in a rectifier, and a readout. */
export function residualNet(seed: number, inputWidth: number, width: number, hidden: number): PiecewiseLinearNet {
  const [leadIn, readout] = [affineSteps(seed, [inputWidth, width], 0.5), affineSteps(seed + 1, [width, 2], 0.5)];
  const first = affineSteps(seed + 2, [width, hidden, width], 0.5);
  const second = affineSteps(seed + 3, [width, width], 0.5);
  return piecewiseLinearNet(inputWidth, [
    ...leadIn,
    { kind: "residual", scale: 0.7, block: [first[0], relu(hidden), first[1]] },
    { kind: "residual", scale: -0.5, block: [second[0], relu(width)] },
    ...readout,
  ]);
}

/** A residual link inside a block of another, and rectifiers that no affine step precedes. */
export function nestedNet(seed: number): PiecewiseLinearNet {
  const [leadIn, inner, outer] = [0, 1, 2].map((offset) => affineSteps(seed + offset, [2, 2], 0.6));
  return piecewiseLinearNet(2, [
    relu(2, -1),
    ...leadIn,
    {
      kind: "residual",
      scale: 1,
      block: [...outer, { kind: "residual", scale: -0.8, block: [...inner, relu(2)] }, relu(2, 0.2)],
    },
    relu(2),
  ]);
}

/** Small nets of every kind, by name. */
export function smallNets(inputWidth: number, seed: number): [name: string, net: PiecewiseLinearNet][] {
  const random = (options: Partial<Parameters<typeof randomReluNet>[1]>): PiecewiseLinearNet =>
    randomReluNet(key(seed), { inputWidth, hiddenWidths: [4, 4, 3], sigmaB: 0.5, ...options });
  return [
    ["fully connected", random({})],
    ["shallow", random({ hiddenWidths: [9] })],
    ["without biases", random({ sigmaB: 0 })],
    ["leaky", random({ negativeSlope: 0.2 })],
    ["of absolute values", random({ negativeSlope: -1 })],
    ["residual", residualNet(100 + 10 * seed, inputWidth, 3, 4)],
  ];
}

/** A net of one output from rows of weights with their biases last: one array a layer. */
export function netOfRows(layers: readonly (readonly (readonly number[])[])[], negativeSlope = 0): PiecewiseLinearNet {
  return piecewiseLinearNet(
    layers[0][0].length - 1,
    denseSteps(
      layers.map((rows) => ({
        weights: Float64Array.from(rows.flatMap((row) => row.slice(0, -1))),
        biases: Float64Array.from(rows, (row) => row[row.length - 1]),
      })),
      negativeSlope,
    ),
  );
}
