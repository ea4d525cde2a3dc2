import * as experiments from "fathom/experiments";
import * as figures from "fathom/figures";
import { inputPlane, regionsInWindow } from "fathom/measure";
import { randomReluNet } from "fathom/nets";
import { key } from "fathom/random";
import {
  planeDesign,
  planeRows,
  segmentDesign,
  segmentRows,
  trainingRows,
  twoTriangles,
} from "../../figures/linear-regions/made-up-rows";
import { ofRows, type Table } from "../table";

const segment = segmentDesign([8, 6]);
const binned = segmentDesign([8, 6], 3);
const square = { ...planeDesign, halfSide: 0.5 };
const point = { seed: 1, nets: 3, inputWidth: 3, hiddenWidths: [8], sigmaB: 0.5, norm: 1 };
const distances = () => [0.02, 0.05, 0.1].map((distance) => ({ distance }));
const slice = () => ({ ...twoTriangles, hiddenWidths: [1], regions: 2 });
const trainedSlice = (epoch: number) => ({
  ...twoTriangles,
  epoch,
  accuracy: 0.5,
  regions: 2,
  digits: [{ label: 1, x: 0.5, y: 0.5 }],
});

export const linearRegionsAnalyses: Table = {
  breakpointRatios: ofRows(experiments.breakpointRatios, () => [segmentRows(segment), segment, 2]),
  totalBreakpointRatio: ofRows(experiments.totalBreakpointRatio, () => [segmentRows(segment), segment]),
  totalBreakpointRatios: ofRows(experiments.totalBreakpointRatios, () => [segmentRows(segment), segment]),
  infiniteWidthRatio: ofRows(experiments.infiniteWidthRatio, () => [
    [10, 20, 40].map((width) => ({ width, ratios: [0.9, 1, 1.05 - 1 / width] })),
  ]),
  breakpointDensities: ofRows(experiments.breakpointDensities, () => [segmentRows(binned), binned]),
  distanceRatio: ofRows(experiments.distanceRatio, () => [distances(), point]),
  distanceLaw: ofRows(experiments.distanceLaw, () => [distances(), point]),
  mosaicOf: ofRows(
    experiments.mosaicOf,
    () => [
      regionsInWindow(
        randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [3], outputWidth: 2, sigmaB: 0.5 }),
        inputPlane,
        [-1, 1, -1, 1],
      ),
      [0.1, 0.2],
    ],
    { made: "0", missing: "1" },
  ),
  netsInGeneralPosition: ofRows(experiments.netsInGeneralPosition, () => [planeRows(79, null), planeDesign]),
  trainedOverInitial: ofRows(experiments.trainedOverInitial, () => [[trainingRows(9)], 1, "segmentRegions"]),
  wholePlaneRatio: ofRows(experiments.wholePlaneRatio, () => [planeRows(79, null), planeDesign]),
  boundaryLengthRatios: ofRows(experiments.boundaryLengthRatios, () => [planeRows(20, 8), square]),
};

export const linearRegionsFigures: Table = {
  boundsFigure: ofRows(figures.boundsFigure, () => [
    8,
    3,
    [{ inputWidth: 2, hiddenWidths: [8, 8], neurons: 16, activationRegions: 592, linearRegions: 592 }],
    [{ hiddenWidths: [8], regions: [37, 36] }],
  ]),
  breakpointDensityFigure: ofRows(figures.breakpointDensityFigure, () => [
    { design: binned, rows: segmentRows(binned) },
  ]),
  distanceFigure: ofRows(figures.distanceFigure, () => [
    [{ design: point, rows: distances() }],
    { design: point, rows: distances() },
  ]),
  foldingFigure: ofRows(figures.foldingFigure, () => [
    { inputWidth: 1, folds: 2, layers: 2, lastWidth: 2 },
    { inputWidth: 2, folds: 2, layers: 2, lastWidth: 2 },
  ]),
  netSliceFigure: ofRows(figures.netSliceFigure, () => [{ id: "a-net", title: "Mine" }, twoTriangles], {
    empty: "1.boundary",
  }),
  planeFigure: ofRows(figures.planeFigure, () => [
    [{ design: planeDesign, rows: planeRows(79, null) }],
    [0.5, 2].map((halfSide) => ({ design: { ...planeDesign, halfSide }, rows: planeRows(20, 8) })),
  ]),
  // The decision boundary may lie elsewhere.
  randomSlicesFigure: ofRows(
    figures.randomSlicesFigure,
    () => [
      [
        { neurons: 1, slices: [slice()] },
        { neurons: 2, slices: [slice()] },
      ],
      1,
    ],
    { empty: "0.*.slices.*.boundary" },
  ),
  regionsOnLineFigure: ofRows(figures.regionsOnLineFigure, () => [
    [[8], [8, 6]].map((widths) => {
      const design = segmentDesign(widths);
      return { design, rows: segmentRows(design) };
    }),
  ]),
  trainedSlicesFigure: ofRows(figures.trainedSlicesFigure, () => [[trainedSlice(0), trainedSlice(1)]], {
    empty: "0.*.boundary",
  }),
  trainingFigure: ofRows(figures.trainingFigure, () => [[{ hiddenWidths: [8, 8], rows: trainingRows(9) }]]),
};
