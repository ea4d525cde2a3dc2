import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataOf, type FetchData, fetchNeededData } from "../../../tools/data/needed-data";
import type { Notebook } from "../../../tools/run/selection";

describe("the data that notebooks need", () => {
  let folder: string;
  let fetched: string[];
  let told: string[];
  const known: Record<string, FetchData> = {
    cifar10: async () => void fetched.push("cifar10"),
    unreachable: () => Promise.reject(new Error("npm could not fetch it")),
  };
  const tell = (reason: string): void => void told.push(reason);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fathom-needed-"));
    [fetched, told] = [[], []];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const notebook = (name: string, metadata: object): Notebook => {
    const path = join(folder, `${name}.ipynb`);
    writeFileSync(path, JSON.stringify({ metadata, cells: [] }));
    return { name, path };
  };
  const needing = (name: string, ...data: string[]): Notebook => notebook(name, { fathom: { data } });

  it("stand in a notebook's metadata, and most need none", () => {
    assert.deepEqual(dataOf(needing("a", "cifar10")), ["cifar10"]);
    assert.deepEqual(dataOf(notebook("b", { kernelspec: {} })), []);
  });

  it("are fetched once, however many notebooks need them", async () => {
    await fetchNeededData([needing("a", "cifar10"), notebook("b", {}), needing("c", "cifar10")], {}, known, tell);
    assert.deepEqual(fetched, ["cifar10"]);
  });

  it("are left alone where FATHOM_IMAGES asks for MNIST", async () => {
    await fetchNeededData([needing("a", "cifar10")], { FATHOM_IMAGES: "mnist" }, known, tell);
    assert.deepEqual(fetched, []);
  });

  it("that cannot be fetched are told about, and the rest goes on", async () => {
    await fetchNeededData([needing("a", "unreachable", "cifar10")], {}, known, tell);
    assert.match(told.join(), /npm could not fetch it\na will stop without it/);
    assert.deepEqual(fetched, ["cifar10"]);
  });

  it("that nobody knows are an error", async () => {
    await assert.rejects(fetchNeededData([needing("a", "imagenet")], {}, known, tell), /a needs the data set imagenet/);
  });
});
