import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { keepTrained, lendTrained, trainedFamilies, trainingExperiments } from "../../../tools/claims/trained-nets";

const root = join(__dirname, "../../..");

describe("nets that were trained for one run under fresh keys", () => {
  let store: string;
  beforeEach(() => (store = mkdtempSync(join(tmpdir(), "trained-"))));
  afterEach(() => rmSync(store, { recursive: true }));

  const cell = (keys: number, experiment: string): string =>
    join(store, `fresh-${keys}`, experiment, "a1", "cell.json");
  const write = (file: string, rows: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, rows);
  };

  it("serve the run with the same place, of twenty; what was only drawn does not", () => {
    write(cell(3, "training-by-shape"), "trained under 3");
    write(cell(3, "matrix-products"), "drawn under 3");
    keepTrained(store, 3);
    assert.ok(!existsSync(join(store, "fresh-3")));
    lendTrained(store, 4);
    assert.ok(!existsSync(cell(4, "training-by-shape")));
    lendTrained(store, 3 + trainedFamilies);
    assert.equal(readFileSync(cell(23, "training-by-shape"), "utf8"), "trained under 3");
    assert.ok(!existsSync(cell(23, "matrix-products")));
  });

  it("serve every further run, whatever one of them does with its copy", () => {
    write(cell(3, "mimic-teacher"), "trained under 3");
    keepTrained(store, 3);
    lendTrained(store, 23);
    writeFileSync(cell(23, "mimic-teacher"), "altered");
    keepTrained(store, 23);
    lendTrained(store, 43);
    assert.equal(readFileSync(cell(43, "mimic-teacher"), "utf8"), "trained under 3");
  });

  it("do not replace what a run that was stopped has trained itself", () => {
    write(cell(3, "mimic-teacher"), "trained under 3");
    keepTrained(store, 3);
    write(cell(23, "mimic-teacher"), "trained under 23");
    lendTrained(store, 23);
    assert.equal(readFileSync(cell(23, "mimic-teacher"), "utf8"), "trained under 23");
  });

  it("are those of experiments that there are", () => {
    const sources = readdirSync(join(root, "lib/experiments"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(root, "lib/experiments", file), "utf8"));
    for (const name of trainingExperiments) {
      assert.ok(
        sources.some((source) => source.includes(`name: "${name}"`)),
        name,
      );
    }
  });
});
