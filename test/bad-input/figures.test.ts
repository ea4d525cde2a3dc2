import * as figures from "fathom/figures";
import { describeBadInput } from "./table";

/**
 * What draws rows of stored experiments. What they hold goes through `figure`, which refuses numbers that are not finite and
 * values that do not pair up (test/bad-input/report.test.ts); that nothing is drawn of nothing is tried in test/figures.
 */
const takesRows = Object.fromEntries(
  [
    "accuracyByParametersFigure",
    "autocorrelationFigure",
    "boundaryCurvatureFigure",
    "boundsFigure",
    "breakpointDensityFigure",
    "circlePictureFigure",
    "constructedErrorFigure",
    "correlationMapFigure",
    "deepAgainstShallowFigure",
    "disorderFigure",
    "distanceFigure",
    "finiteWidthFigure",
    "foldingFigure",
    "frequencyRegressionFigure",
    "gainByWidthFigure",
    "gradientSpreadFigure",
    "lengthMapFigure",
    "lengthsAndCurvatureFigure",
    "matrixProductsFigure",
    "meanLengthFigure",
    "mimicByTeacherFigure",
    "naiveEstimatorFigure",
    "netSliceFigure",
    "neuronCountsFigure",
    "orderToChaosFigure",
    "otherWeightsFigure",
    "phaseDiagramFigure",
    "planeFigure",
    "powersFigure",
    "randomSlicesFigure",
    "regionsOnLineFigure",
    "residualFigure",
    "singleImagesFigure",
    "singleNetsFigure",
    "sparseSumsFigure",
    "spreadFigure",
    "trainedErrorFigure",
    "trainedMapFigure",
    "trainedSlicesFigure",
    "trainingCurvesFigure",
    "trainingFigure",
    "trainingInitialisationFigure",
    "trainingResidualFigure",
    "trainingShapeFigure",
    "varianceAcrossLayersFigure",
  ].map((name) => [name, "gives rows of a stored experiment to `figure`"]),
);

describeBadInput("figures", figures, {}, { ...takesRows, regimeTitle: "takes a measured regime's name" });
