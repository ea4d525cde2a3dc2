import * as experiments from "fathom/experiments";
import * as figures from "fathom/figures";
import { key } from "fathom/random";
import { expectedVarianceAcrossLayers, sumOfInverseWidths } from "fathom/theory";
import { lengthRows, outcomes } from "../../figures/activation-length/made-up-rows";
import { ofRows, type Table } from "../table";

const hiddenWidths = [20, 20, 20];
const design: experiments.Design = { inputWidth: 20, hiddenWidths, initialisation: { scheme: "heNormal" } };
const orthogonal: experiments.Design = { ...design, initialisation: { scheme: "orthogonal" } };
// M of the input is 1, so that ratios of all layers are those of He nets.
const rows = () => lengthRows(hiddenWidths, 1.01);
const entryRows = (depth: number) => {
  const layers = lengthRows(hiddenWidths.slice(0, depth), 0.97);
  const last = layers[depth];
  return [...layers, { ...last, layer: depth + 1, secondMoment: 3 * last.secondMoment, fourthMoment: 900 }];
};
const varianceRow = (widths: readonly number[]) => ({
  nets: 500,
  mean: 1.1 * expectedVarianceAcrossLayers(widths),
  variance: 0.5,
});
const estimates = () => [3, 1, 2].map((rank, repetition) => ({ repetition, naive: rank / 10, layerByLayer: rank }));
const runs = (...epochs: (number | null)[]) =>
  outcomes(...epochs).map((outcome, net) => ({ ...outcome, net, depth: 5 + net }));
const ofShape = (pattern: number[], depth: number) => {
  const widths = Array.from({ length: depth }, (_, layer) => pattern[layer % pattern.length]);
  const shape = { pattern, depth, sumOfInverseWidths: sumOfInverseWidths(widths) };
  return outcomes(depth / 2, depth).map((outcome, net) => ({ ...shape, net, ...outcome }));
};
const goal = { epochs: 8, accuracy: 0.2 };
const walk = (step: number) => [0, 1, 2].map((layer) => [1, 1, 1].map((one, net) => one * step ** (layer * (net - 1))));

export const activationLengthAnalyses: Table = {
  predictedMoments: ofRows(experiments.predictedMoments, () => [{ ...design, sigmaB: 0.1, input: "flat" }], {
    missing: "0.sigmaB",
  }),
  meanLength: ofRows(experiments.meanLength, () => [rows(), design]),
  growthPerLayer: ofRows(experiments.growthPerLayer, () => [rows(), design]),
  spreadOfLength: ofRows(experiments.spreadOfLength, () => [rows(), orthogonal]),
  kurtosisOfJacobianEntry: ofRows(experiments.kurtosisOfJacobianEntry, () => [entryRows(3), hiddenWidths]),
  logOfLength: ofRows(experiments.logOfLength, () => [rows(), hiddenWidths, 2], { missing: "2" }),
  meanVarianceAcrossLayers: ofRows(experiments.meanVarianceAcrossLayers, () => [
    varianceRow(hiddenWidths),
    hiddenWidths,
  ]),
  layerByLayerSecondMoment: ofRows(experiments.layerByLayerSecondMoment, () => [estimates(), hiddenWidths]),
  meanResidualLength: ofRows(experiments.meanResidualLength, () => [rows(), [0.1, 0.2, 0.3]]),
  meanProductRatio: ofRows(experiments.meanProductRatio, () => [[{ ratio: 0.9 }, { ratio: 1.2 }], 1]),
  meanAgainstLayer: ofRows(experiments.meanAgainstLayer, () => [rows()]),
  secondMomentAgainstSum: ofRows(experiments.secondMomentAgainstSum, () => [rows(), hiddenWidths]),
  secondMomentAgainstLayer: ofRows(experiments.secondMomentAgainstLayer, () => [rows()]),
  logVarianceAgainstSum: ofRows(experiments.logVarianceAgainstSum, () => [rows(), hiddenWidths, 2]),
  entryKurtosisAgainstSum: ofRows(experiments.entryKurtosisAgainstSum, () => [[1, 2, 3].map(entryRows), hiddenWidths]),
  varianceAcrossLayersAgainstDepth: ofRows(experiments.varianceAcrossLayersAgainstDepth, () => [
    [varianceRow([20, 20]), varianceRow([20])],
    [[20, 20], [20]],
  ]),
  meanEpochs: ofRows(experiments.meanEpochs, () => [
    [
      { x: 5, runs: 2, reached: 2, mean: 3, standardError: 0.5 },
      { x: 9, runs: 2, reached: 2, mean: 4, standardError: 0.5 },
    ],
  ]),
  rankedEpochs: ofRows(experiments.rankedEpochs, () => [runs(2)[0]]),
  trainingCorrelation: ofRows(experiments.trainingCorrelation, () => [
    runs(2, 5, 3, null),
    ({ depth }: { depth: number }) => depth,
    { key: key(1), permutations: 99 },
  ]),
  arrivalContrast: ofRows(experiments.arrivalContrast, () => [runs(2, 3, null), runs(4, null, null)]),
  withShuffled: ofRows(experiments.withShuffled, () => [runs(2, 5, 3, null), ["depth"], key(1)], {
    // Of runs only the outcome is looked at.
    other: "0.*.net 0.*.depth",
    missing: "0.*.net",
  }),
  epochsAgainst: ofRows(experiments.epochsAgainst, () => [
    [...runs(2, 5), ...runs(3, null)],
    ({ depth }: { depth: number }) => depth,
    8,
  ]),
};

export const activationLengthFigures: Table = {
  gradientSpreadFigure: ofRows(figures.gradientSpreadFigure, () => [
    [{ name: "20 wide", hiddenWidths, vector: rows(), entries: [1, 2, 3].map(entryRows) }],
  ]),
  matrixProductsFigure: ofRows(figures.matrixProductsFigure, () => [
    [
      { name: "entries N(0, 1)", predicted: 1e6, rows: [{ ratio: 9e5 }, { ratio: 1.1e6 }] },
      { name: "entries in ±0.05", predicted: 6e-4, rows: [{ ratio: 5e-4 }, { ratio: 7e-4 }] },
    ],
  ]),
  meanLengthFigure: ofRows(figures.meanLengthFigure, () => [[{ name: "He normal", rows: rows(), drawn: [1, 3] }], [1]]),
  naiveEstimatorFigure: ofRows(figures.naiveEstimatorFigure, () => [
    [
      { hiddenWidths: [50, 50], nets: 300, rows: estimates() },
      { hiddenWidths: [50, 50, 50], nets: 300, rows: estimates() },
    ],
  ]),
  otherWeightsFigure: ofRows(figures.otherWeightsFigure, () => [
    [
      { name: "Gaussian", design, rows: rows() },
      { name: "orthogonal", design: orthogonal, rows: rows() },
    ],
  ]),
  residualFigure: ofRows(figures.residualFigure, () => [
    [{ name: "linear end", nets: { width: 10, scales: [0.1, 0.2, 0.3], blockEnd: "linear" }, rows: rows() }],
  ]),
  singleNetsFigure: ofRows(figures.singleNetsFigure, () => [
    [
      { width: 20, lengths: walk(0.3) },
      { width: 400, lengths: walk(0.97) },
    ],
    [1, 2],
    2,
  ]),
  spreadFigure: ofRows(figures.spreadFigure, () => [
    [{ name: "20 wide", color: 0, hiddenWidths, rows: rows() }],
    [{ name: "20 wide", color: 0, hiddenWidths, rows: rows() }],
  ]),
  trainingInitialisationFigure: ofRows(figures.trainingInitialisationFigure, () => [
    runs(2, 3, null).map((run) => ({ ...run, initialisation: "He normal" })),
    goal,
  ]),
  trainingResidualFigure: ofRows(figures.trainingResidualFigure, () => [
    [0.5, 1].map((base) =>
      outcomes(2, 3).map((outcome, net) => {
        return { base, blocks: 5 + 5 * net, sumOfScales: 1, logExpectedGrowth: 1, net, ...outcome };
      }),
    ),
    goal,
  ]),
  trainingShapeFigure: ofRows(figures.trainingShapeFigure, () => [
    [
      [...ofShape([20], 2), ...ofShape([20], 4)],
      [...ofShape([60, 12], 2), ...ofShape([60, 12], 4)],
    ],
    goal,
  ]),
  varianceAcrossLayersFigure: ofRows(figures.varianceAcrossLayersFigure, () => [
    [{ name: "20 wide", shapes: [[20, 20], [20]], rows: [varianceRow([20, 20]), varianceRow([20])] }],
  ]),
};
