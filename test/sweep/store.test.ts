import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cellFile,
  cellKey,
  type CellIdentity,
  failureFile,
  readCell,
  storeFolder,
  writeCell,
  writeFailure,
} from "../../lib/sweep/store";
import { withEnvironment } from "./with-environment";

describe("the store of cells", () => {
  let folder: string;
  let before: string | undefined;
  let warnings: string[];
  const warn = (line: string): number => warnings.push(line);
  const identity: CellIdentity = {
    experiment: "curve-length",
    code: "c0de",
    parameters: { sigmaW: 2.5, widths: [10, 20] },
    engine: { name: "cpu", tensorflow: "2.21.0", tfjs: "4.22.0" },
    data: ["abc"],
  };
  const cell = [
    { layer: 1, length: 0.1 + 0.2, note: "é", depth: -1e-300 },
    { layer: 2, length: null },
  ];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "store-"));
    before = process.env.FATHOM_STORE;
    process.env.FATHOM_STORE = folder;
    warnings = [];
  });
  afterEach(() => {
    if (before === undefined) delete process.env.FATHOM_STORE;
    else process.env.FATHOM_STORE = before;
    rmSync(folder, { recursive: true });
  });

  it("keeps rows of fresh keys in folders of their own", async () => {
    await writeCell(identity, cell);
    await withEnvironment({ FATHOM_FRESH_KEYS: "12" }, async () => {
      assert.equal(storeFolder(), join(folder, "fresh-12"));
      assert.equal(readCell(identity, warn), undefined);
      await writeCell(identity, cell.slice(1));
      assert.deepEqual(readCell(identity, warn), cell.slice(1));
    });
    assert.deepEqual(readCell(identity, warn), cell);
    assert.throws(() => withEnvironment({ FATHOM_FRESH_KEYS: "0" }, storeFolder), /whole number from 1/);
  });

  it("gives back what was written, and leaves nothing else behind", async () => {
    assert.equal(readCell(identity, warn), undefined);
    await writeCell(identity, cell);
    assert.deepEqual(readCell(identity, warn), cell);
    assert.deepEqual(readdirSync(join(folder, "curve-length", "c0de")), [`${cellKey(identity)}.json`]);
    assert.deepEqual(warnings, []);
  });

  it("keys a cell by everything that its result depends on, and not by the order of parameters", () => {
    const others: CellIdentity[] = [
      { ...identity, experiment: "other" },
      { ...identity, code: "c0df" },
      { ...identity, parameters: { sigmaW: 2.6, widths: [10, 20] } },
      { ...identity, parameters: { sigmaW: 2.5, widths: [20, 10] } },
      { ...identity, engine: { ...identity.engine, name: "wasm" } },
      { ...identity, engine: { ...identity.engine, tensorflow: "2.20.0" } },
      { ...identity, engine: { ...identity.engine, tfjs: "4.21.0" } },
      { ...identity, data: [] },
    ];
    assert.equal(new Set([identity, ...others].map(cellKey)).size, 9);
    assert.equal(cellKey({ ...identity, parameters: { widths: [10, 20], sigmaW: 2.5 } }), cellKey(identity));
  });

  const damages: [string, (file: string) => void][] = [
    ["cut short", (file) => truncateSync(file, 40)],
    ["emptied", (file) => truncateSync(file, 0)],
    [
      "altered in one digit",
      (file) => writeFileSync(file, readFileSync(file, "utf8").replace('"layer":2', '"layer":3')),
    ],
    [
      "another cell's",
      (file) => writeFileSync(file, readFileSync(file, "utf8").replace('"code":"c0de"', '"code":"c0df"')),
    ],
    ["no record", (file) => writeFileSync(file, "null")],
    ["a record without a cell", (file) => writeFileSync(file, "{}")],
    [
      "altered in its parameters",
      (file) => writeFileSync(file, readFileSync(file, "utf8").replace('"sigmaW":2.5', '"sigmaW":2.6')),
    ],
  ];
  for (const [name, damage] of damages) {
    it(`counts a file as absent that is ${name}, saying so in one line`, async () => {
      await writeCell(identity, cell);
      damage(cellFile(identity));
      assert.equal(readCell(identity, warn), undefined);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0], /is damaged.*computing it again/);
      assert.ok(!warnings[0].includes("\n"));
      await writeCell(identity, cell);
      assert.deepEqual(
        readCell(identity, () => assert.fail("it was mended")),
        cell,
      );
    });
  }

  it("counts a folder in a file's place as unreadable", () => {
    mkdirSync(cellFile(identity), { recursive: true });
    assert.equal(readCell(identity, warn), undefined);
    assert.match(warnings[0], /cannot be read/);
  });

  it("lets many write the same cell at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => writeCell(identity, cell)));
    assert.deepEqual(readCell(identity, warn), cell);
    assert.equal(readdirSync(join(folder, "curve-length", "c0de")).length, 1);
  });

  it("writes the same bytes whoever writes, and in whatever order parameters came", async () => {
    await writeCell(identity, cell);
    const bytes = readFileSync(cellFile(identity), "utf8");
    const again: CellIdentity = {
      ...identity,
      parameters: { widths: [10, 20], sigmaW: 2.5 },
      engine: { tfjs: "4.22.0", tensorflow: "2.21.0", name: "cpu" },
    };
    await writeCell(again, cell);
    assert.equal(readFileSync(cellFile(identity), "utf8"), bytes);
    assert.deepEqual(Object.keys((readCell(identity, warn) ?? [])[0] ?? {}), ["layer", "length", "note", "depth"]);
  });

  it("keeps why a cell failed until it is stored", async () => {
    await writeFailure(identity, { name: "RangeError", message: "too wide" });
    assert.match(readFileSync(failureFile(identity), "utf8"), /"failure":\{"name":"RangeError","message":"too wide"\}/);
    assert.equal(readCell(identity, warn), undefined);
    await writeCell(identity, cell);
    assert.ok(!existsSync(failureFile(identity)));
  });
});
