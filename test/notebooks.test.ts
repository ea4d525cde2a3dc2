import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { disagreements } from "../tools/refresh/comparison";
import { joined, type NotebookJson } from "../tools/refresh/notebook-json";
import { readmePicture } from "../tools/refresh/picture";
import { withScoreboard } from "../tools/refresh/readme";
import { storedClaims } from "../tools/refresh/stored-claims";
import { objections } from "../tools/refresh/stored-notebook";
import type { ClaimRecord } from "../tools/run/claim";
import { listNotebooks, type Notebook } from "../tools/run/selection";

const root = join(__dirname, "..");
const notebooks = listNotebooks(join(root, "notebooks"));
const read = (path: string): NotebookJson => JSON.parse(readFileSync(path, "utf8")) as NotebookJson;

interface Claims {
  readonly claims: readonly ClaimRecord[];
  readonly notebooks: readonly { readonly notebook: string; readonly standing: string; readonly failure: unknown }[];
}

/** `npm start` without anything, as a reader types it; its progress goes to the test's own output. */
function start(): Promise<number | null> {
  const variables = { ...process.env, FATHOM_SCALE: "quick" };
  const child = spawn(process.execPath, [join(root, "tools/start.mjs")], {
    cwd: root,
    env: variables,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

describe("the notebooks, executed", function () {
  this.timeout(0);
  let run: Claims;
  let code: number | null;
  before(async () => {
    code = await start();
    run = JSON.parse(readFileSync(join(root, "site/claims.json"), "utf8")) as Claims;
  });

  for (const notebook of notebooks) {
    const fresh = (): ClaimRecord[] => run.claims.filter((claim) => claim.notebook === notebook.name);

    it(`${notebook.name}: runs to its end and every claim holds`, () => {
      const outcome = run.notebooks.find((one) => one.notebook === notebook.name);
      assert.deepEqual(
        fresh().filter((claim) => claim.verdict !== "holds"),
        [],
      );
      assert.equal(outcome?.failure, null);
      assert.equal(outcome?.standing, "holds");
    });

    it(`${notebook.name}: agrees with the claims that are committed`, () => {
      assert.deepEqual(disagreements(storedClaims(notebook), fresh()), []);
    });
  }

  it("leave exit code 0, a page for each, the gallery and JUnit XML", () => {
    assert.equal(code, 0);
    for (const notebook of notebooks) {
      for (const ending of ["ipynb", "html"]) assert.ok(existsSync(join(root, "site", `${notebook.name}.${ending}`)));
    }
    for (const file of ["index.html", "junit.xml"]) assert.ok(existsSync(join(root, "site", file)));
  });
});

describe("the notebooks, as committed", () => {
  for (const notebook of notebooks) describeStored(notebook);

  it("have their claims in the README's scoreboard (npm run refresh writes it)", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    assert.equal(withScoreboard(readme, notebooks), readme);
  });

  it("give the README its picture, a small one", () => {
    const picture = join(root, readmePicture.file);
    assert.deepEqual([...readFileSync(picture).subarray(1, 4)], [...Buffer.from("PNG")]);
    assert.ok(statSync(picture).size < 150_000);
    assert.ok(readFileSync(join(root, "README.md"), "utf8").includes(`(${readmePicture.file})`));
  });
});

function describeStored(notebook: Notebook): void {
  it(`${notebook.name}: carries its results as pictures and tables within 500 KB`, () => {
    const text = readFileSync(notebook.path, "utf8");
    const stored = read(notebook.path);
    assert.deepEqual(objections(stored, text), []);
    assert.ok(storedClaims(notebook).length > 0, "it was never refreshed: npm run refresh");
    const pictures = stored.cells.flatMap((cell) => cell.outputs ?? []).filter((output) => output.data?.["image/png"]);
    assert.ok(pictures.length > 0);
  });

  it(`${notebook.name}: runs on the kernel tslab, was executed in order, and has no cell twice`, () => {
    const stored = read(notebook.path);
    assert.equal((stored.metadata["kernelspec"] as { name?: string }).name, "tslab");
    const counts = stored.cells.filter((cell) => cell.cell_type === "code").map((cell) => cell.execution_count);
    assert.deepEqual(
      counts,
      counts.map((_, index) => index + 1),
    );
    assert.equal(new Set(stored.cells.map((cell) => cell.id)).size, stored.cells.length);
  });

  it(`${notebook.name}: is thin, its ideas are in lib/`, () => {
    // The first code cell states the parameters of both scales, one a line.
    const [, ...cells] = read(notebook.path).cells.filter((cell) => cell.cell_type === "code");
    const long = cells.map((cell) => joined(cell.source).trim()).filter((source) => source.split("\n").length > 20);
    assert.deepEqual(long, []);
  });

  it(`${notebook.name}: judges claims in cells that declare nothing for later ones, so that these run also where claims fail`, () => {
    const code = read(notebook.path).cells.filter((cell) => cell.cell_type === "code");
    const sources = code.map((cell) => joined(cell.source).replaceAll(/"[^"]*"/g, '""'));
    const lost = sources.flatMap((source, index) => {
      if (!/\b(showClaims|breakIt)\(/.test(source)) return [];
      const declared = [...source.matchAll(/^(?:const|let|function) (?:\[([^\]]*)\]|\{([^}]*)\}|(\w+))/gm)];
      const names = declared.flatMap(([, ...parts]) => parts.flatMap((part?: string) => part?.match(/\w+/g) ?? []));
      const later = sources.slice(index + 1).join("\n");
      return names.filter((name) => new RegExp(`\\b${name}\\b`).test(later));
    });
    assert.deepEqual(lost, []);
  });
}
