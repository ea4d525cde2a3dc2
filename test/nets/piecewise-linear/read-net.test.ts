import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { NetFileError, outputOf, readNet } from "fathom/nets";
import { temporaryFolder } from "./folder";
import { safetensorsOf, smallNet } from "./safetensors-file";

const fixture = join(__dirname, "..", "..", "fixtures", "nets", "sequential.safetensors");

describe("a net of your own", () => {
  const folder = temporaryFolder();

  it("written by Python's safetensors gives NumPy's outputs", () => {
    const net = readNet(fixture);
    const expected: [number[], number[]][] = [
      [
        [0.5, -1],
        [1.804247855976755, 0.3784926864722965, 4.914769652069498],
      ],
      [
        [-2, 0.25],
        [-6.2249748967639436, -0.9108452086753269, 4.544518001528609],
      ],
    ];
    for (const [input, output] of expected) {
      outputOf(net, Float64Array.from(input)).forEach((value, place) => {
        assert.ok(Math.abs(value - output[place]) < 1e-14 * 10, `${value} and ${output[place]}`);
      });
    }
  });

  it("is known by its content under any other name", () => {
    const bytes = safetensorsOf(smallNet);
    writeFileSync(folder.path("weights"), bytes);
    writeFileSync(folder.path("weights.SafeTensors"), bytes);
    assert.deepEqual([...outputOf(readNet(folder.path("weights")), Float64Array.of(1, 1))], [1.25]);
    assert.deepEqual([...outputOf(readNet(folder.path("weights.SafeTensors")), Float64Array.of(1, 1))], [1.25]);
    symlinkSync(folder.path("weights"), folder.path("link"));
    assert.equal(readNet(folder.path("link")).inputWidth, 2);
  });

  it("may have a header whose length begins with a brace's code", () => {
    const padding = 0x17b;
    const plain = safetensorsOf(smallNet);
    const header = Number(new DataView(plain.buffer).getBigUint64(0, true));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(padding));
    const text = Buffer.from(plain.subarray(8, 8 + header))
      .toString()
      .padEnd(padding, " ");
    writeFileSync(folder.path("brace"), Buffer.concat([length, Buffer.from(text), plain.subarray(8 + header)]));
    assert.equal(readNet(folder.path("brace")).outputWidth, 1);
  });

  it("is not opened in the formats that can run code or are not read, and the error says which it is", () => {
    const files: readonly [string, readonly number[], RegExp][] = [
      ["torch.pt", [0x50, 0x4b, 0x03, 0x04, 0, 0, 8, 8, 0, 0], /zip archive.*can run code.*save_file/],
      ["old.pt", [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9], /pickle.*can run code/],
      ["keras.h5", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0], /HDF5.*tensorflowjs_converter/],
      ["net.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0], /gzip/],
      ["noise.bin", Array.from({ length: 99 }, (_, place) => (place * 89 + 200) % 256), /header of \d+ bytes/],
      ["empty", [], /0 bytes/],
      ["text.safetensors", [...Buffer.from("{}")], /2 bytes/],
      ["list.json", [...Buffer.from("[]")], /not the model\.json/],
      ["empty.json", [], /not valid JSON/],
    ];
    for (const [name, bytes, message] of files) {
      writeFileSync(folder.path(name), Uint8Array.from(bytes));
      assert.throws(
        () => readNet(folder.path(name)),
        (error: Error) => error instanceof NetFileError && message.test(error.message),
        name,
      );
    }
  });

  it("must be a file that is there", () => {
    mkdirSync(folder.path("empty-folder"));
    assert.throws(() => readNet(folder.path("nowhere")), /"[^"]*nowhere" does not exist/);
    assert.throws(() => readNet(folder.path("weights", "below")), /does not exist/);
    assert.throws(() => readNet(folder.path("empty-folder")), /model\.json" does not exist/);
    symlinkSync(folder.path("circle"), folder.path("circle"));
    assert.throws(() => readNet(folder.path("circle")), /leads to itself/);
    if (process.platform !== "win32") {
      assert.throws(() => readNet(devNull), /is not a file/);
      execFileSync("mkfifo", [folder.path("pipe")]);
      assert.throws(() => readNet(folder.path("pipe")), /is not a file/);
    }
  });

  it("is not read when it is larger than the limit, which can be raised", () => {
    // A file of holes: 64 GiB that take no room on the disk, and would take as much memory.
    writeFileSync(folder.path("large.safetensors"), "");
    truncateSync(folder.path("large.safetensors"), 2 ** 36);
    assert.throws(
      () => readNet(folder.path("large.safetensors")),
      /68719476736 bytes; at most 268435456.*--max-megabytes/,
    );
    assert.throws(() => readNet(fixture, { maximumBytes: 631 }), /has 632 bytes; at most 631/);
    assert.equal(readNet(fixture, { maximumBytes: 632 }).inputWidth, 2);
    assert.throws(() => readNet(fixture, { maximumBytes: 0 }), RangeError);
    assert.throws(() => readNet(fixture, { maximumBytes: NaN }), RangeError);
  });

  it("is refused by its header before its data are read", () => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(2n ** 36n);
    writeFileSync(folder.path("holes.safetensors"), length);
    truncateSync(folder.path("holes.safetensors"), 2 ** 36);
    assert.throws(() => readNet(folder.path("holes.safetensors"), { maximumBytes: 2 ** 37 }), /allows 100000000/);
    const header = Buffer.from('{"0.weight":{"dtype":"F32","shape":[4,4],"data_offsets":[0,64]}}');
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(folder.path("tail.safetensors"), Buffer.concat([length, header]));
    truncateSync(folder.path("tail.safetensors"), 2 ** 36);
    assert.throws(() => readNet(folder.path("tail.safetensors"), { maximumBytes: 2 ** 37 }), /its tensors cover 64/);
  });
});
