import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repository } from "./repository";

/** A declaration file that says little until a cell needs all of it. */
export interface NarrowFile {
  readonly file: string;
  /** What takes its place once a cell needs it. */
  readonly full: string;
}

/** The declarations on disk that cells are checked against. */
export interface Declarations {
  /** Folder that mirrors lib/, one `.d.ts` a source file. */
  readonly folder: string;
  /** The tensor types of lib/engine, narrow until a cell imports TensorFlow.js itself. */
  readonly tensor: NarrowFile;
  /** Node's globals, few until a cell needs Node's other types. */
  readonly globals: NarrowFile;
}

const library = path.join(repository, "lib");
const tensorSource = path.join(library, "engine", "tensor.ts");
const written = path.join(__dirname, "declarations");
/** Where TypeScript looks for a package of ambient types, inside the folder of declarations. */
const globalsFile = path.join("types", "cells", "index.d.ts");

/**
 * Writes the declarations of lib/, or finds them where an earlier kernel wrote them: the folder's name is the hash of
 * every source in lib/, so an edited file is seen at the next start of a kernel.
 */
export function prepareDeclarations(): Declarations {
  const sources = librarySources();
  const narrow: Narrow = {
    tensor: fs.readFileSync(path.join(written, "tensor.d.ts"), "utf8"),
    globals: fs.readFileSync(path.join(written, "globals.d.ts"), "utf8"),
  };
  const hash = createHash("sha256").update(generatorVersion()).update(narrow.tensor).update(narrow.globals);
  for (const source of sources) hash.update(source.name).update("\0").update(source.text).update("\0");
  const name = hash.digest("hex").slice(0, 24);
  const folder = cacheFolders()
    .map((cache) => path.join(cache, "declarations", name))
    .find((candidate) => fs.existsSync(candidate) || write(candidate, sources, narrow));
  if (folder === undefined) {
    throw new Error(`the library's declarations can be written to none of ${cacheFolders().join(", ")}`);
  }
  forgetUnused(folder);
  return {
    folder,
    tensor: {
      file: path.join(folder, "engine", "tensor.d.ts"),
      full: declarationOf("engine/tensor.ts", fs.readFileSync(tensorSource, "utf8")),
    },
    globals: { file: path.join(folder, globalsFile), full: '/// <reference types="node" />\n' },
  };
}

/** Where generated files go: the repository's own cache, or the temporary folder where the repository is read-only. */
export function cacheFolders(): string[] {
  return [path.join(repository, ".cache", "kernel"), path.join(os.tmpdir(), `fathom-kernel-${os.userInfo().uid}`)];
}

/** Every edit of lib/ makes another megabyte; what no kernel has started with for so many days is removed. */
const keptDays = 14;

function forgetUnused(inUse: string): void {
  const now = Date.now();
  const all = path.dirname(inUse);
  try {
    fs.utimesSync(inUse, now / 1000, now / 1000);
    for (const name of fs.readdirSync(all)) {
      const folder = path.join(all, name);
      if (folder === inUse || now - fs.statSync(folder).mtimeMs < keptDays * 24 * 3600 * 1000) continue;
      // Renamed first: a folder of that name is taken for whole.
      const removed = `${folder}.${process.pid}`;
      fs.renameSync(folder, removed);
      fs.rmSync(removed, { recursive: true, force: true });
    }
  } catch {
    // A cache that cannot be written, or that another kernel clears just now, does no harm.
  }
}

interface Narrow {
  readonly tensor: string;
  readonly globals: string;
}

interface Source {
  /** Path inside lib/, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

/** Every source file but AssemblyScript's, which are no TypeScript and which nothing imports. */
function librarySources(): Source[] {
  return fs
    .readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.split(path.sep).includes("assembly"))
    .sort()
    .map((name) => ({
      name: name.split(path.sep).join("/"),
      text: fs.readFileSync(path.join(library, name), "utf8"),
    }));
}

function generatorVersion(): string {
  return (require("oxc-transform/package.json") as { version: string }).version;
}

function declarationOf(name: string, text: string): string {
  const { isolatedDeclarationSync } = require("oxc-transform") as typeof import("oxc-transform");
  return isolatedDeclarationSync(name, text, { stripInternal: true }).code;
}

/** Writes all declarations to a temporary folder and renames it. False where the cache cannot be written. */
function write(folder: string, sources: readonly Source[], narrow: Narrow): boolean {
  const temporary = `${folder}.${process.pid}`;
  const put = (name: string, text: string): void => {
    const file = path.join(temporary, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  try {
    for (const { name, text } of sources) {
      if (name.endsWith(".d.ts")) put(name, text);
      else put(name.replace(/\.ts$/, ".d.ts"), name === "engine/tensor.ts" ? narrow.tensor : declarationOf(name, text));
    }
    put(globalsFile, narrow.globals);
    fs.renameSync(temporary, folder);
    return true;
  } catch {
    fs.rmSync(temporary, { recursive: true, force: true });
    return fs.existsSync(folder);
  }
}
