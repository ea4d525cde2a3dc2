import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { oneHot, openEngine } from "fathom/engine";

describe("one-hot rows", () => {
  before(() => openEngine());

  it("are zeros and ones of float32 on every engine", () => {
    const rows = tf.tidy(() => oneHot(tf.tensor1d([2, 0], "int32"), 3));
    assert.equal(rows.dtype, "float32");
    assert.deepEqual([...rows.dataSync()], [0, 0, 1, 1, 0, 0]);
    rows.dispose();
  });
});
