import * as ts from "@tslab/typescript-for-tslab";
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { prepareDeclarations } from "../../kernel/declarations";
import { repository } from "./kernel-client";

/** What TypeScript 5.0.4, the one that checks cells, says of files; their own errors only. */
function check(files: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts"],
    ...options,
  });
  const own = program.getSourceFiles().filter(({ fileName }) => !fileName.includes("/node_modules/"));
  return own.flatMap((file) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${file.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    ),
  );
}

/** Checks files that exist for the moment, in a folder from which packages are found. */
function checkText(texts: Readonly<Record<string, string>>, options: ts.CompilerOptions): string[] {
  const cache = path.join(repository, ".cache");
  fs.mkdirSync(cache, { recursive: true });
  const folder = fs.mkdtempSync(path.join(cache, "probe-"));
  try {
    for (const [name, text] of Object.entries(texts)) fs.writeFileSync(path.join(folder, name), text);
    return check(
      Object.keys(texts).map((name) => path.join(folder, name)),
      options,
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const typeRoots = [path.join(repository, "node_modules/@types")];

describe("the library's declarations", function () {
  this.timeout(120_000);
  const { folder, tensor, globals } = prepareDeclarations();
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => path.join(folder, name));

  it("mirror lib/, one a source file", () => {
    for (const name of fs.readdirSync(path.join(repository, "lib"), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts") || name.split(path.sep).includes("assembly")) continue;
      assert.ok(files.includes(path.join(folder, name.replace(/\.ts$/, ".d.ts"))), name);
    }
  });

  it("are read without an error by the TypeScript that checks cells, in strict mode", () => {
    const sources = files.filter((file) => file !== globals.file);
    // The figures' drawing names elements of a page.
    assert.deepEqual(check(sources, { types: ["node"], typeRoots, lib: ["lib.es2023.d.ts", "lib.dom.d.ts"] }), []);
  });

  it("read TensorFlow.js's own types nowhere, so that a cell need not wait for them", () => {
    const indexes = files.filter((file) => /^[^/]+\/index\.d\.ts$/.test(path.relative(folder, file)));
    assert.ok(indexes.length > 5);
    const program = ts.createProgram(indexes, {
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      module: ts.ModuleKind.ESNext,
      types: [],
      noLib: true,
    });
    const read = program.getSourceFiles().map(({ fileName }) => fileName);
    assert.deepEqual(
      read.filter((file) => file.includes("/node_modules/@tensorflow/")),
      [],
    );
    assert.match(tensor.full, /@tensorflow\/tfjs/);
  });

  it("are found again where nothing has changed", () => {
    const before = fs.statSync(tensor.file).mtimeMs;
    assert.equal(prepareDeclarations().folder, folder);
    assert.equal(fs.statSync(tensor.file).mtimeMs, before);
  });

  it("are removed where no kernel has started with them for two weeks", () => {
    const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 3600 * 1000);
    const [old, recent] = ["unused-for-long", "used-lately"].map((name) => path.join(path.dirname(folder), name));
    for (const other of [old, recent]) fs.mkdirSync(path.join(other, "engine"), { recursive: true });
    fs.utimesSync(old, daysAgo(15), daysAgo(15));
    fs.utimesSync(recent, daysAgo(13), daysAgo(13));
    fs.utimesSync(folder, daysAgo(15), daysAgo(15));
    try {
      assert.equal(prepareDeclarations().folder, folder);
      assert.deepEqual([old, recent, tensor.file].map(fs.existsSync), [false, true, true]);
      assert.ok(fs.statSync(folder).mtimeMs > daysAgo(1).getTime());
    } finally {
      fs.rmSync(recent, { recursive: true });
    }
  });

  it("claim nothing of a tensor that TensorFlow.js's own type has not", () => {
    const narrow = fs.readFileSync(tensor.file, "utf8");
    const operations = [...narrow.matchAll(/^ {2}(\w+)\(b: Tensor( \| number)?/gm)];
    assert.ok(operations.length > 3);
    // What an operation takes is tried below: a narrow tensor is no real one, so the parameters cannot be compared.
    const comparable = narrow.replace(/\b(b|newValue): [^,)]+/g, "$1: any");
    const names = ["Tensor", "Scalar", "Tensor1D", "Tensor2D", "Tensor3D", "Tensor4D", "Variable"];
    const probe = [
      `import type * as full from "@tensorflow/tfjs";`,
      `import type * as narrow from "./narrow";`,
      `declare const x: full.Tensor;`,
      ...names.map((name) => `export const as${name}: narrow.${name} = {} as full.${name};`),
      ...operations.map(([, name, scalar]) => `x.${name}(x);${scalar ? ` x.${name}(1);` : ""}`),
    ];
    const types = { types: [], skipLibCheck: true };
    assert.deepEqual(checkText({ "probe.ts": probe.join("\n"), "narrow.d.ts": comparable }, types), []);
    const wrong = [...probe, `export const wrong: narrow.Tensor1D = {} as full.Tensor2D;`].join("\n");
    assert.equal(checkText({ "probe.ts": wrong, "narrow.d.ts": comparable }, types).length, 1);
  });

  it("claim nothing of Node's globals that @types/node has not", () => {
    const narrow = fs.readFileSync(globals.file, "utf8").replaceAll(/^declare /gm, "export ");
    // What a timer is cleared by is tried with a call: a narrow timer is no real one.
    const comparable = narrow.replace(/\btimer: [^)]+/g, "timer: any").replace(/^interface/gm, "export interface");
    const values = [...narrow.matchAll(/^export (?:var|function) (\w+)/gm)].map((match) => match[1]);
    assert.ok(values.includes("console") && values.includes("setTimeout"), narrow);
    const probe = values.map((name) => `export const as_${name}: typeof narrow.${name} = ${name};`);
    const calls = `clearTimeout(setTimeout(() => undefined, 1)); clearInterval(setInterval(() => undefined, 1));`;
    const text = [`declare namespace narrow {`, comparable, `}`, ...probe, calls];
    const types = { types: ["node"], typeRoots, skipLibCheck: true };
    assert.deepEqual(checkText({ "probe.ts": text.join("\n") }, types), []);
    const wrong = [...text, `export const wrong: { noSuchMethod(): void } = console;`].join("\n");
    assert.equal(checkText({ "probe.ts": wrong }, types).length, 1);
  });
});
