import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { fullyConnected, heNormal } from "fathom/nets";
import { key, normal, uniformArray } from "fathom/random";
import { KernelClient, resultOf } from "../kernel/kernel-client";
import { residentBytes, slopeOf } from "./growth";

/** Sizes for CI; test/soak/long-life.soak.ts takes 10 000, 1 000 and 200. */
const cells = Number(process.env["FATHOM_SOAK_CELLS"] ?? 60);
const ensembles = Number(process.env["FATHOM_SOAK_ENSEMBLES"] ?? 40);
const interrupts = Number(process.env["FATHOM_SOAK_INTERRUPTS"] ?? 8);
const looks = 20;

const imports = `import * as tf from "@tensorflow/tfjs";
import { openEngine } from "fathom/engine";
import { normal, key } from "fathom/random";`;

describe("a long life", function () {
  this.timeout(0);

  describe("of one kernel", () => {
    let kernel: KernelClient;
    beforeEach(async () => (kernel = await KernelClient.start()));
    afterEach(() => kernel.stop());

    it(`runs ${cells} cells, and what it holds hardly grows with them`, async () => {
      await kernel.execute(`${imports}\nawait openEngine();`);
      // What is not garbage, of JavaScript and of TensorFlow; the first cells are warm-up.
      await kernel.execute(
        `const v8 = require("node:v8");\nv8.setFlagsFromString("--expose-gc");\nconst collect = require("node:vm").runInNewContext("gc") as () => void;\nconst held = () => {\n  collect();\n  return [process.memoryUsage().heapUsed, process.memoryUsage().rss, tf.memory().numTensors].join(" ");\n};`,
      );
      const heap: { x: number; y: number }[] = [];
      const resident: { x: number; y: number }[] = [];
      let before: number | undefined;
      for (let cell = 1; cell <= cells; cell++) {
        // Each declares a name, draws, computes and shows: some names are new, most are declared again.
        const name = `mean${cell % 100}`;
        const run = await kernel.execute(
          `const ${name} = tf.tidy(() => tf.mean(tf.square(normal(key(${cell}), [100, 100]))).dataSync()[0]);\n${name}`,
        );
        assert.ok(Math.abs(Number(resultOf(run)) - 1) < 0.1, `cell ${cell} gives ${String(resultOf(run))}`);
        if (cell % Math.ceil(cells / looks) !== 0) continue;
        const [used, bytes, tensors] = String(resultOf(await kernel.execute(`held()`)))
          .replaceAll("'", "")
          .split(" ")
          .map(Number);
        before ??= tensors;
        assert.equal(tensors, before, `tensors after ${cell} cells`);
        if (cell <= cells / 2) continue;
        heap.push({ x: cell, y: used });
        resident.push({ x: cell, y: bytes });
      }
      const [slope, all] = [slopeOf(heap), slopeOf(resident)].map((bytes) => bytes / 1e3);
      const last = resident[resident.length - 1].y / 1e6;
      console.log(
        `      ${slope.toFixed(1)} kB a cell on the heap, ${all.toFixed(1)} kB in all, ${last.toFixed(0)} MB held`,
      );
      // The texts of a cell and of its maps are kept, from which traces point at its lines.
      if (cells >= 1000) assert.ok(slope < 6, `${slope} kB a cell`);
    });

    it(`is usable after each of ${interrupts} interrupts at random moments`, async () => {
      const kinds = [
        `await new Promise(() => undefined);`,
        `for (;;);`,
        `await null;\nfor (;;);`,
        `for (let i = 0; i < 500; i++) await new Promise((resolve) => setTimeout(resolve, 3));`,
        `for (;;) tf.tidy(() => tf.sum(normal(key(1), [300, 300])).dataSync());`,
        `for (let i = 0; i < 5000; i++) {\n  tf.tidy(() => tf.sum(normal(key(1), [300, 300])).dataSync());\n  await new Promise((resolve) => setImmediate(resolve));\n}`,
      ];
      await kernel.execute(`${imports}\nawait openEngine();`);
      const moments = uniformArray(key(11), interrupts);
      for (const [index, moment] of moments.entries()) {
        const kind = kinds[index % kinds.length];
        const cell = kernel.send("execute_request", { code: `console.log("here");\n${kind}` });
        await kernel.until(cell.id, ({ type }) => type === "stream");
        await new Promise((resolve) => setTimeout(resolve, 400 * moment));
        kernel.interrupt();
        const { reply } = await kernel.finished(cell);
        assert.equal(reply["ename"], "KeyboardInterrupt", `${kind} after ${400 * moment} ms`);
        // Interrupted in its await, the third kind goes on behind with its loop, which a second interrupt ends.
        if (index % kinds.length === 2) {
          kernel.interrupt();
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
        assert.equal(resultOf(await kernel.execute(`${index} + 1`)), String(index + 1));
      }
      const mean = resultOf(await kernel.execute(`tf.mean(tf.square(normal(key(3), [500, 500]))).dataSync()[0]`));
      assert.ok(Math.abs(Number(mean) - 1) < 0.02, `the engine computes ${String(mean)}`);
    });
  });

  it(`of one process that makes and frees ${ensembles} ensembles leaves no tensor and no memory behind`, async () => {
    await openEngine();
    const net = fullyConnected({
      inputWidth: 20,
      hiddenWidths: [50, 50, 50],
      outputWidth: 10,
      initialisation: heNormal,
    });
    const points: { x: number; y: number }[] = [];
    let before: number | undefined;
    for (let count = 1; count <= ensembles; count++) {
      const parameters = net.parameters(key(count), 100);
      const output = tf.tidy(() => net.output(parameters, normal(key(count), [10, 20])));
      await output.data();
      tf.dispose([output, ...parameters]);
      before ??= tf.memory().numTensors;
      assert.equal(tf.memory().numTensors, before, `tensors after ${count} ensembles`);
      if (count > ensembles / 2) points.push({ x: count, y: residentBytes("self") });
    }
    const slope = slopeOf(points);
    console.log(`      memory grows by ${(slope / 1e3).toFixed(1)} kB an ensemble of 3.3 MB`);
    if (ensembles >= 1000) assert.ok(slope < 30e3, `${slope} bytes an ensemble`);
  });
});
