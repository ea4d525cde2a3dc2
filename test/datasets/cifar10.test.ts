import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Cifar10,
  cifar10Classes,
  cifar10Files,
  cifar10Folder,
  DataFileError,
  halved,
  readCifar10,
} from "fathom/datasets";
import { fetchCifar10 } from "../../tools/data/fetch-cifar10";
import { Progress } from "../../tools/setup/progress.mjs";

describe("CIFAR-10", function () {
  this.timeout(0);
  let cifar10: Cifar10;
  before(async () => {
    await fetchCifar10(new Progress({ quiet: true }));
    cifar10 = readCifar10();
  });

  it("has 50 000 and 10 000 colour photographs, a tenth in each class", () => {
    assert.deepEqual([cifar10.train.count, cifar10.test.count], [50_000, 10_000]);
    assert.deepEqual(cifar10.train.shape, [32, 32, 3]);
    for (const { labels, count } of [cifar10.train, cifar10.test]) {
      const counts = new Array<number>(10).fill(0);
      for (const label of labels) counts[label]++;
      assert.deepEqual(counts, new Array<number>(10).fill(count / 10));
    }
    assert.equal(cifar10Classes.length, 10);
  });

  it("begins as it was published: a frog, then two trucks; its first pixel brown", () => {
    assert.deepEqual(
      [0, 1, 2].map((i) => cifar10Classes[cifar10.train.labels[i]]),
      ["frog", "truck", "truck"],
    );
    assert.deepEqual([...cifar10.train.pixels.subarray(0, 3)], [59, 62, 63]);
  });

  it("has the mean colour that is published for its training set, 125.3, 123.0, 113.9", () => {
    const sums = [0, 0, 0];
    const { pixels } = cifar10.train;
    for (let i = 0; i < pixels.length; i++) sums[i % 3] += pixels[i];
    assert.deepEqual(
      sums.map((sum) => ((3 * sum) / pixels.length).toFixed(1)),
      ["125.3", "123.0", "113.9"],
    );
  });

  it("keeps its mean when it is halved", () => {
    const small = halved(cifar10.test);
    assert.deepEqual(small.shape, [16, 16, 3]);
    const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean(small.pixels) - mean(cifar10.test.pixels)) < 0.2);
  });

  describe("in a folder that something happened to", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fathom-cifar10-"))));
    afterEach(() => rmSync(folder, { recursive: true }));
    const first = cifar10Files.train[0];
    const fails = (problem: RegExp): void => {
      assert.throws(
        () => readCifar10(folder),
        (error) =>
          error instanceof DataFileError &&
          problem.test(error.message) &&
          /npm run data -- cifar10/.test(error.message),
      );
    };

    it("names a missing file and the command that fetches it", () => fails(/data_batch_1\.bin is missing/));

    it("names a file that is cut short", () => {
      writeFileSync(join(folder, first.name), "");
      truncateSync(join(folder, first.name), 30);
      fails(/is 30 bytes long; the published file has 30730000/);
    });

    it("names a file whose bytes differ", () => {
      writeFileSync(join(folder, first.name), new Uint8Array(first.bytes));
      fails(/data_batch_1\.bin has md5/);
    });
  });

  it("is kept outside the clone, where FATHOM_CACHE says", () => {
    const before = process.env["FATHOM_CACHE"];
    process.env["FATHOM_CACHE"] = join(tmpdir(), "elsewhere");
    try {
      assert.equal(cifar10Folder(), join(tmpdir(), "elsewhere", "cifar10"));
    } finally {
      if (before === undefined) delete process.env["FATHOM_CACHE"];
      else process.env["FATHOM_CACHE"] = before;
    }
  });
});
