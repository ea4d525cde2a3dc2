import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFileError, parseIdx, readPublishedFile } from "fathom/datasets";
import {
  netOfTorchSequential,
  type PiecewiseLinearNet,
  parseSafetensors,
  piecewiseLinearNet,
  readNet,
} from "fathom/nets";
import { unfitness } from "../../tools/course/submissions";
import { filesOfTar } from "../../tools/data/cifar10-package";
import { parseStrictJson } from "../../lib/nets/piecewise-linear/strict-json";
import { safetensorsOf, smallNet } from "../nets/piecewise-linear/safetensors-file";

/** A reader of foreign bytes, and what it is fuzzed with. */
export interface FuzzedReader {
  readonly originals: readonly Uint8Array[];
  /**
   * Reads bytes that may be anything.
   * @returns whether they were accepted, after it was found that what was read is whole
   * @throws what the reader does
   */
  readonly accepts: (bytes: Uint8Array) => boolean;
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const fixtures = join(__dirname, "..", "fixtures", "nets");

/** The numbers of a net were all finite and its widths fitted when it was made: it can be made again. */
function assertWhole(net: PiecewiseLinearNet): true {
  piecewiseLinearNet(net.inputWidth, net.steps);
  return true;
}

const safetensors: readonly Uint8Array[] = [
  safetensorsOf(smallNet),
  safetensorsOf(smallNet.map((tensor) => ({ ...tensor, dtype: "F64" as const }))),
  new Uint8Array(readFileSync(join(fixtures, "sequential.safetensors"))),
];

const layersModel = {
  format: "layers-model",
  modelTopology: {
    class_name: "Sequential",
    config: {
      name: "small",
      layers: [
        {
          class_name: "Dense",
          config: { name: "first", units: 3, activation: "relu", use_bias: true, batch_input_shape: [null, 2] },
        },
        { class_name: "Dense", config: { name: "second", units: 1, activation: "linear", use_bias: true } },
      ],
    },
  },
  weightsManifest: [
    {
      paths: ["one.bin", "two.bin"],
      weights: [
        { name: "first/kernel", shape: [2, 3], dtype: "float32" },
        { name: "first/bias", shape: [3], dtype: "float32" },
        { name: "second/kernel", shape: [3, 1], dtype: "float32" },
        { name: "second/bias", shape: [1], dtype: "float32" },
      ],
    },
  ],
};

/** One file of a tar archive. */
function tarred(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, "latin1");
  header.write(content.length.toString(8).padStart(11, "0"), 124, "latin1");
  header.write("0", 156, "latin1");
  return Buffer.concat([header, Buffer.from(content.padEnd(512 * Math.ceil(content.length / 512), "\0"))]);
}

/** The readers by name. They write what they need into a folder of their own; beside it lies a file they must not open. */
export function fuzzedReaders(folder: string): Readonly<Record<string, FuzzedReader>> {
  const inside = join(folder, "inside");
  const model = join(inside, "model");
  const published = bytesOf("0123456789".repeat(20));
  const work = { student: "ada", set: "one" };
  const submission = join(inside, "submitted", work.student, work.set);
  for (const made of [model, submission]) mkdirSync(made, { recursive: true });
  writeFileSync(join(folder, "outside.bin"), new Uint8Array(52));
  writeFileSync(join(inside, "outside.bin"), new Uint8Array(52));
  symlinkSync(join(folder, "outside.bin"), join(model, "link.bin"));
  writeFileSync(join(model, "one.bin"), new Uint8Array(Float32Array.of(1, 2, 3, 4, 5).buffer));
  writeFileSync(join(model, "two.bin"), new Uint8Array(Float32Array.of(6, 1, 1, 1, 2, 2, 2, 3).buffer));
  const manifest = JSON.stringify(layersModel);
  const shard = readFileSync(join(model, "one.bin"));
  return {
    safetensors: {
      originals: safetensors,
      accepts: (bytes) => assertWhole(netOfTorchSequential(parseSafetensors(bytes, "a mutant"))),
    },
    "safetensors file": {
      originals: safetensors,
      accepts(bytes) {
        const file = join(inside, "net.safetensors");
        writeFileSync(file, bytes);
        return assertWhole(readNet(file, { maximumBytes: 2 ** 20 }));
      },
    },
    "layers model": {
      originals: [
        bytesOf(manifest),
        bytesOf(manifest.replace('"two.bin"', '"link.bin"')),
        bytesOf(manifest.replace('"two.bin"', '"../outside.bin"')),
      ],
      accepts(bytes) {
        writeFileSync(join(model, "model.json"), bytes);
        return assertWhole(readNet(model, { maximumBytes: 2 ** 20 }));
      },
    },
    "layers model's weights": {
      originals: [new Uint8Array(shard)],
      accepts(bytes) {
        writeFileSync(join(model, "model.json"), manifest);
        writeFileSync(join(model, "one.bin"), bytes);
        try {
          return assertWhole(readNet(model, { maximumBytes: 2 ** 20 }));
        } finally {
          writeFileSync(join(model, "one.bin"), shard);
        }
      },
    },
    "strict JSON": {
      originals: [bytesOf(manifest), bytesOf('{"a":[1,2.5e3,"\\u0041",null,true]}')],
      accepts(bytes) {
        parseStrictJson(bytes, "a mutant");
        return true;
      },
    },
    idx: {
      originals: [
        Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 5, 6),
        Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6),
      ],
      accepts(bytes) {
        const { shape, values } = parseIdx(bytes, "a mutant");
        assert.ok(shape.length > 0);
        assert.equal(
          values.length,
          shape.reduce((product, size) => product * size, 1),
        );
        return true;
      },
    },
    "published file": {
      originals: [published],
      accepts(bytes) {
        const file = join(inside, "published");
        writeFileSync(file, bytes);
        const md5 = createHash("md5").update(published).digest("hex");
        const read = readPublishedFile(file, { name: "published", bytes: published.length, md5 }, "npm run data");
        assert.deepEqual(Buffer.from(read), Buffer.from(published));
        return true;
      },
    },
    "tar of an npm package": {
      originals: [
        new Uint8Array(Buffer.concat([tarred("package/a.json", "[1,2,3]"), tarred("package/b.png", "x".repeat(700))])),
      ],
      accepts(bytes) {
        for (const content of filesOfTar(bytes).values()) assert.ok(content.length <= bytes.length);
        return true;
      },
    },
    "submitted notebook": {
      originals: [
        bytesOf(
          JSON.stringify({
            cells: [
              { cell_type: "markdown", metadata: {}, source: ["# One\n", "text"] },
              { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: "const x = 1" },
            ],
            metadata: {},
            nbformat: 4,
            nbformat_minor: 5,
          }),
        ),
      ],
      accepts(bytes) {
        writeFileSync(join(submission, `${work.set}.ipynb`), bytes);
        const reason = unfitness({ folder: inside } as Parameters<typeof unfitness>[0], work);
        if (reason !== null) throw new RangeError(reason);
        const { cells } = JSON.parse(Buffer.from(bytes).toString()) as {
          cells: { cell_type: unknown; source: unknown }[];
        };
        for (const { cell_type, source } of cells) {
          assert.equal(typeof cell_type, "string");
          assert.ok(
            typeof source === "string" || (Array.isArray(source) && source.every((line) => typeof line === "string")),
          );
        }
        return true;
      },
    },
  };
}

/** Whether an error is the reader's own, in its own words, rather than JavaScript's. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof RangeError || error instanceof DataFileError)) return false;
  return !/^(Invalid (array|typed array|string|count)|Array buffer|Maximum call stack|The value of)/.test(
    error.message,
  );
}
