import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engineReport, executeNative, isNative, openEngine, type Tensor } from "fathom/engine";
import {
  foldIn,
  key,
  normal,
  normalArray,
  rademacher,
  rademacherArray,
  randomBits,
  truncatedNormal,
  truncatedNormalArray,
  uniform,
  uniformArray,
  type Key,
} from "fathom/random";
import { startWebAssembly } from "../../lib/engine/web-assembly";
import { agree, drawNative, nativeSamplersReproduce, nativeSamplersServe } from "../../lib/random/native-sampler";

const keys: Key[] = [0, 1, -1, 42, -123456789, 2 ** 31, 2 ** 32, -(2 ** 40), Number.MAX_SAFE_INTEGER].map(key);
for (let i = 0; i < 40; i++) keys.push(foldIn(key(i), "test"));

function read(make: () => Tensor): Float32Array {
  const tensor = make();
  const values = tensor.dataSync<"float32">();
  tensor.dispose();
  return values;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

for (const backend of ["the open engine", "wasm"])
  describe(`random tensors on ${backend}`, () => {
    let current: string;
    before(async () => {
      await openEngine();
      current = tf.getBackend();
      if (backend !== "wasm") return;
      await startWebAssembly();
      await tf.setBackend("wasm");
    });
    after(() => tf.setBackend(current));

    it("uniforms have the bits of the arrays, for every key and any length", () => {
      for (const k of keys) {
        for (const length of [1, 2, 3, 4, 5, 127, 1001]) {
          assert.deepEqual(
            read(() => uniform(k, [length])),
            uniformArray(k, length),
          );
        }
      }
    });

    it("normals are within 1e-6 of the arrays, for every key and any length", () => {
      for (const k of keys) {
        for (const length of [1, 2, 3, 4, 5, 127, 1001]) {
          assert.ok(
            largestDifference(
              read(() => normal(k, [length])),
              normalArray(k, length),
            ) < 1e-6,
          );
        }
      }
    });

    it("large draws are the same stream", () => {
      const length = 3_000_003;
      assert.deepEqual(
        read(() => uniform(key(3), [length])),
        uniformArray(key(3), length),
      );
      assert.ok(
        largestDifference(
          read(() => normal(key(3), [length])),
          normalArray(key(3), length),
        ) < 1e-6,
      );
    });

    it("another key gives other numbers", () => {
      assert.ok(
        largestDifference(
          read(() => normal(key(1), [100])),
          normalArray(key(2), 100),
        ) > 0.1,
      );
    });

    it("a shape only arranges the stream, row by row", () => {
      const matrix = uniform(key(5), [3, 4, 2]);
      assert.deepEqual(matrix.shape, [3, 4, 2]);
      assert.deepEqual(matrix.dataSync(), uniformArray(key(5), 24));
      matrix.dispose();
      assert.equal(read(() => normal(key(5), [])).length, 1);
      assert.equal(read(() => normal(key(5), [2, 0])).length, 0);
    });

    it("low, high, mean and standard deviation scale the stream in float32 steps", () => {
      const scaled = uniformArray(key(6), 500).map((u) => Math.fround(u * Math.fround(2.2)) + Math.fround(-0.3));
      assert.deepEqual(
        read(() => uniform(key(6), [500], -0.3, 1.9)),
        scaled,
      );
      const shifted = normalArray(key(6), 500).map((z) => Math.fround(z * 3) - 2);
      assert.ok(
        largestDifference(
          read(() => normal(key(6), [500], -2, 3)),
          shifted,
        ) < 4e-6,
      );
      assert.deepEqual(
        read(() => normal(key(6), [3], 7, 0)),
        Float32Array.of(7, 7, 7),
      );
    });

    it("truncated normals and signs have the bits of the arrays", () => {
      for (const k of keys) {
        assert.deepEqual(
          read(() => truncatedNormal(k, [1001])),
          truncatedNormalArray(k, 1001),
        );
        assert.deepEqual(
          read(() => rademacher(k, [1001])),
          rademacherArray(k, 1001),
        );
      }
    });

    it("each draw leaves one tensor behind", () => {
      const before = tf.memory().numTensors;
      const draws = [
        uniform(key(1), [4], -1, 3),
        normal(key(1), [4], 1, 2),
        truncatedNormal(key(1), [4]),
        rademacher(key(1), [4]),
      ];
      assert.equal(tf.memory().numTensors, before + draws.length);
      tf.dispose(draws);
      assert.equal(tf.memory().numTensors, before);
    });

    it("refuses shapes and parameters that mean nothing", () => {
      for (const shape of [[-1], [2.5], [NaN], 3 as unknown as number[]]) {
        for (const draw of [uniform, normal, truncatedNormal, rademacher]) {
          assert.throws(() => draw(key(0), shape), /the shape must be an array of integers of 0 or more/);
        }
      }
      assert.throws(() => uniform(key(0), [2], 1, 1), RangeError);
      assert.throws(() => uniform(key(0), [2], NaN, 1), RangeError);
      assert.throws(() => normal(key(0), [2], 0, -1), RangeError);
      assert.throws(() => normal(key(0), [2], NaN), RangeError);
      assert.throws(() => normal(0 as unknown as Key, [2]), TypeError);
    });
  });

describe("the trial of native samplers", () => {
  before(async () => {
    await openEngine();
  });

  it("finds that this TensorFlow reproduces the arrays", function () {
    if (!isNative()) this.skip();
    assert.equal(nativeSamplersReproduce(), true);
  });

  it("lets TensorFlow draw on a GPU only", () => {
    assert.equal(nativeSamplersServe(), engineReport().name === "gpu");
  });

  it("TensorFlow's own draws are the arrays, for every key and any length", function () {
    if (!isNative()) this.skip();
    for (const k of keys) {
      for (const length of [1, 2, 3, 4, 5, 127, 1001]) {
        assert.deepEqual(
          read(() => drawNative("StatelessRandomUniform", k, [length])),
          uniformArray(k, length),
        );
        const normals = read(() => drawNative("StatelessRandomNormal", k, [length]));
        assert.ok(largestDifference(normals, normalArray(k, length)) < 1e-6);
      }
    }
    // TensorFlow spreads large draws over its threads.
    const length = 3_000_003;
    assert.deepEqual(
      read(() => drawNative("StatelessRandomUniform", key(3), [length])),
      uniformArray(key(3), length),
    );
    const normals = read(() => drawNative("StatelessRandomNormal", key(3), [length]));
    assert.ok(largestDifference(normals, normalArray(key(3), length)) < 1e-6);
  });

  it("words have the bits of TensorFlow's own stateless integers", function () {
    if (!isNative()) this.skip();
    for (const k of keys) {
      const drawn = tf.tidy(() => {
        const seed = tf.tensor1d(
          Int32Array.from(k.words, (word) => word | 0),
          "int32",
        );
        const types = { dtype: "int32", T: "int32", Tseed: "int32" } as const;
        return executeNative("StatelessRandomUniformFullInt", types, [tf.tensor1d([103], "int32"), seed]);
      });
      const words = Uint32Array.from(drawn.dataSync<"int32">());
      drawn.dispose();
      assert.deepEqual(randomBits(k, 103), words);
    }
  });

  it("would notice one wrong number, and none that is not a number", () => {
    const normals = normalArray(key(1), 1000);
    assert.ok(agree(normals, normals.slice(), 0));
    for (const [wrong, tolerance] of [
      [normals[500] + 2e-6, 1e-6],
      [normals[500] + 2e-7, 0],
      [NaN, 1e-6],
    ]) {
      const other = normals.slice();
      other[500] = wrong;
      assert.ok(!agree(other, normals, tolerance));
    }
    assert.ok(!agree(normals.subarray(1), normals, 10));
  });
});
