import * as theory from "fathom/theory";
import { taylorActivation } from "fathom/nets";
import { describeBadInput, row } from "./table";

const { tanh } = theory;
const chaotic = (): theory.MeanField => ({ activation: tanh, sigmaW: 2, sigmaB: 0.3 });
const ordered = (): theory.MeanField => ({ activation: tanh, sigmaW: 0.8, sigmaB: 0.3 });
const nets = (): theory.RandomNets => ({ inputWidth: 5, hiddenWidths: [8, 6], sigmaB: 0.5, weightVariance: 2 });
const line = (): theory.LineGeometry => ({ squaredOrigin: 2, product: 0.5, squaredDirection: 3 });
const sample = (): number[] => [0.3, -1.2, 2.5, 0.7, 1.9];
const other = (): number[] => [1.3, 0.2, -0.4, 2.2, 0.1];
const scheme = theory.weightScalings.he;
const exp = taylorActivation("exp");

/** Values of which any number of finite ones will do. */
const values = { real: "**", short: "**" };
/** Widths of layers, of which there may be one fewer. */
const widths = { short: "0" };
const ofLine = { real: "1.product", positive: "0.sigmaB 0.weightVariance 1.*", short: "0.hiddenWidths" };

describeBadInput(
  "theory",
  theory,
  {
    chi1: row(theory.chi1, () => [chaotic(), 1], { positive: "**" }),
    chi2: row(theory.chi2, () => [chaotic(), 1], { positive: "**" }),
    circleRecursion: row(theory.circleRecursion, () => [chaotic(), 3, 1], { positive: "0.* 2" }),
    metricRecursion: row(theory.metricRecursion, () => [chaotic(), 3, 1], { positive: "0.* 2" }),
    curvatureRecursion: row(theory.curvatureRecursion, () => [chaotic(), 3, 1], { positive: "0.* 2" }),
    correlationDepthScale: row(theory.correlationDepthScale, () => [chaotic()], { positive: "**" }),
    lengthDepthScale: row(theory.lengthDepthScale, () => [chaotic()], { positive: "**" }),
    correlationFixedPoint: row(theory.correlationFixedPoint, () => [chaotic()], { positive: "**" }),
    correlationMap: row(theory.correlationMap, () => [0.5, chaotic(), 1], { real: "0", positive: "1.* 2" }),
    correlationMapSlope: row(theory.correlationMapSlope, () => [0.5, chaotic(), 1], { real: "0", positive: "1.* 2" }),
    correlationMapTrajectory: row(theory.correlationMapTrajectory, () => [0.5, 3, chaotic()], {
      real: "0",
      positive: "2.*",
    }),
    curvatureLimit: row(theory.curvatureLimit, () => [chaotic()], { positive: "**" }),
    fixedPoint: row(theory.fixedPoint, () => [chaotic()], { positive: "**" }),
    gaussianExpectation: row(theory.gaussianExpectation, () => [Math.tanh, 0, 1, 0], { real: "1", positive: "2 3" }),
    grassmannianLength: row(theory.grassmannianLength, () => [chaotic(), 3], { positive: "0.*" }),
    grassmannianSaturation: row(theory.grassmannianSaturation, () => [ordered()], { positive: "**" }),
    leakyRelu: row(theory.leakyRelu, () => [0.2], { real: "0" }),
    lengthMap: row(theory.lengthMap, () => [1, chaotic()], { positive: "**" }),
    lengthMapSlope: row(theory.lengthMapSlope, () => [1, chaotic()], { positive: "**" }),
    lengthMapTrajectory: row(theory.lengthMapTrajectory, () => [1, 3, chaotic()], { positive: "0 2.*" }),
    orderChaosSigmaW: row(theory.orderChaosSigmaW, () => [0.3, tanh], { positive: "0" }),
    expectedShallowLength: row(theory.expectedShallowLength, () => [chaotic(), 10, 1], { positive: "0.* 2" }),
    shallowLengthBound: row(theory.shallowLengthBound, () => [10, tanh]),

    expectedVarianceAcrossLayers: row(theory.expectedVarianceAcrossLayers, () => [[8, 6]], widths),
    geometricScaleSum: row(theory.geometricScaleSum, () => [1, 0.5], { positive: "**" }),
    jacobianEntryKurtosis: row(theory.jacobianEntryKurtosis, () => [[8, 6]], widths),
    layerRatio: row(theory.layerRatio, () => [scheme, 5, 6]),
    layerRatios: row(theory.layerRatios, () => [scheme, [5, 8, 6]], { short: "1" }),
    lengthMoment: row(theory.lengthMoment, () => [[8, 6], 2], widths),
    lengthMoments: row(
      theory.lengthMoments,
      () => [{ hiddenWidths: [8, 6], kappa: 1, sigmaB: 0.1, initialLength: 1 }],
      { positive: "0.kappa 0.initialLength", short: "0.hiddenWidths" },
    ),
    logLength: row(theory.logLength, () => [[8, 6]], widths),
    meanLengthRatio: row(theory.meanLengthRatio, () => [[1, 0.5]], { positive: "**", short: "0" }),
    meanLengthStandardError: row(theory.meanLengthStandardError, () => [[8, 6], 100], widths),
    orthogonalSecondMomentRatio: row(theory.orthogonalSecondMomentRatio, () => [[8, 6]], widths),
    residualLengthRatio: row(theory.residualLengthRatio, () => [[0.5, 0.2]], values),
    scaled: row(theory.scaled, () => [scheme, 2, "twice"], { positive: "1", wordless: "2" }),
    secondMomentRatio: row(theory.secondMomentRatio, () => [[8, 6], 10], widths),
    secondMomentStandardError: row(theory.secondMomentStandardError, () => [[8, 6], 100], widths),
    secondMomentsOfSymmetricWeights: row(theory.secondMomentsOfSymmetricWeights, () => [[8, 6], -1.2, [1, 2]], {
      real: "1 2.*",
      short: "0 2",
    }),
    sumOfInverseWidths: row(theory.sumOfInverseWidths, () => [[8, 6]], widths),

    bootstrap: row(
      theory.bootstrap,
      () => [
        sample(),
        (drawn: Float64Array): number => drawn[0],
        { resamples: 4, draw: () => [0, 1, 2, 3, 4], confidence: 0.9 },
      ],
      { real: "0.*" },
    ),
    fisherExact: row(theory.fisherExact, () => [
      { successes: 3, trials: 8 },
      { successes: 1, trials: 7 },
    ]),
    holm: row(theory.holm, () => [[0.2, 0.01]], { fraction: "**", short: "0" }),
    jackknife: row(theory.jackknife, () => [[sample(), other()], ([a, b]: readonly number[]): number => a + b], {
      real: "**",
      short: "0",
    }),
    functionOfLimits: row(
      theory.functionOfLimits,
      () => [
        [10, 20].map((width) => ({
          width,
          samples: [
            [1, 1.1, 0.9],
            [2, 2.2, 2.1],
          ],
        })),
        ([first, second]: readonly number[]) => second / first,
      ],
      { real: "0.*.samples.*.*", fraction: "0.*.width" },
    ),
    infiniteWidthLimit: row(
      theory.infiniteWidthLimit,
      () => [
        [
          { width: 8, values: [1, 1.1, 0.9] },
          { width: 16, values: [1, 1.2, 0.9] },
          { width: 32, values: [1.1, 1.2, 0.9] },
        ],
      ],
      { real: "0.*.values.*", short: "0 0.*.values", fraction: "0.*.width" },
    ),
    kolmogorovSmirnov: row(theory.kolmogorovSmirnov, () => [sample(), theory.normalCdf], values),
    kolmogorovSmirnovTwoSample: row(theory.kolmogorovSmirnovTwoSample, () => [sample(), other()], values),
    kolmogorovTail: row(theory.kolmogorovTail, () => [0.7]),
    lineFit: row(theory.lineFit, () => [sample(), other()], { real: "**" }),
    meanEstimate: row(theory.meanEstimate, () => [sample()], values),
    normalCdf: row(theory.normalCdf, () => [0.3], { real: "**" }),
    normalQuantile: row(theory.normalQuantile, () => [0.3]),
    pearson: row(theory.pearson, () => [sample(), other()], { real: "**" }),
    // Runs that never finish are ranked last, together.
    ranks: row(theory.ranks, () => [sample()], { ...values, infinity: "**", "-infinity": "**" }),
    sameLawTests: row(theory.sameLawTests, () => [sample(), other()], values),
    signTest: row(theory.signTest, () => [3, 8]),
    spearman: row(theory.spearman, () => [sample(), other()], { real: "**", infinity: "**", "-infinity": "**" }),
    spearmanPermutationTest: row(
      theory.spearmanPermutationTest,
      () => [sample(), other(), { permutations: 3, permutation: () => [4, 3, 2, 1, 0] }],
      { real: "0.* 1.*", infinity: "0.* 1.*", "-infinity": "0.* 1.*" },
    ),
    twoSidedPValue: row(theory.twoSidedPValue, () => [0.3], { real: "**" }),
    varianceEstimate: row(theory.varianceEstimate, () => [sample()], values),
    weightedLineFit: row(theory.weightedLineFit, () => [sample(), other(), [0.1, 0.2, 0.3, 0.1, 0.2]], {
      real: "0.* 1.*",
    }),

    activationPatternBound: row(theory.activationPatternBound, () => [[8, 6]], widths),
    arrangementRegions: row(theory.arrangementRegions, () => [5, 2]),
    binomial: row(theory.binomial, () => [5, 2]),
    binomialSum: row(theory.binomialSum, () => [5, 2]),
    boundaryDensity: row(theory.boundaryDensity, () => [nets(), 2, { squaredNorm: 3, projectedSquaredNorm: 1 }], {
      positive: "0.sigmaB 0.weightVariance 2.*",
      short: "0.hiddenWidths",
    }),
    boundaryDistanceCdf: row(theory.boundaryDistanceCdf, () => [0.5, 2], { positive: "**" }),
    boundedArrangementRegions: row(theory.boundedArrangementRegions, () => [5, 2]),
    breakpointDensity: row(theory.breakpointDensity, () => [{ K: 2, C: 0.5, V: 1 }], { real: "0.C", positive: "**" }),
    centralArrangementRegions: row(theory.centralArrangementRegions, () => [5, 2]),
    expectedBoundaryLength: row(theory.expectedBoundaryLength, () => [nets(), 2], {
      positive: "0.sigmaB 0.weightVariance 1",
      short: "0.hiddenWidths",
    }),
    // A whole line has infinite ends.
    expectedBreakpoints: row(theory.expectedBreakpoints, () => [nets(), line(), [0, 1]], {
      ...ofLine,
      real: "1.product 2.0",
      positive: "0.sigmaB 0.weightVariance 1.* 2.1",
      infinity: "2.1",
      "-infinity": "2.0",
    }),
    expectedRegionsOnSegment: row(theory.expectedRegionsOnSegment, () => [nets(), line(), [0, 1]], {
      ...ofLine,
      real: "1.product 2.0",
      positive: "0.sigmaB 0.weightVariance 1.* 2.1",
      infinity: "2.1",
      "-infinity": "2.0",
    }),
    foldingLowerBound: row(theory.foldingLowerBound, () => [2, [8, 6]], { short: "1" }),
    layerwiseUpperBound: row(theory.layerwiseUpperBound, () => [2, [8, 6]], { short: "1" }),
    lineCovariances: row(theory.lineCovariances, () => [nets(), line(), 0.5], { ...ofLine, real: "1.product 2" }),
    lineThrough: row(theory.lineThrough, () => [sample(), other()], { real: "**" }),
    meanBoundaryDistance: row(theory.meanBoundaryDistance, () => [0.5]),
    rankedUpperBound: row(theory.rankedUpperBound, () => [2, [8, 6]], { short: "1" }),
    totalBoundaryDensity: row(
      theory.totalBoundaryDensity,
      () => [nets(), 2, { squaredNorm: 3, projectedSquaredNorm: 1 }],
      { positive: "0.sigmaB 0.weightVariance 2.*", short: "0.hiddenWidths" },
    ),

    balancedLambda: row(theory.balancedLambda, () => [3, 1e-16]),
    bestFactorGrouping: row(theory.bestFactorGrouping, () => [12, 2]),
    bestGrouping: row(theory.bestGrouping, () => [12, 2]),
    deepPowerBound: row(theory.deepPowerBound, () => [6]),
    depthCurve: row(theory.depthCurve, () => [12, 2]),
    evenGroups: row(theory.evenGroups, () => [12, 5]),
    exactExponentialProduct: row(theory.exactExponentialProduct, () => [[0.1, 0.2, 0.3], [[2, 1], [2]], () => 0.1], {
      real: "0.*",
    }),
    gramMatrix: row(
      theory.gramMatrix,
      () => [
        [
          [1n, 2n],
          [3n, 4n],
        ],
      ],
      { short: "0" },
    ),
    groupingNeurons: row(theory.groupingNeurons, () => [[3, 2]], { short: "0" }),
    integerRank: row(
      theory.integerRank,
      () => [
        [
          [1, 2],
          [3, 5],
        ],
      ],
      { negative: "**", short: "0" },
    ),
    leadingError: row(theory.leadingError, () => [exp, 0.1, [0.5, 0.2], [1, 2]], { real: "2.*" }),
    monomialNeurons: row(theory.monomialNeurons, () => [[1, 2]], { short: "0" }),
    monomialSystem: row(
      theory.monomialSystem,
      () => [
        [
          [1, -1],
          [1, 1],
        ],
        [1, 2],
      ],
      { negative: "0.**", short: "0" },
    ),
    productNeurons: row(theory.productNeurons, () => [5]),
    rankModulo: row(
      theory.rankModulo,
      () => [
        [
          [1, 2],
          [3, 5],
        ],
        7,
      ],
      { negative: "0.**", short: "0" },
    ),
    roundingFloor: row(theory.roundingFloor, () => [3, 1e-16]),
    sumBounds: row(
      theory.sumBounds,
      () => [
        [
          [1, 2],
          [3, 1],
        ],
      ],
      { short: "0 0.*" },
    ),
  },
  {},
  {
    missing: {
      chi1: "1",
      chi2: "1",
      circleRecursion: "2",
      metricRecursion: "2",
      curvatureRecursion: "2",
      correlationMap: "2",
      correlationMapSlope: "2",
      gaussianExpectation: "3",
      orderChaosSigmaW: "1",
      expectedShallowLength: "2",
      shallowLengthBound: "1",
      lengthMoments: "0.kappa 0.sigmaB 0.initialLength",
      scaled: "2",
      secondMomentRatio: "1",
      bootstrap: "2.confidence",
      boundaryDensity: "0.weightVariance 2",
      expectedBoundaryLength: "0.weightVariance",
      expectedBreakpoints: "0.weightVariance 2",
      expectedRegionsOnSegment: "0.weightVariance 2",
      lineCovariances: "0.weightVariance 2",
      totalBoundaryDensity: "0.weightVariance 2",
      leadingError: "3",
      monomialSystem: "1",
      rankModulo: "1",
    },
    // A name is for legends.
    other: {
      scaled: "2",
    },
  },
);
