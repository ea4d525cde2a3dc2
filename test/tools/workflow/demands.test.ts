import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as experiments from "fathom/experiments";
import { readDemands } from "../../../tools/workflow/demands";

describe("what jobs may use", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "demands-"))));
  after(() => rmSync(folder, { recursive: true }));

  const defaults = { cores: 2, memory: 4000, minutes: 60, cells: 20 };
  const read = (content: object): ReturnType<typeof readDemands> => {
    const file = join(folder, "demands.json");
    writeFileSync(file, JSON.stringify(content));
    return readDemands(file);
  };

  it("is the default, but for what an experiment has of its own", () => {
    const demands = read({ defaults, experiments: { "mimic-teacher": { cells: 1, memory: 12000 } } });
    assert.deepEqual(demands("matrix-products"), defaults);
    assert.deepEqual(demands("mimic-teacher"), { ...defaults, cells: 1, memory: 12000 });
  });

  for (const [what, content, complaint] of [
    ["a default that is missing", { defaults: { cores: 2 }, experiments: {} }, /lack memory/],
    [
      "a demand that nobody knows",
      { defaults: { ...defaults, cpus: 2 }, experiments: {} },
      /cpus of defaults is not known/,
    ],
    ["no whole number", { defaults: { ...defaults, cores: 1.5 }, experiments: {} }, /cores of defaults is 1.5/],
    ["a job of no cells", { defaults, experiments: { "a-b": { cells: 0 } } }, /cells of a-b is 0/],
    ["a word for a number", { defaults, experiments: { "a-b": { minutes: "long" } } }, /minutes of a-b is long/],
  ] as const) {
    it(`refuses ${what}`, () => assert.throws(() => read(content), complaint));
  }

  it("names in workflow/config.yaml only experiments that there are", () => {
    const known = new Set(Object.values(experimentsOf(experiments)));
    const text = readFileSync(join(__dirname, "../../../workflow/config.yaml"), "utf8");
    const named = [...text.slice(text.indexOf("\nexperiments:")).matchAll(/^ {2}([a-z-]+):/gm)].map(([, name]) => name);
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });
});

/** The names of the experiments among a module's exports, those in namespaces too. */
function experimentsOf(module: object): string[] {
  return Object.values(module as Record<string, unknown>).flatMap((value) => {
    if (typeof value !== "object" || value === null) return [];
    if ("name" in value && "code" in value) return [String(value.name)];
    return Object.prototype.toString.call(value) === "[object Module]" || "__esModule" in value
      ? experimentsOf(value)
      : [];
  });
}
