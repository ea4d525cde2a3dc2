import * as tf from "@tensorflow/tfjs";
import * as experiments from "fathom/experiments";
import * as figures from "fathom/figures";
import { bestGrouping } from "fathom/theory";
import { ofRows, type Table } from "../table";

const errors = (): experiments.ConstructedError[] =>
  [1e-3, 1e-2, 1e-1].map((lambda) => ({ lambda, neurons: 4, error: lambda ** 2, predicted: 1, worstRatio: 1 }));
const trained = (): experiments.TrainedProduct[] =>
  [1, 2].flatMap((layers) =>
    [6, 12].flatMap((neurons) =>
      [0, 1].map((net) => ({ seed: 1, layers, neurons, net, error: (2 + net) / layers / neurons })),
    ),
  );
const summaries = (): experiments.TrainedSummary[] => experiments.summariseTrained(trained());

export const multiplicationAnalyses: Table = {
  errorSlope: ofRows(experiments.errorSlope, () => [errors(), 1e-4, 1]),
  decadesFromFloor: ofRows(experiments.decadesFromFloor, () => [errors(), 2, 1e-8]),
  summariseTrained: ofRows(experiments.summariseTrained, () => [trained()]),
  fewestNeurons: ofRows(experiments.fewestNeurons, () => [summaries(), 2, 0.2]),
  depthContest: ofRows(experiments.depthContest, () => [trained(), { deeper: 2, shallower: 1, from: 6 }]),
  padded: ofRows(
    experiments.padded,
    () => [
      [tf.ones([2, 3, 4]), tf.ones([2, 4])],
      [
        [1, 3, 6],
        [1, 6],
      ],
    ],
    // The narrower, the more is padded.
    { narrow: "0.*" },
  ),
};

export const multiplicationFigures: Table = {
  constructedErrorFigure: ofRows(figures.constructedErrorFigure, () => [
    (["float64", "float32"] as const).map((precision) => ({ inputs: 2, precision, rows: errors() })),
  ]),
  neuronCountsFigure: ofRows(figures.neuronCountsFigure, () => [
    [1, 2, 3].flatMap((layers) =>
      [4, 8].map((inputs) => ({ inputs, layers, neurons: bestGrouping(inputs, layers).neurons })),
    ),
  ]),
  powersFigure: ofRows(figures.powersFigure, () => [
    [2, 5].map((power) => ({
      power,
      shallowNeurons: power + 1,
      deepNeurons: 3 * power,
      deepLayers: 2,
      shallowError: 1e-8 * power,
      deepError: 1e-9 * power,
    })),
  ]),
  sparseSumsFigure: ofRows(figures.sparseSumsFigure, () => [
    [1, 2].map((terms) => ({ terms, neurons: 9 * terms, lower: 8 / terms, upper: 10 * terms, error: 0 })),
  ]),
  // Nets that diverged have an error of Infinity.
  trainedErrorFigure: ofRows(
    figures.trainedErrorFigure,
    () => [
      summaries(),
      {
        inputs: 6,
        error: 0.1,
        fewest: [
          { layers: 1, neurons: null },
          { layers: 2, neurons: 12 },
        ],
      },
    ],
    { infinity: "0.*.median", empty: "1.fewest" },
  ),
  trainedMapFigure: ofRows(figures.trainedMapFigure, () => [summaries()], { infinity: "0.*.best 0.*.median" }),
};
