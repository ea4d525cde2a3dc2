import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNpy } from "../../bench/npy";

describe("arrays written for numpy", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fathom-npy-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Reads a file as the format's description says. */
  function read(path: string): { description: string; data: Buffer } {
    const bytes = readFileSync(path);
    assert.equal(bytes.subarray(0, 8).toString("latin1"), "\u0093NUMPY\u0001\u0000");
    const begin = 10 + bytes.readUInt16LE(8);
    assert.equal(begin % 64, 0);
    const header = bytes.subarray(10, begin).toString("latin1");
    assert.ok(header.endsWith("\n"));
    return { description: header.trim(), data: bytes.subarray(begin) };
  }

  it("say their type and shape, and carry the numbers", () => {
    const path = join(folder, "a.npy");
    writeNpy(path, Float32Array.of(1, -2.5, 3, 4, 5, 6), [2, 3]);
    const { description, data } = read(path);
    assert.equal(description, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    assert.equal(data.length, 24);
    assert.equal(data.readFloatLE(4), -2.5);
  });

  it("may be of float64 or int32, of one dimension or none, or a part of a buffer", () => {
    const path = join(folder, "a.npy");
    writeNpy(path, new Float64Array([1, 2, 3, 4]).subarray(1, 3));
    const doubles = read(path);
    assert.match(doubles.description, /'<f8'.*'shape': \(2,\)/);
    assert.deepEqual([doubles.data.readDoubleLE(0), doubles.data.readDoubleLE(8), doubles.data.length], [2, 3, 16]);
    writeNpy(path, Int32Array.of(-7), []);
    const single = read(path);
    assert.match(single.description, /'<i4'.*'shape': \(\)/);
    assert.equal(single.data.readInt32LE(0), -7);
  });

  it("have a shape that fits", () => {
    const message = /\[2, 2\] does not fit an array of 3 numbers/;
    assert.throws(() => writeNpy(join(folder, "a.npy"), new Float32Array(3), [2, 2]), { name: "RangeError", message });
    assert.throws(() => writeNpy(join(folder, "a.npy"), new Float32Array(3), [1.5, 2]), RangeError);
  });
});
