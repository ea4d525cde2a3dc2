import * as experiments from "fathom/experiments";
import * as figures from "fathom/figures";
import { tanh } from "fathom/theory";
import { fieldOf, points, regime, signals, threeNets } from "../../figures/curvature/made-up-regimes";
import { ofRows, row, type Table } from "../table";

const [, chaotic] = points;
// Made once: theory takes a while.
const regimes = points.map(regime);
const [, circles] = regimes;
const layers = [2, 5];
const boundary = (growth: number): experiments.BoundaryRow[] =>
  [0, 1, 2, 3, 4].map((layer) => {
    const largest = [1, 0.5].map((rank) => [0.9, 1.1].map((point) => point * rank * growth ** (4 - layer)));
    return { layer, largest, smallest: largest.map((values) => values.map((value) => -value)) };
  });
const shallow = (): experiments.ShallowRow[] =>
  [10, 100].map((hiddenWidth) => ({ hiddenWidth, lengths: threeNets(Math.sqrt(hiddenWidth)) }));
const frequencies = (): experiments.RegressionRow[] =>
  Array.from({ length: 10 }, (_, index) => ({ frequency: index + 1, errors: threeNets(0.05 * (index + 1)) }));
const comparisons = (): experiments.TheoryComparison[] =>
  [1.1, 0.8].map((measured) => ({ predicted: 1, measured, standardError: 0.2, degreesOfFreedom: 9 }));
const picture = (layer: number): experiments.PictureRow => ({
  layer,
  coordinates: [
    [1, -0.5, -0.5],
    [0, 0.8, -0.8],
  ],
  varianceShares: [0.6, 0.3],
});
const starts = { lengths: [0.1, 15], correlations: [-0.5, 0.9] };
const lengthSignals = points.map((point) => signals(point, starts.lengths, []));
const pairSignals = points.map((point) => signals(point, [], starts.correlations));

export const curvatureAnalyses: Table = {
  ratioToTheory: ofRows(experiments.ratioToTheory, () => [circles.measured, "metric", circles.theory.metric, layers]),
  ratiosByLayer: ofRows(experiments.ratiosByLayer, () => [circles.measured, "metric", circles.theory.metric, layers]),
  logSlope: ofRows(experiments.logSlope, () => [circles.measured, "euclideanLength", Math.log(2) / 2, layers]),
  logSlopes: ofRows(experiments.logSlopes, () => [
    circles.measured[0].parameters,
    circles.measured[0].rows,
    "euclideanLength",
    layers,
  ]),
  correlationsByLayer: ofRows(experiments.correlationsByLayer, () => [
    circles.measured,
    2,
    [1, 0.9, 0.8, 0.7, 0.6, 0.5],
    layers,
  ]),
  grassmannianSaturationFit: ofRows(experiments.grassmannianSaturationFit, () => [
    regimes[0].measured,
    7.5,
    [1, 2, 3, 5],
  ]),
  measureRegime: ofRows(
    experiments.measureRegime,
    () => [
      chaotic,
      { widths: [6, 8], depth: 2, nets: 2, angles: 4, lags: [0, 1], seed: 1 },
      { planted: { sigmaW: 3 } },
    ],
    { missing: "2 2.planted", empty: "1.lags" },
  ),
  jointTest: ofRows(experiments.jointTest, () => [comparisons()]),
  meanOfIndependent: ofRows(experiments.meanOfIndependent, () => [comparisons()]),
  worstBoundRatio: ofRows(experiments.worstBoundRatio, () => [shallow()]),
  expectedGrowthExponent: row(
    experiments.expectedGrowthExponent,
    () => [{ activation: tanh, sigmaW: 4, sigmaB: 0.3 }, [10, 30, 100], 5],
    { positive: "0.sigmaW 0.sigmaB 2", negative: "2", short: "1" },
  ),
  growthExponents: ofRows(experiments.growthExponents, () => [shallow(), 1]),
  logLengthOverShallowBound: ofRows(experiments.logLengthOverShallowBound, () => [
    { width: 100 },
    circles.measured[1].rows,
    5,
  ]),
  boundaryGrowthRates: ofRows(experiments.boundaryGrowthRates, () => [boundary(2), 2]),
  boundaryGrowthByNet: ofRows(experiments.boundaryGrowthByNet, () => [boundary(2), 1]),
  upperBandErrors: ofRows(experiments.upperBandErrors, () => [frequencies()]),
};

export const curvatureFigures: Table = {
  autocorrelationFigure: ofRows(figures.autocorrelationFigure, () => [regimes, [1, 4]]),
  boundaryCurvatureFigure: ofRows(figures.boundaryCurvatureFigure, () => [
    points.map((point) => ({ ...point, rows: boundary(2) })),
  ]),
  circlePictureFigure: ofRows(figures.circlePictureFigure, () => [
    points.map(({ sigmaW }) => ({ sigmaW, rows: [picture(1), picture(5)] })),
  ]),
  correlationMapFigure: ofRows(figures.correlationMapFigure, () => [pairSignals.slice(0, 1), starts.correlations]),
  deepAgainstShallowFigure: ofRows(figures.deepAgainstShallowFigure, () => [
    fieldOf(chaotic),
    { width: 100, rows: circles.measured[1].rows },
    shallow(),
  ]),
  finiteWidthFigure: ofRows(figures.finiteWidthFigure, () => [regimes, 5]),
  frequencyRegressionFigure: ofRows(figures.frequencyRegressionFigure, () => [
    [{ hiddenWidth: 50, hiddenLayers: 4, rows: frequencies() }],
    [{ hiddenWidth: 1000, hiddenLayers: 1, rows: frequencies() }],
  ]),
  lengthMapFigure: ofRows(figures.lengthMapFigure, () => [
    lengthSignals,
    starts.lengths,
    {
      sigmaW: [1, 2],
      sigmaB: [0, 2],
      layers: [
        [null, 9],
        [2, 3],
      ],
    },
  ]),
  lengthsAndCurvatureFigure: ofRows(figures.lengthsAndCurvatureFigure, () => [regimes]),
  orderToChaosFigure: ofRows(figures.orderToChaosFigure, () => [
    pairSignals.map(({ sigmaW, sigmaB, rows }) => {
      return { sigmaW, sigmaB, rows: rows.map(({ layer, correlation: [first] }) => ({ layer, correlation: [first] })) };
    }),
    starts.correlations.slice(0, 1),
    4,
  ]),
  phaseDiagramFigure: ofRows(figures.phaseDiagramFigure, () => [
    { sigmaW: [1, 2, 3], sigmaB: [0, 2] },
    [1, 2, 3, 0.5, 1, 1.5].map((growth) => ({ sigmaW: 1, sigmaB: 0, chi1: growth, measuredGrowth: 1.05 * growth })),
  ]),
  regimeTitle: ofRows(figures.regimeTitle, () => [chaotic]),
};
