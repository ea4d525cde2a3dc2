import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import * as nets from "fathom/nets";
import { type Key, key } from "fathom/random";
import { describeBadInput, row } from "./table";

const { heNormal } = nets;
const ones = (...shape: number[]): tf.Tensor => tf.fill(shape, 0.25);
const exp = nets.taylorActivation("exp");
const lambda = (): number => 0.1;
const smooth = nets.monomialNet([1, 1], exp, 0.1);
const small = nets.randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [3, 2], sigmaB: 0.5 });

/** Steps make a net: what is wrong with the numbers in them is said at the latest when they do. */
const netOf =
  <Given extends unknown[]>(stepsOf: (...given: Given) => nets.PiecewiseLinearStep[]) =>
  (...given: Given): nets.PiecewiseLinearNet =>
    nets.piecewiseLinearNet(2, stepsOf(...given));
const x = (): Float64Array => Float64Array.of(0.3, -0.2);
const values = (...shape: number[]): nets.ParameterValues => ({
  shape,
  values: new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(0.5),
});
const layer = (): nets.DenseWeights => ({ weights: Float64Array.of(1, 2, 3, 4), biases: Float64Array.of(1, 2) });
const convolution = { inputShape: [8, 8, 1] as const, convolutions: [{ channels: 2, size: 3, stride: 1, pool: 2 }] };
const images = nets.convolutional({ ...convolution, outputWidth: 3 });
const dense = nets.fullyConnected({ inputWidth: 3, hiddenWidths: [4, 5], outputWidth: 2, initialisation: heNormal });
const withBlocks = nets.residual({ inputWidth: 3, width: 4, scales: [0.5, 0.5], outputWidth: 2 });
const bottleneck = nets.linearBottleneck({ inputWidth: 3, bottleneckWidth: 2, hiddenWidth: 4, outputWidth: 2 });

before(() => openEngine());

describeBadInput(
  "nets",
  nets,
  {
    convolutional: row(
      nets.convolutional,
      () => [{ ...convolution, hiddenWidths: [5, 4], outputWidth: 3, initialisation: heNormal }],
      { short: "0.hiddenWidths", empty: "0.hiddenWidths" },
    ),
    "convolutional.output": row(images.output, () => [images.parameters(key(1)), ones(2, 64)]),
    fullyConnected: row(
      nets.fullyConnected,
      () => [
        {
          inputWidth: 3,
          hiddenWidths: [4, 5],
          outputWidth: 2,
          initialisation: heNormal,
          biasStandardDeviation: 0.1,
        },
      ],
      { short: "0.hiddenWidths" },
    ),
    "fullyConnected.parameters": row(
      (from: Key, count?: number) => dense.parameters(from, count),
      () => [key(1), 3],
    ),
    "fullyConnected.output": row(dense.output, () => [dense.parameters(key(1)), ones(2, 3)]),
    "fullyConnected.activations": row(
      (p: tf.Tensor[], x: tf.Tensor) => dense.activations(p, x),
      () => [dense.parameters(key(1)), ones(2, 3)],
    ),
    "fullyConnected.pushforward": row(
      (p: tf.Tensor[], x: tf.Tensor, v: tf.Tensor) => dense.pushforward(p, x, v),
      () => [dense.parameters(key(1)), ones(2, 3), ones(2, 3)],
    ),
    gaussianWeights: row(nets.gaussianWeights, () => [1.5, { fan: "fanIn" }]),
    "heNormal.weights": row(
      (k: Key, shape: nets.WeightShape) => heNormal.weights(k, shape),
      () => [key(1), [2, 3, 4]],
      { short: "1" },
    ),
    "heNormal.variance": row(
      (fanIn: number, fanOut: number) => heNormal.variance(fanIn, fanOut),
      () => [3, 4],
    ),
    initialisationNamed: row(nets.initialisationNamed, () => [{ scheme: "gaussian", gain: 1.5 }]),
    linearBottleneck: row(nets.linearBottleneck, () => [
      { inputWidth: 3, bottleneckWidth: 2, hiddenWidth: 4, outputWidth: 2 },
    ]),
    "linearBottleneck.output": row(bottleneck.output, () => [bottleneck.parameters(key(1)), ones(2, 3)]),
    linearBottleneckParameters: row(nets.linearBottleneckParameters, () => [
      { inputWidth: 3, bottleneckWidth: 2, hiddenWidth: 4, outputWidth: 2 },
    ]),
    meanFieldLayer: row(nets.meanFieldLayer, () => [key(1), { nets: 2, fanIn: 3, fanOut: 4, sigmaW: 1, sigmaB: 2 }], {
      positive: "1.sigmaW 1.sigmaB",
    }),
    netOfTorchSequential: row(
      nets.netOfTorchSequential,
      () => [
        new Map([
          ["0.weight", { name: "0.weight", dtype: "F64", shape: [1, 2], bytes: new Uint8Array(16) }],
          ["0.bias", { name: "0.bias", dtype: "F64", shape: [1], bytes: new Uint8Array(8) }],
        ]),
        { negativeSlope: 0 },
      ],
      { real: "1.negativeSlope", wordless: "0.**.name" },
    ),
    orthogonalWeights: row(nets.orthogonalWeights, () => [1.5, {}]),
    "orthogonalWeights.weights": row(
      (shape: nets.WeightShape) => nets.orthogonalWeights(1).weights(key(1), shape),
      () => [[2, 3, 4]],
      { short: "0" },
    ),
    parseSafetensors: row(
      nets.parseSafetensors,
      () => {
        const header = new TextEncoder().encode('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
        return [Uint8Array.from([header.length, 0, 0, 0, 0, 0, 0, 0, ...header, 0, 0, 0, 0]), "a file"];
      },
      { wordless: "1" },
    ),
    preactivations: row(nets.preactivations, () => [ones(2, 5, 3), { weights: ones(2, 3, 4), biases: ones(2, 1, 4) }]),
    rademacherWeights: row(nets.rademacherWeights, () => [1.5, {}]),
    "readNet of a size": row(
      (maximumBytes: number) => {
        try {
          nets.readNet("missing", { maximumBytes });
        } catch (error) {
          if (!(error instanceof nets.NetFileError)) throw error;
        }
      },
      () => [100],
      { positive: "0", infinity: "0" },
    ),
    residual: row(
      nets.residual,
      () => [{ inputWidth: 3, width: 4, scales: [0.5, 0.2], blockHiddenWidths: [4, 5], outputWidth: 2 }],
      { real: "0.scales.*", short: "0.scales 0.blockHiddenWidths", empty: "0.blockHiddenWidths" },
    ),
    "residual.parameters": row(
      (from: Key, count?: number) => withBlocks.parameters(from, count),
      () => [key(1), 3],
    ),
    "residual.output": row(withBlocks.output, () => [withBlocks.parameters(key(1)), ones(2, 3)]),
    truncatedNormalWeights: row(nets.truncatedNormalWeights, () => [1.5, { corrected: true }]),
    uniformWeights: row(nets.uniformWeights, () => [1.5, {}]),

    activationPattern: row(nets.activationPattern, () => [small, x()], { made: "0" }),
    outputOf: row(nets.outputOf, () => [small, x()], { made: "0" }),
    preactivationsOf: row(nets.preactivationsOf, () => [small, x()], { made: "0" }),
    denseSteps: row(netOf(nets.denseSteps), () => [[layer(), layer()], 0.1], { real: "1", short: "0" }),
    foldingNet: row(nets.foldingNet, () => [{ inputWidth: 1, folds: 2, layers: 2, lastWidth: 3 }]),
    fullyConnectedSteps: row(
      netOf(nets.fullyConnectedSteps),
      () => [[values(2, 3), values(3), values(3, 1), values(1)], { biases: true, negativeSlope: 0 }],
      { real: "1.negativeSlope" },
    ),
    piecewiseLinearNet: row(
      nets.piecewiseLinearNet,
      () => [
        2,
        [
          { kind: "affine", fanIn: 2, fanOut: 2, ...layer() },
          { kind: "rectifier", width: 2, negativeSlope: 0 },
          { kind: "residual", scale: 1, block: [{ kind: "affine", fanIn: 2, fanOut: 2, ...layer() }] },
        ],
      ],
      { real: "1.1.negativeSlope 1.2.scale", short: "1", empty: "1 1.2.block" },
    ),
    randomReluNet: row(
      nets.randomReluNet,
      () => [
        key(1),
        { inputWidth: 2, hiddenWidths: [3, 2], outputWidth: 1, weightVariance: 2, sigmaB: 1, negativeSlope: 0 },
      ],
      {
        positive: "1.weightVariance 1.sigmaB",
        real: "1.negativeSlope",
        short: "1.hiddenWidths",
        empty: "1.hiddenWidths",
      },
    ),
    residualSteps: row(
      netOf(nets.residualSteps),
      () => [
        [values(2, 3), values(3), values(3, 3), values(3), values(3, 1), values(1)],
        { biases: true, scales: [0.5], layersInBlock: 1, leadIn: true, blockEnd: "relu", negativeSlope: 0 },
      ],
      { real: "1.scales.* 1.negativeSlope" },
    ),

    biasedProductOfTwo: row(nets.biasedProductOfTwo, () => [0.5, 0.1], { real: "0" }),
    composedNet: row(
      nets.composedNet,
      () => [
        2,
        [
          [
            {
              inputs: [0, 1],
              directions: [
                [1, 1],
                [1, -1],
              ],
              readout: [1, -1],
              lambda: 0.1,
            },
          ],
        ],
        exp,
        [1],
      ],
      { real: "1.0.0.directions.** 1.0.0.readout.* 3.*" },
    ),
    deepPowerNet: row(nets.deepPowerNet, () => [5, exp, lambda]),
    groupedProductNet: row(nets.groupedProductNet, () => [[[2, 1], [2]], exp, lambda]),
    monomialBlock: row(nets.monomialBlock, () => [[0, 1], [1, 2], exp, 0.1]),
    monomialNet: row(nets.monomialNet, () => [[1, 2], exp, 0.1], { short: "0" }),
    oddProductNet: row(nets.oddProductNet, () => [3, 0.1]),
    polynomialNet: row(
      nets.polynomialNet,
      () => [
        [
          { coefficient: 1, exponents: [1, 2] },
          { coefficient: -1, exponents: [2, 1] },
        ],
        exp,
        0.1,
      ],
      { real: "0.*.coefficient", short: "0" },
    ),
    signVectors: row(nets.signVectors, () => [3]),
    smoothNetOutputs: row(nets.smoothNetOutputs, () => [smooth, Float64Array.of(0.1, 0.2, 0.3, 0.4)], { made: "0" }),
    taylorActivation: row(nets.taylorActivation, () => ["tanh", 0.5], { real: "1" }),
    "taylorActivation.coefficients": row(
      (highest: number) => exp.coefficients(highest),
      () => [4],
    ),
  },
  {
    NetFileError: "an error",
    hiddenNeurons: "takes a net, which was checked when it was made",
    hiddenLayersOf: "takes a net, which was checked when it was made",
    neuronsOf: "takes a net, which was checked when it was made",
    rectifierWidths: "takes a net, which was checked when it was made",
    scalarActivation: "takes functions; test/nets/mean-field-ensemble.test.ts",
    smoothActivation: "takes a name; test/nets/mean-field-ensemble.test.ts",
    tensorFlowJsWeights: "takes a name, which TypeScript checks",
  },
  {
    missing: {
      convolutional: "0.hiddenWidths 0.initialisation",
      fullyConnected: "0.outputWidth 0.biasStandardDeviation",
      "fullyConnected.parameters": "1",
      gaussianWeights: "1.fan 1",
      initialisationNamed: "0.gain",
      netOfTorchSequential: "0.0.weight.name 0.0.bias.name 1.negativeSlope 1",
      orthogonalWeights: "1",
      parseSafetensors: "1",
      rademacherWeights: "1",
      "readNet of a size": "0",
      residual: "0.blockHiddenWidths 0.outputWidth",
      "residual.parameters": "1",
      uniformWeights: "1",
      denseSteps: "1",
      randomReluNet: "1.outputWidth 1.weightVariance 1.sigmaB 1.negativeSlope",
      residualSteps: "1.blockEnd 1.negativeSlope",
      composedNet: "3",
      taylorActivation: "1",
      fullyConnectedSteps: "1.negativeSlope",
    },
    // Names are for messages; words have none of the options.
    other: {
      gaussianWeights: "1",
      netOfTorchSequential: "0.0.*.name 1",
      orthogonalWeights: "1",
      parseSafetensors: "1",
      rademacherWeights: "1",
      uniformWeights: "1",
    },
  },
);
