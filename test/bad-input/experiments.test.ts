import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "fathom/engine";
import * as experiments from "fathom/experiments";
import { key } from "fathom/random";
import { tanh } from "fathom/theory";
import { teacher } from "../figures/mimic/made-up-rows";
import { activationLengthAnalyses } from "./of-rows/activation-length";
import { curvatureAnalyses } from "./of-rows/curvature";
import { linearRegionsAnalyses } from "./of-rows/linear-regions";
import { mimicAnalyses } from "./of-rows/mimic";
import { multiplicationAnalyses } from "./of-rows/multiplication";
import { describeBadInput, row } from "./table";

const sizes = {
  activation: "tanh",
  sigmaW: 2,
  sigmaB: 0.3,
  squaredLength: 1,
  depth: 3,
  nets: 4,
  angles: 8,
  lags: [0, 2],
};
const nets = { inputWidth: 5, hiddenWidths: [8, 6], sigmaB: 0.5, weightVariance: 2 };
let folder: string;
let before_: string | undefined;
before(async () => {
  await openEngine();
  before_ = process.env["FATHOM_STORE"];
  process.env["FATHOM_STORE"] = folder = mkdtempSync(join(tmpdir(), "fathom-bad-input-"));
});
after(() => {
  if (before_ === undefined) delete process.env["FATHOM_STORE"];
  else process.env["FATHOM_STORE"] = before_;
  rmSync(folder, { recursive: true, force: true });
});

describeBadInput(
  "experiments",
  experiments,
  {
    gaussHermiteRule: row(experiments.gaussHermiteRule, () => [6]),
    trapezoidRule: row(experiments.trapezoidRule, () => [51, 8], { positive: "1" }),
    plainConstants: row(experiments.plainConstants, () => [2, 0.3], { positive: "**" }),
    plainCriticalSigmaW: row(experiments.plainCriticalSigmaW, () => [0.3], { positive: "**" }),
    slopeAtOne: row(experiments.slopeAtOne, () => [(c: number) => c ** 2, 1e-4]),
    layersToConverge: row(
      experiments.layersToConverge,
      () => [{ activation: tanh, sigmaW: 2, sigmaB: 0.3 }, 1, 1e-3, 50],
      { positive: "0.* 1" },
    ),
    netsPerChunk: row(experiments.netsPerChunk, () => [{ width: 8, angles: 8, nets: 4 }]),
    measureCircle: row(experiments.measureCircle, () => [{ ...sizes, width: 8, seed: 5 }], {
      positive: "0.sigmaW 0.sigmaB 0.squaredLength",
      negative: "0.seed",
      short: "0.lags",
      empty: "0.lags",
    }),
    normalEquivalent: row(experiments.normalEquivalent, () => [2.5, 9], { real: "0", positive: "1" }),
    meanOverNets: row(experiments.meanOverNets, () => [[1, 2, 3]], { real: "0.*", short: "0" }),
    signTestAbove: row(experiments.signTestAbove, () => [[1, 2, 3], 0.5], { real: "0.* 1", short: "0" }),

    pooledComparison: row(
      experiments.pooledComparison,
      () => [
        [
          { predicted: 1, measured: 1.1, standardError: 0.1, degreesOfFreedom: 9 },
          { predicted: 1, measured: 0.9, standardError: 0.2, degreesOfFreedom: 9 },
        ],
      ],
      { rows: "0.*", short: "0" },
    ),
    densityAt: row(
      experiments.densityAt,
      () => [{ inputWidth: 5, hiddenWidths: [8, 6], sigmaB: 0.5, weightVariance: 2 }, 1],
      { positive: "0.sigmaB 0.weightVariance 1", short: "0.hiddenWidths" },
    ),
    wholePlaneRegions: row(experiments.wholePlaneRegions, () => [{ hiddenWidths: [8, 6] }], { short: "**" }),
    predictedBreakpoints: row(experiments.predictedBreakpoints, () => [nets, { distance: 1, start: 0, end: 2 }], {
      real: "1.distance 1.start",
      positive: "0.sigmaB 0.weightVariance 1.end",
      infinity: "1.end",
      "-infinity": "1.start",
      short: "0.hiddenWidths",
    }),
    theoryAgainstSum: row(experiments.theoryAgainstSum, () => [[8, 6], () => 1], { short: "0" }),
    worstUpperBoundRatio: row(
      experiments.worstUpperBoundRatio,
      () => [[{ inputWidth: 2, hiddenWidths: [4, 3], regions: 9 }]],
      { short: "0.0.hiddenWidths" },
    ),

    twoWayMean: row(experiments.twoWayMean, () => [[Float64Array.of(1, 2, 3), Float64Array.of(2, 1, 4)]]),
    repeated: row(experiments.repeated, () => [teacher(5).correct, 3]),
    meanAnswer: row(experiments.meanAnswer, () => [[Float32Array.of(1, 2), Float32Array.of(2, 1)]], { short: "0" }),

    farthestFrom: row(experiments.farthestFrom, () => [1, [1, 2]], { real: "**", short: "1" }),
    halfToOne: row(experiments.halfToOne, () => [key(1), 4, 3]),

    ...activationLengthAnalyses,
    ...curvatureAnalyses,
    ...linearRegionsAnalyses,
    ...mimicAnalyses,
    ...multiplicationAnalyses,
  },
  {},
  {
    missing: {
      expectedGrowthExponent: "2",
      trapezoidRule: "0 1",
      slopeAtOne: "1",
      layersToConverge: "2 3",
      densityAt: "0.weightVariance",
      predictedBreakpoints: "0.weightVariance 1.start 1.end",
    },
  },
);
