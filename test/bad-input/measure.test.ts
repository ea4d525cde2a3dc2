import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import * as measure from "fathom/measure";
import { fullyConnected, heNormal, meanFieldLayer, randomReluNet, tanhActivation } from "fathom/nets";
import { key, normal } from "fathom/random";
import { describeBadInput, row } from "./table";

const drawn = (seed: number, ...shape: number[]): tf.Tensor => normal(key(seed), shape);
const curve = (): measure.CurveJet =>
  measure.greatCircle(key(1), { nets: 2, width: 3, squaredLength: 1, angles: [0, 1, 2, 3] });
const onePoint = (): measure.CurveJet =>
  measure.greatCircle(key(1), { nets: 2, width: 3, squaredLength: 1, angles: [0] });
const layer = (): ReturnType<typeof meanFieldLayer> =>
  meanFieldLayer(key(2), { nets: 2, fanIn: 3, fanOut: 4, sigmaW: 1, sigmaB: 0.5 });
const nets = { nets: 4, inputWidth: 3, hiddenWidths: [4, 5], initialisation: heNormal, sigmaB: 0.5 };
const ofNets = { positive: "1.sigmaB 1.inputLength 1.directionLength", short: "1.hiddenWidths" };
const dense = fullyConnected({ inputWidth: 3, hiddenWidths: [4, 5], initialisation: heNormal });
const small = randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [3, 2], outputWidth: 2, sigmaB: 0.5 });
const point = (...x: number[]): Float64Array => Float64Array.from(x);
const plane = (): measure.Plane => ({ origin: point(0.1, 0.2), u: point(1, 0.2), v: point(-0.1, 1) });
const derivatives = (): measure.OutputDerivatives => ({ gradient: drawn(3, 2, 4), hessian: drawn(4, 2, 4, 4) });
const lengths = (): Float64Array[] => [point(1, 1, 1), point(0.5, 2, 1)];
const sums = (): measure.LengthSums => {
  const made = measure.emptyLengthSums(2);
  measure.addLengths(made, lengths());
  return made;
};

before(() => openEngine());

describeBadInput(
  "measure",
  measure,
  {
    activationLengthFactors: row(measure.activationLengthFactors, () => [key(1), 5, 3]),
    activationLengths: row(measure.activationLengths, () => [dense, dense.parameters(key(1), 2), drawn(1, 2, 1, 3)], {
      // Inputs that all nets share.
      flat: "2",
    }),
    jacobianVectorLengths: row(measure.jacobianVectorLengths, () => [
      dense,
      dense.parameters(key(1), 2),
      drawn(1, 2, 1, 3),
      drawn(2, 2, 1, 3),
    ]),
    addLengths: row(measure.addLengths, () => [measure.emptyLengthSums(2), lengths()], { made: "0" }),
    emptyLengthSums: row(measure.emptyLengthSums, () => [3]),
    lengthStatistics: row(measure.lengthStatistics, () => [sums()], { made: "0.layers" }),
    gaussianActivationLengths: row(
      measure.gaussianActivationLengths,
      () => [key(1), { ...nets, inputLength: 1 }],
      ofNets,
    ),
    gaussianJacobianVectorLengths: row(
      measure.gaussianJacobianVectorLengths,
      () => [key(1), { ...nets, inputLength: 1, directionLength: 1, cosine: 0.5 }],
      { ...ofNets, real: "1.cosine" },
    ),
    gaussianResidualLengths: row(
      measure.gaussianResidualLengths,
      () => [
        key(1),
        {
          nets: 4,
          inputWidth: 3,
          width: 4,
          scales: [0.5, 0.2],
          blockHiddenWidths: [4, 5],
          input: Float32Array.of(1, 2, 3),
        },
      ],
      { real: "1.scales.*", short: "1.scales 1.blockHiddenWidths", empty: "1.blockHiddenWidths" },
    ),
    streamedResidualLengths: row(
      measure.streamedResidualLengths,
      () => [
        key(1),
        {
          nets: 4,
          inputWidth: 3,
          width: 4,
          scales: [0.5, 0.2],
          blockHiddenWidths: [4, 5],
          input: Float32Array.of(1, 2, 3),
        },
      ],
      { real: "1.scales.*", short: "1.scales 1.blockHiddenWidths", empty: "1.blockHiddenWidths" },
    ),
    streamedActivationLengths: row(
      measure.streamedActivationLengths,
      () => [key(1), { ...nets, input: Float32Array.of(1, 2, 3) }],
      ofNets,
    ),
    streamedJacobianVectorLengths: row(
      measure.streamedJacobianVectorLengths,
      () => [key(1), { ...nets, input: Float32Array.of(1, 2, 3), direction: Float32Array.of(1, 0, 1) }],
      ofNets,
    ),
    phasePlaneLengths: row(
      measure.phasePlaneLengths,
      () => [
        key(1),
        {
          activation: tanhActivation,
          sigmaW: [1, 2],
          sigmaB: [0.1, 0.2],
          squaredLength: [1, 1],
          width: 5,
          depth: 2,
          nets: 2,
        },
      ],
      { positive: "1.sigmaW.* 1.sigmaB.* 1.squaredLength.*" },
    ),

    gaussianTanhCurvePoints: row(
      measure.gaussianTanhCurvePoints,
      () => [
        key(1),
        {
          nets: 2,
          inputWidth: 3,
          hiddenWidths: [4, 5],
          sigmaW: 1,
          sigmaB: 0.5,
          products: Float64Array.of(3, 0, -3, 3, 0, 3),
        },
      ],
      { positive: "1.sigmaW 1.sigmaB", short: "1.hiddenWidths" },
    ),
    equallySpacedAngles: row(measure.equallySpacedAngles, () => [4, 2], { fraction: "1" }),
    greatCircle: row(measure.greatCircle, () => [key(1), { nets: 2, width: 3, squaredLength: 1, angles: [0, 1] }], {
      positive: "1.squaredLength",
      real: "1.angles.*",
      short: "1.angles",
    }),
    throughActivation: row(measure.throughActivation, () => [curve(), tanhActivation]),
    throughLayer: row(measure.throughLayer, () => [curve(), layer()]),
    throughGaussianLayer: row(
      measure.throughGaussianLayer,
      () => [key(1), onePoint(), { fanOut: 4, sigmaW: 1, sigmaB: 0.5 }],
      { positive: "2.sigmaW 2.sigmaB" },
    ),
    curveLengths: row(measure.curveLengths, () => [curve(), 6], { fraction: "1" }),
    euclideanLength: row(measure.euclideanLength, () => [curve(), 6], { fraction: "1" }),
    grassmannianLength: row(measure.grassmannianLength, () => [curve(), 6], { fraction: "1" }),
    squaredNorm: row(measure.squaredNorm, () => [curve()]),
    squaredSpeed: row(measure.squaredSpeed, () => [curve()]),
    squaredCurvature: row(measure.squaredCurvature, () => [curve()]),
    squaredTurning: row(measure.squaredTurning, () => [curve()]),
    chordLength: row(measure.chordLength, () => [drawn(1, 2, 4, 3)], { narrow: "0" }),
    curveAutocorrelation: row(measure.curveAutocorrelation, () => [drawn(1, 2, 4, 3), [0, 2]], {
      narrow: "0",
      short: "1",
    }),
    projectCurve: row(measure.projectCurve, () => [drawn(1, 4, 3), 2], { narrow: "0" }),

    columnSpace: row(measure.columnSpace, () => [drawn(1, 5, 3), 1e-5], { narrow: "0" }),
    leastSquaresError: row(measure.leastSquaresError, () => [measure.columnSpace(drawn(1, 5, 3)), drawn(2, 5, 2)], {
      narrow: "0 1",
    }),
    symmetricEigensystem: row(measure.symmetricEigensystem, () => [tf.eye(3)]),
    symmetricEigenvalues: row(measure.symmetricEigenvalues, () => [tf.eye(3)]),
    readoutDerivatives: row(measure.readoutDerivatives, () => [drawn(1, 2, 4)], { narrow: "0" }),
    throughLayerBackwards: row(measure.throughLayerBackwards, () => [
      derivatives(),
      layer(),
      drawn(5, 2, 4),
      tanhActivation,
    ]),
    principalCurvatures: row(measure.principalCurvatures, () => [derivatives()]),

    filterNormalised: row(measure.filterNormalised, () => [
      [drawn(1, 3, 4), drawn(2, 4)],
      [drawn(3, 3, 4), drawn(4, 4)],
    ]),
    lossSurface: row(
      measure.lossSurface,
      () => [
        {
          plane: {
            center: dense.parameters(key(1)),
            first: dense.parameters(key(2)),
            second: dense.parameters(key(3)),
          },
          alphas: [0, 1],
          betas: [0, 1],
          inputs: drawn(1, 2, 3),
          labels: tf.tensor1d([0, 4], "int32"),
          bytesAtOnce: 1e6,
        },
      ],
      {
        real: "0.alphas.* 0.betas.*",
        short: "0.alphas 0.betas",
        made: "0.plane.center.0",
        fraction: "0.bytesAtOnce",
      },
    ),

    affineMapOf: row(measure.affineMapOf, () => [small, Uint8Array.of(1, 0, 1, 0, 1)], { made: "0" }),
    distanceToBoundary: row(measure.distanceToBoundary, () => [small, point(0.3, 0.1)], { made: "0" }),
    planeThroughPoints: row(measure.planeThroughPoints, () => [point(0, 0, 1), point(1, 0, 1), point(0, 1, 2)]),
    regionsInPolygon: row(
      measure.regionsInPolygon,
      () => [
        small,
        plane(),
        [
          [-1, -2],
          [1, -1],
          [1, 1],
          [-1, 1],
        ],
        { maximumRegions: 100 },
      ],
      { made: "0", short: "2", fraction: "2.**", negative: "2.0.* 2.3.*" },
    ),
    regionsInWindow: row(measure.regionsInWindow, () => [small, plane(), [-1, 1, -1, 1], { maximumRegions: 100 }], {
      made: "0",
      fraction: "2.0 2.3",
      negative: "2.0",
    }),
    regionsInWholePlane: row(measure.regionsInWholePlane, () => [small, plane(), { maximumRegions: 100 }], {
      made: "0",
    }),
    regionsOnLine: row(measure.regionsOnLine, () => [small, point(0, 0.1), point(1, 0.2), { maximumRegions: 100 }], {
      made: "0",
    }),
    regionsOnPolyline: row(
      measure.regionsOnPolyline,
      () => [small, [point(0, 0), point(1, 0), point(1, 1)], { maximumRegions: 100 }],
      { made: "0", short: "1" },
    ),
    regionsOnSegment: row(measure.regionsOnSegment, () => [small, point(0, 0), point(1, 1), { maximumRegions: 100 }], {
      made: "0",
    }),
  },
  {
    disposeCurve: "frees what it is given",
    linearRegionCount: "takes a slice that a function of the library made",
  },
  {
    missing: {
      gaussianActivationLengths: "1.sigmaB 1.inputLength",
      gaussianJacobianVectorLengths: "1.sigmaB 1.inputLength 1.directionLength 1.cosine",
      gaussianResidualLengths: "1.blockHiddenWidths",
      streamedResidualLengths: "1.blockHiddenWidths",
      streamedActivationLengths: "1.sigmaB",
      streamedJacobianVectorLengths: "1.sigmaB",
      equallySpacedAngles: "1",
      curveLengths: "1",
      euclideanLength: "1",
      grassmannianLength: "1",
      projectCurve: "1",
      columnSpace: "1",
      lossSurface: "0.bytesAtOnce",
      regionsInPolygon: "3.maximumRegions 3",
      regionsInWindow: "3.maximumRegions 3",
      regionsInWholePlane: "2.maximumRegions 2",
      regionsOnLine: "3.maximumRegions 3",
      regionsOnPolyline: "2.maximumRegions 2",
      regionsOnSegment: "3.maximumRegions 3",
    },
    // Words have none of the options.
    other: {
      regionsInPolygon: "3",
      regionsInWindow: "3",
      regionsInWholePlane: "2",
      regionsOnLine: "3",
      regionsOnPolyline: "2",
      regionsOnSegment: "3",
    },
  },
);
