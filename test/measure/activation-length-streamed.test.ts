import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import {
  activationLengths,
  jacobianVectorLengths,
  streamedActivationLengths,
  streamedJacobianVectorLengths,
  type StreamedNets,
} from "fathom/measure";
import { fullyConnected, gaussianWeights, glorotNormal, heNormal, heUniform, orthogonalWeights } from "fathom/nets";
import { key, normalArray } from "fathom/random";

const nets = 37;

/** Nets of odd widths, with and without biases, of one input for all and of one each. */
const cases: Record<string, StreamedNets> = {
  "He normal": {
    nets,
    inputWidth: 8,
    hiddenWidths: [8, 8, 8],
    initialisation: heNormal,
    input: normalArray(key(1), 8),
  },
  "widths that are no multiples of 4, with biases": {
    nets,
    inputWidth: 7,
    hiddenWidths: [13, 1, 50, 3],
    initialisation: heNormal,
    sigmaB: 0.7,
    input: normalArray(key(2), 7),
  },
  "an input for each net": {
    nets,
    inputWidth: 5,
    hiddenWidths: [6, 9],
    initialisation: gaussianWeights(1.3),
    sigmaB: 0.1,
    input: normalArray(key(3), nets * 5),
  },
  "Glorot's fans, a wide input and one hidden unit": {
    nets,
    inputWidth: 301,
    hiddenWidths: [1, 20],
    initialisation: glorotNormal,
    input: normalArray(key(4), 301),
  },
  "one net": { nets: 1, inputWidth: 3, hiddenWidths: [4], initialisation: heNormal, input: normalArray(key(5), 3) },
};

function explicit(options: StreamedNets, direction?: Float32Array): Float64Array[] {
  const { inputWidth, hiddenWidths, initialisation, sigmaB = 0, input } = options;
  const architecture = fullyConnected({ inputWidth, hiddenWidths, initialisation, biasStandardDeviation: sigmaB });
  const parameters = architecture.parameters(key(6), options.nets);
  const tensors = [input, ...(direction === undefined ? [] : [direction])].map((vectors) =>
    vectors.length === inputWidth
      ? tf.tensor2d(vectors, [1, inputWidth])
      : tf.tensor3d(vectors, [options.nets, 1, inputWidth]),
  );
  const [x, v] = tensors;
  const lengths =
    direction === undefined
      ? activationLengths(architecture, parameters, x)
      : jacobianVectorLengths(architecture, parameters, x, v);
  tf.dispose([...tensors, ...parameters]);
  return lengths;
}

function assertEqual(streamed: Float64Array[], plain: Float64Array[]): void {
  assert.equal(streamed.length, plain.length);
  streamed.forEach((lengths, layer) => {
    lengths.forEach((length, net) => {
      const expected = plain[layer].length === 1 ? plain[layer][0] : plain[layer][net];
      // Float32 sums of terms of order 1 are rounded in another order; where they nearly cancel, relatively much.
      const difference = Math.abs(Math.sqrt(length) - Math.sqrt(expected));
      assert.ok(difference <= 1e-6 + 1.5e-5 * Math.sqrt(expected), `layer ${layer}: ${length} for ${expected}`);
    });
  });
}

describe("activation lengths with weights that are not stored", () => {
  before(async () => {
    await openEngine();
  });

  for (const [name, options] of Object.entries(cases)) {
    it(`are those of explicit parameters: ${name}`, () => {
      assertEqual(streamedActivationLengths(key(6), options), explicit(options));
    });

    it(`and so are lengths of Jacobian–vector products: ${name}`, () => {
      const direction = normalArray(key(7), options.input.length);
      const { activation, jacobianVector } = streamedJacobianVectorLengths(key(6), { ...options, direction });
      assertEqual(activation, explicit(options));
      assertEqual(jacobianVector, explicit(options, direction));
    });
  }

  it("do not depend on how many nets go through together", () => {
    // 65 536 numbers a net: eight nets at once.
    const options = { nets: 11, inputWidth: 2, hiddenWidths: [65_536, 3], initialisation: heNormal };
    const input = Float32Array.of(1, 2);
    const all = streamedActivationLengths(key(6), { ...options, input });
    const few = streamedActivationLengths(key(6), { ...options, nets: 2, input });
    few.forEach((lengths, layer) => assert.deepEqual(lengths, all[layer].slice(0, 2)));
  });

  it("change with every number of the stream that a net meets", () => {
    const options = { ...cases["He normal"], sigmaB: 0.3 };
    const [first, second] = [streamedActivationLengths(key(6), options), streamedActivationLengths(key(8), options)];
    for (const layer of [1, 2, 3]) first[layer].forEach((length, net) => assert.notEqual(length, second[layer][net]));
    assert.throws(() => assertEqual(first, explicit({ ...options, sigmaB: 0.29 })), assert.AssertionError);
  });

  it("are zero from a dead layer on, unless biases bring a net back", () => {
    const options = { nets: 200, inputWidth: 1, hiddenWidths: [1, 1, 1], initialisation: heNormal };
    const input = Float32Array.of(1);
    const [, , , last] = streamedActivationLengths(key(9), { ...options, input });
    const dead = last.filter((length) => length === 0).length;
    assert.ok(dead > 150 && dead < 200, `${dead} dead`);
    const [, , , back] = streamedActivationLengths(key(9), { ...options, input, sigmaB: 1 });
    assert.ok(back.filter((length) => length === 0).length < dead);
  });

  it("refuse weights that are not Gaussian, sizes that mean nothing, inputs of another length", () => {
    const options = cases["He normal"];
    for (const initialisation of [heUniform, orthogonalWeights(1)]) {
      assert.throws(() => streamedActivationLengths(key(1), { ...options, initialisation }), RangeError);
    }
    for (const wrong of [{ nets: 0 }, { inputWidth: 2.5 }, { hiddenWidths: [] }, { sigmaB: NaN }]) {
      assert.throws(() => streamedActivationLengths(key(1), { ...options, ...wrong }), RangeError);
    }
    assert.throws(
      () => streamedActivationLengths(key(1), { ...options, input: new Float32Array(9) }),
      /An input has 8 numbers, or 37 times as many/,
    );
    assert.throws(
      () => streamedJacobianVectorLengths(key(1), { ...options, direction: new Float32Array(9) }),
      RangeError,
    );
  });
});
