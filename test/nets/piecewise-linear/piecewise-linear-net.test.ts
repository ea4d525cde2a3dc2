import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import {
  activationPattern,
  denseSteps,
  fullyConnected,
  fullyConnectedSteps,
  heNormal,
  hiddenNeurons,
  outputOf,
  piecewiseLinearNet,
  preactivationsOf,
  randomReluNet,
  rectifierWidths,
  residual,
  residualSteps,
  type Architecture,
  type PiecewiseLinearStep,
  type ResidualOptions,
} from "fathom/nets";
import { key, normal, normalArray } from "fathom/random";

const affine = (fanIn: number, fanOut: number, weights: number[], biases: number[]): PiecewiseLinearStep => ({
  kind: "affine",
  fanIn,
  fanOut,
  weights: Float64Array.from(weights),
  biases: Float64Array.from(biases),
});
const relu = (width: number, negativeSlope = 0): PiecewiseLinearStep => ({ kind: "rectifier", width, negativeSlope });

describe("a piecewise linear net", () => {
  it("applies its steps in order: affine, rectifier, leaky rectifier", () => {
    const steps = [affine(2, 2, [1, 2, 3, -4], [0.5, 1]), relu(2), affine(2, 1, [1, -1], [2])];
    const net = piecewiseLinearNet(2, steps);
    assert.deepEqual([net.inputWidth, net.outputWidth], [2, 1]);
    assert.deepEqual([...outputOf(net, Float64Array.of(1, 2))], [5.5 - 0 + 2]);
    assert.deepEqual([...outputOf(net, Float64Array.of(1, -1))], [0 - 8 + 2]);
    const leaky = piecewiseLinearNet(2, [steps[0], relu(2, 0.25), steps[2]]);
    assert.deepEqual([...outputOf(leaky, Float64Array.of(1, 2))], [5.5 + 1 + 2]);
  });

  it("adds a residual block's output to its input, and numbers the neurons in order of use", () => {
    const block = [affine(2, 3, [1, 0, 0, 1, 1, 1], [0, 0, -1]), relu(3), affine(3, 2, [1, 1, 1, 0, 0, 1], [0, 0])];
    const net = piecewiseLinearNet(2, [{ kind: "residual", scale: -0.5, block }, relu(2)]);
    assert.deepEqual([rectifierWidths(net), hiddenNeurons(net)], [[3, 2], 5]);
    // x = (2, −1): hidden (2, −1, 0) → (2, 0, 0); the block gives (2, 0); x − (1, 0) = (1, −1).
    const x = Float64Array.of(2, -1);
    assert.deepEqual(
      preactivationsOf(net, x).map((layer) => [...layer]),
      [
        [2, -1, 0],
        [1, -1],
      ],
    );
    assert.deepEqual([...activationPattern(net, x)], [1, 0, 0, 1, 0]);
    assert.deepEqual([...outputOf(net, x)], [1, 0]);
  });

  it("leaves its input as it is", () => {
    const x = Float64Array.of(-1, 2);
    const output = outputOf(piecewiseLinearNet(2, []), x);
    output[0] = 5;
    outputOf(piecewiseLinearNet(2, [relu(2)]), x);
    assert.deepEqual([...x], [-1, 2]);
  });

  it("names the step that does not fit", () => {
    const first = affine(2, 2, [1, 2, 3, 4], [0, 0]);
    const refuse = (steps: PiecewiseLinearStep[], message: RegExp): void =>
      assert.throws(() => piecewiseLinearNet(2, steps), { name: "RangeError", message });
    refuse([first, relu(3)], /step 1 \(rectifier\): width is 3, but 2 values arrive/);
    refuse([affine(3, 1, [1, 1, 1], [0])], /step 0 \(affine\): fanIn is 3, but 2 values arrive/);
    refuse([affine(2, 2, [1, 2, 3], [0, 0])], /weights: expected 4 values; given 3/);
    refuse([affine(2, 2, [1, 2, 3, 4], [0])], /biases: expected 2 values; given 1/);
    refuse([affine(2, 0, [], [])], /fanOut is a whole number ≥ 1; given 0/);
    refuse([affine(2, 1, [1, NaN], [0])], /weights: value 1 of 2 is NaN/);
    refuse([affine(2, 1, [1, 1], [-Infinity])], /biases: value 0 of 1 is -Infinity/);
    refuse([relu(2, NaN)], /negative slope is a finite number; given NaN/);
    refuse([relu(2, 1)], /no rectifier but the identity/);
    refuse([{ kind: "residual", scale: 1, block: [affine(2, 1, [1, 1], [0])] }], /turns 2 values into 1/);
    refuse([{ kind: "residual", scale: NaN, block: [] }], /scale is finite; given NaN/);
    refuse([{ kind: "residual", scale: 1, block: [relu(1)] }], /step 0 \(residual\), step 0 \(rectifier\)/);
    for (const width of [0, -1, 1.5, NaN]) assert.throws(() => piecewiseLinearNet(width, []), /inputWidth/);
    const float32 = { ...first, weights: Float32Array.of(1, 2, 3, 4) } as unknown as PiecewiseLinearStep;
    assert.throws(() => piecewiseLinearNet(2, [float32]), TypeError);
  });

  it("refuses inputs of another length or that are not finite", () => {
    const net = piecewiseLinearNet(2, [relu(2)]);
    assert.throws(() => outputOf(net, Float64Array.of(1)), /input: expected 2 values; given 1/);
    assert.throws(() => preactivationsOf(net, Float64Array.of(1, NaN)), /input: value 1 of 2 is NaN/);
  });
});

describe("dense steps", () => {
  it("put a rectifier after every layer but the last", () => {
    const layers = [
      { weights: Float64Array.of(1, 2, 3, 4, 5, 6), biases: Float64Array.of(0, 0, 0) },
      { weights: Float64Array.of(1, 1, 1), biases: Float64Array.of(1) },
    ];
    assert.deepEqual(
      denseSteps(layers, 0.1).map((step) => step.kind),
      ["affine", "rectifier", "affine"],
    );
    assert.deepEqual(denseSteps(layers)[1], relu(3));
    assert.equal(piecewiseLinearNet(2, denseSteps(layers)).outputWidth, 1);
  });

  it("refuse no layers and weights that are no matrix", () => {
    assert.throws(() => denseSteps([]), /at least one layer/);
    assert.throws(
      () => denseSteps([{ weights: new Float64Array(5), biases: new Float64Array(2) }]),
      /5 weights are no \[2/,
    );
    assert.throws(() => denseSteps([{ weights: new Float64Array(4), biases: new Float64Array(0) }]), /needs zeros/);
  });
});

describe("a random ReLU net", () => {
  it("has Gaussian weights of variance σ_w²/fanIn and biases of deviation σ_b, of its own draws in every layer", () => {
    const net = randomReluNet(key(1), { inputWidth: 50, hiddenWidths: [400, 100], weightVariance: 3, sigmaB: 0.7 });
    const layers = net.steps.flatMap((step) => (step.kind === "affine" ? [step] : []));
    assert.deepEqual(
      layers.map(({ fanIn, fanOut }) => [fanIn, fanOut]),
      [
        [50, 400],
        [400, 100],
        [100, 1],
      ],
    );
    for (const { fanIn, weights } of layers.slice(0, 2)) {
      // Σ w²/variance has mean n and variance 2n.
      const n = weights.length;
      const squares = weights.reduce((sum, weight) => sum + (weight * weight * fanIn) / 3, 0);
      assert.ok(Math.abs(squares - n) < 4.5 * Math.sqrt(2 * n), `${squares} of ${n}`);
    }
    const biases = layers[0].biases.reduce((sum, bias) => sum + (bias / 0.7) ** 2, 0);
    assert.ok(Math.abs(biases - 400) < 4.5 * Math.sqrt(800), `${biases}`);
    assert.notEqual(layers[0].weights[0] / Math.sqrt(3 / 50), layers[1].weights[0] / Math.sqrt(3 / 400));
  });

  it("is the same for the same key, another for another, and He's without biases by default", () => {
    const options = { inputWidth: 3, hiddenWidths: [4] };
    assert.deepEqual(randomReluNet(key(2), options), randomReluNet(key(2), options));
    assert.notDeepEqual(randomReluNet(key(2), options), randomReluNet(key(3), options));
    const he = randomReluNet(key(2), { ...options, weightVariance: 2, sigmaB: 0, outputWidth: 1, negativeSlope: 0 });
    assert.deepEqual(randomReluNet(key(2), options), he);
    const [first] = he.steps;
    assert.ok(first.kind === "affine" && first.biases.every((bias) => bias === 0));
  });

  it("refuses bad widths and negative deviations", () => {
    const options = { inputWidth: 3, hiddenWidths: [4] };
    assert.throws(() => randomReluNet(key(1), { ...options, hiddenWidths: [4, 0] }), /given \[3, 4, 0, 1\]/);
    assert.throws(() => randomReluNet(key(1), { ...options, inputWidth: 1.5 }), RangeError);
    assert.throws(() => randomReluNet(key(1), { ...options, sigmaB: -1 }), /sigmaB.*given -1/);
    assert.throws(() => randomReluNet(key(1), { ...options, weightVariance: NaN }), /weightVariance.*given NaN/);
  });
});

describe("the steps of trained parameters", () => {
  before(() => openEngine());

  /** The architecture's parameters with random biases, as plain arrays, and its outputs at five random inputs. */
  function drawn(architecture: Architecture) {
    return tf.tidy(() => {
      const parameters = architecture
        .parameters(key(1))
        .map((tensor, index) => (tensor.rank === 1 ? normal(key(100 + index), tensor.shape) : tensor));
      const inputs = normalArray(key(2), 5 * architecture.inputWidth);
      const x = tf.tensor2d(inputs, [5, architecture.inputWidth]);
      const outputs = architecture.output(parameters, x).arraySync() as number[][];
      const values = parameters.map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync() as Float32Array }));
      return { inputs, outputs, values };
    });
  }

  function assertSame(architecture: Architecture, steps: PiecewiseLinearStep[], run: ReturnType<typeof drawn>): void {
    const { inputWidth, outputWidth } = architecture;
    const net = piecewiseLinearNet(inputWidth, steps);
    assert.equal(net.outputWidth, outputWidth);
    run.outputs.forEach((expected, row) => {
      const output = outputOf(net, Float64Array.from(run.inputs.subarray(row * inputWidth, (row + 1) * inputWidth)));
      expected.forEach((value, out) => assert.ok(Math.abs(value - output[out]) < 1e-4 * (1 + Math.abs(value))));
    });
  }

  for (const biases of [true, false]) {
    for (const outputWidth of [3, undefined]) {
      const readout = outputWidth !== undefined;
      it(`make the same fully connected net, ${biases ? "with" : "without"} biases, ${readout ? "with" : "without"} a readout`, () => {
        const architecture = fullyConnected({
          inputWidth: 4,
          hiddenWidths: [7, 5],
          initialisation: heNormal,
          biases,
          ...(readout ? { outputWidth } : {}),
        });
        const run = drawn(architecture);
        assertSame(architecture, fullyConnectedSteps(run.values, { biases, readout }), run);
      });
    }
  }

  const residualNets: [string, ResidualOptions, number, boolean][] = [
    ["blocks that end linearly", { inputWidth: 4, width: 4, scales: [0.5, -0.25], outputWidth: 2 }, 2, false],
    [
      "a lead-in and blocks that end in a rectifier",
      { inputWidth: 3, width: 6, scales: [1, 0.5, 0.2], blockHiddenWidths: [5, 4], blockEnd: "relu" },
      3,
      true,
    ],
    [
      "blocks of one rectified layer",
      { inputWidth: 4, width: 4, scales: [1], blockHiddenWidths: [], blockEnd: "relu" },
      1,
      false,
    ],
  ];
  for (const [name, options, layersInBlock, leadIn] of residualNets) {
    it(`make the same residual net: ${name}`, () => {
      const architecture = residual(options);
      const run = drawn(architecture);
      const steps = residualSteps(run.values, {
        biases: true,
        scales: options.scales,
        layersInBlock,
        leadIn,
        readout: options.outputWidth !== undefined,
        blockEnd: options.blockEnd ?? "linear",
      });
      assertSame(architecture, steps, run);
      assert.deepEqual(rectifierWidths(piecewiseLinearNet(options.inputWidth, steps)), architecture.hiddenWidths);
    });
  }

  it("refuse parameters of an ensemble, a missing bias, and a wrong number of layers", () => {
    const weights = { shape: [2, 3], values: new Float32Array(6) };
    const bias = { shape: [3], values: new Float32Array(3) };
    assert.throws(
      () => fullyConnectedSteps([{ shape: [2, 2, 3], values: new Float32Array(12) }], { biases: false }),
      /of one net/,
    );
    assert.throws(() => fullyConnectedSteps([weights], { biases: true }), /pairs of weights and biases; given 1/);
    assert.throws(
      () => fullyConnectedSteps([weights, weights], { biases: true }),
      /expected 3 biases; given shape \[2, 3\]/,
    );
    assert.throws(() => fullyConnectedSteps([], { biases: false }), RangeError);
    const options = { biases: true, scales: [1], layersInBlock: 2, leadIn: false };
    assert.throws(() => residualSteps([weights, bias], options), /have 3 weight matrices; given 1/);
  });
});
