import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { prepareDeclarations, type NarrowFile } from "./declarations";
import { earlierNames } from "./earlier-names";
import { repository } from "./repository";

type Compiler = typeof TypeScript;

/** The source map of a cell, as JSON, of its two steps: TypeScript → ES module → CommonJS. */
export interface CellMaps {
  readonly typescript: string;
  readonly commonjs: string;
}

/** What the launcher asks of the compiler that tslab uses. */
export interface CellCompiler {
  /** Call with code before it is checked or completed: takes in the types it is seen to need. */
  prepare(source: string): void;
  /** Takes in all types that are still left out. False if none were: then what TypeScript says is its last word. */
  widen(): boolean;
  /** The maps of the cell converted last. */
  lastMaps(): CellMaps | null;
}

const usesTensorFlow = /["'](?:@tensorflow\/|danfojs)/;
const usesNode = /\b(?:process|Buffer|require|NodeJS|global)\b|["']node:|\bfrom\s*["'](?!fathom\/|tslab["']|\.)/;
const inlineMap = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/**
 * Puts a patched copy of tslab's TypeScript in the module cache; call before tslab's converter is loaded.
 *
 * Work-arounds for tslab 1.0.22, which gives no way to set compiler options. To be dropped when tslab reads a tsconfig:
 * - `createWatchCompilerHost`: strict checks, ES2023, resolution through `exports`, the library's declarations, packages
 *   of the repository from any folder.
 * - `transpileModule`: keeps the source maps, from which a trace points at lines of the cell.
 * - `sys.watchFile`: declarations and packages are not watched; watching some 200 files delays start and shutdown.
 * - `watchDirectory`: no folder is watched; instead a module that was not found is looked for again.
 * - `setTimeout`: see separateTimers.
 */
export function patchCompiler(): CellCompiler {
  const file = require.resolve("@tslab/typescript-for-tslab", { paths: [path.dirname(require.resolve("tslab"))] });
  const original = require(file) as Compiler;
  const declarations = prepareDeclarations();
  const tensor = new Widening(declarations.tensor, usesTensorFlow);
  const globals = new Widening(declarations.globals, usesNode);
  let last: { input: string; map: string } | null = null;

  const patched: Compiler = { ...original };
  require.cache[file]!.exports = patched;

  /** Packages and the library's declarations stay as they are while a kernel runs. */
  const isSettled = (name: string): boolean => name.includes("/node_modules/") || name.startsWith(declarations.folder);

  const watchFile = original.sys.watchFile!.bind(original.sys);
  original.sys.watchFile = (name, callback, ...rest) => {
    const changed = (): void => callback(name, original.FileWatcherEventKind.Changed);
    for (const widening of [tensor, globals]) if (widening.file === name) widening.changed = changed;
    return isSettled(name) ? { close: () => undefined } : watchFile(name, callback, ...rest);
  };

  const readFile = original.sys.readFile.bind(original.sys);
  original.sys.readFile = (name, encoding) => tensor.textOf(name) ?? globals.textOf(name) ?? readFile(name, encoding);

  patched.createWatchCompilerHost = ((
    rootFiles: string[],
    options: TypeScript.CompilerOptions,
    system: TypeScript.System,
    ...rest: []
  ) => {
    const settings = { ...options, ...cellOptions(original, declarations.folder) };
    const host = original.createWatchCompilerHost(rootFiles, settings, system, ...rest);
    const cache = original.createModuleResolutionCache(system.getCurrentDirectory(), (name) => name, settings);
    const home = path.join(repository, "cells.ts");
    const missing = new Set<string>();
    host.resolveModuleNameLiterals = (literals, containingFile, redirected, compilerOptions) =>
      literals.map(({ text }) => {
        const resolve = (from: string) =>
          original.resolveModuleName(text, from, compilerOptions, host, cache, redirected);
        const found = resolve(containingFile);
        const last = found.resolvedModule || original.isExternalModuleNameRelative(text) ? found : resolve(home);
        // The missing file may be there when the cell is run again. What a package does not find, it never will.
        if (!last.resolvedModule && !isSettled(containingFile)) {
          cache.clear();
          missing.add(containingFile);
        }
        return last;
      });
    host.hasInvalidatedResolutions = (file) => missing.delete(file);
    host.watchDirectory = () => ({ close: () => undefined });
    separateTimers(host);
    const createProgram = host.createProgram.bind(host);
    host.createProgram = (...inputs) => mendingEmit(original, createProgram(...inputs));
    return host;
  }) as unknown as Compiler["createWatchCompilerHost"];

  patched.transpileModule = (input, options) => {
    const output = original.transpileModule(input.replace(inlineMap, ""), {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
    });
    last = { input, map: output.sourceMapText! };
    return { ...output, outputText: output.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n") };
  };

  return {
    prepare(source) {
      for (const widening of [tensor, globals]) if (widening.isNeededBy(source)) widening.widen();
    },
    widen: () => [tensor, globals].map((widening) => widening.widen()).includes(true),
    lastMaps() {
      const encoded = last && inlineMap.exec(last.input);
      if (!last || !encoded) return null;
      return { typescript: Buffer.from(encoded[1], "base64").toString(), commonjs: last.map };
    },
  };
}

/**
 * Work-around for tslab 1.0.22, which keeps one timer of the compiler and throws "Unexpected pending rebuildTimer" at a
 * second. The compiler has two: one rebuilds, which tslab fires itself; the other, set when a file that decides how
 * modules are found has changed, is fired by the clock here. To be dropped when tslab keeps them apart.
 */
function separateTimers(host: TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>): void {
  const set = host.setTimeout!.bind(host);
  const clear = host.clearTimeout!.bind(host);
  const others = new Set<unknown>();
  host.setTimeout = (callback: () => void, milliseconds) => {
    if (callback.name === "updateProgramWithWatchStatus") return set(callback, milliseconds) as unknown;
    const timer = setTimeout(() => {
      others.delete(timer);
      callback();
    }, milliseconds).unref();
    others.add(timer);
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (others.delete(timer)) clearTimeout(timer as NodeJS.Timeout);
    else clear(timer);
  };
}

/** Work-around: see earlierNames. */
function mendingEmit<Builder extends TypeScript.BuilderProgram>(ts: Compiler, builder: Builder): Builder {
  const emit = builder.emit.bind(builder);
  builder.emit = (file, write, cancellation, onlyDeclarations, transformers) => {
    const before = [earlierNames(ts, builder.getProgram().getTypeChecker()), ...(transformers?.before ?? [])];
    return emit(file, write, cancellation, onlyDeclarations, { ...transformers, before });
  };
  return builder;
}

/** A declaration file that is replaced by a fuller one when code needs it. */
class Widening {
  readonly file: string;
  /** Tells the compiler that the file has changed; set when it first reads it. */
  changed: () => void = () => undefined;
  private wide = false;

  constructor(
    private readonly narrow: NarrowFile,
    private readonly need: RegExp,
  ) {
    this.file = narrow.file;
  }

  isNeededBy(source: string): boolean {
    return this.need.test(source);
  }

  /** False if it is wide already. */
  widen(): boolean {
    if (this.wide) return false;
    this.wide = true;
    this.changed();
    return true;
  }

  textOf(name: string): string | null {
    return this.wide && name === this.file ? this.narrow.full : null;
  }
}

function cellOptions(ts: Compiler, declarations: string): TypeScript.CompilerOptions {
  return {
    strict: true,
    lib: ["lib.es2023.d.ts"],
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ["cells"],
    typeRoots: [path.join(declarations, "types"), path.join(repository, "node_modules", "@types")],
    pathsBasePath: declarations,
    paths: { "fathom/*": ["./*"] },
    inlineSourceMap: true,
  };
}
