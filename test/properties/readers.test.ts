import assert from "node:assert/strict";
import fc from "fast-check";
import { parseIdx } from "fathom/datasets";
import { netOfTorchSequential, parseSafetensors } from "fathom/nets";
import { filesOfTar } from "../../tools/data/cifar10-package";
import { canonicalJson, type Json } from "../../lib/sweep/json";
import { safetensorsOf, type TensorToWrite } from "../nets/piecewise-linear/safetensors-file";
import { runs } from "./runs";

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

describe("what was written is read", () => {
  const names = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }).filter((name) => name !== "__metadata__");
  const tensors: fc.Arbitrary<TensorToWrite> = fc
    .record({ name: names, shape: shapes, dtype: fc.constantFrom("F32" as const, "F64" as const) })
    .chain(({ name, shape, dtype }) => {
      const number =
        dtype === "F32"
          ? fc.float({ noNaN: true, noDefaultInfinity: true })
          : fc.double({ noNaN: true, noDefaultInfinity: true });
      const size = sizeOf(shape);
      return fc.array(number, { minLength: size, maxLength: size }).map((values) => ({ name, shape, dtype, values }));
    });

  it("from safetensors: names, shapes, types and every bit of the numbers", () => {
    fc.assert(
      fc.property(fc.uniqueArray(tensors, { minLength: 1, maxLength: 5, selector: ({ name }) => name }), (written) => {
        const read = parseSafetensors(safetensorsOf(written), "a file");
        // An object keeps names that are whole numbers in order, and first.
        assert.deepEqual([...read.keys()].sort(), written.map(({ name }) => name).sort());
        for (const { name, shape, dtype = "F32", values } of written) {
          const found = read.get(name);
          assert.deepEqual(found?.shape, shape);
          assert.equal(found.dtype, dtype);
          const expected = dtype === "F32" ? Float32Array.from(values) : Float64Array.from(values);
          assert.deepEqual(Buffer.from(found.bytes), Buffer.from(expected.buffer));
        }
      }),
      runs(200),
    );
  });

  it("from safetensors as a net: weights and biases of each layer", () => {
    const widths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(widths, fc.double({ min: -1e3, max: 1e3, noNaN: true }), (sizes, start) => {
        const written = sizes.slice(1).flatMap((fanOut, layer): TensorToWrite[] => {
          const values = (length: number, shift: number): number[] =>
            Array.from({ length }, (_, index) => start + shift + index / 8);
          return [
            {
              name: `${2 * layer}.weight`,
              shape: [fanOut, sizes[layer]],
              values: values(fanOut * sizes[layer], layer),
              dtype: "F64",
            },
            { name: `${2 * layer}.bias`, shape: [fanOut], values: values(fanOut, -layer), dtype: "F64" },
          ];
        });
        const net = netOfTorchSequential(parseSafetensors(safetensorsOf(written), "a file"));
        const affine = net.steps.flatMap((step) => (step.kind === "affine" ? [step] : []));
        assert.equal(net.steps.length, 2 * sizes.length - 3);
        affine.forEach(({ weights, biases }, layer) => {
          assert.deepEqual([...weights], written[2 * layer].values);
          assert.deepEqual([...biases], written[2 * layer + 1].values);
        });
      }),
      runs(150),
    );
  });

  it("from idx", () => {
    const written = shapes.chain((shape) =>
      fc.uint8Array({ minLength: sizeOf(shape), maxLength: sizeOf(shape) }).map((values) => ({ shape, values })),
    );
    fc.assert(
      fc.property(written, ({ shape, values }) => {
        const header = Buffer.alloc(4 + 4 * shape.length);
        header.writeUInt8(8, 2);
        header.writeUInt8(shape.length, 3);
        shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
        const read = parseIdx(new Uint8Array(Buffer.concat([header, values])), "a file");
        assert.deepEqual(read.shape, shape);
        assert.deepEqual([...read.values], [...values]);
      }),
      runs(200),
    );
  });

  it("from a tar archive", () => {
    const file = fc.record({
      name: fc.stringMatching(/^[a-z0-9/.]{1,60}$/),
      content: fc.uint8Array({ maxLength: 1500 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(file, { maxLength: 4, selector: ({ name }) => name }), (files) => {
        const parts = files.flatMap(({ name, content }) => {
          const header = Buffer.alloc(512);
          header.write(name, 0, "latin1");
          header.write(content.length.toString(8).padStart(11, "0"), 124, "latin1");
          header.write("0", 156, "latin1");
          return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
        });
        const read = filesOfTar(new Uint8Array(Buffer.concat([...parts, Buffer.alloc(1024)])));
        assert.deepEqual(
          [...read].map(([name, content]) => [name, [...content]]),
          files.map(({ name, content }) => [name, [...content]]),
        );
      }),
      runs(150),
    );
  });

  it("from the JSON that the store's keys are made of, which says the same in any order of members", () => {
    const values = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
    const turned = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, turned(member)]),
      );
    };
    fc.assert(
      fc.property(values, (value) => {
        const text = canonicalJson(value);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalJson(turned(value)), text);
      }),
      runs(200),
    );
  });
});
