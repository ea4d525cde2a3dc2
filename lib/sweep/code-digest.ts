import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The folder that holds lib/, test/ and notebooks/. */
export const repositoryRoot: string = resolve(__dirname, "..", "..");

interface SourceFile {
  readonly digest: string;
  readonly imports: readonly string[];
}

/** Files already read, by absolute path. */
export type SourceCache = Map<string, SourceFile>;

// A process runs the code it loaded, also when a file is edited meanwhile: each file counts as it was first read.
const readAlready: SourceCache = new Map();

/**
 * A sha256 (hex) of the code that `source` runs: the file itself and, transitively, every file that it imports by a
 * relative path or as `fathom/…`; other packages count by name and version. Names of files are taken relative to the
 * repository, line endings as \n, so that two clones agree.
 * @param source absolute path of a TypeScript or JavaScript file
 * @throws Error when the file does not exist
 */
export function codeDigest(source: string, cache: SourceCache = readAlready): string {
  const { files, packages } = codeOf(source, cache);
  const lines = files.map((file) => `${portableName(file)} ${sourceFile(file, cache).digest}`);
  return sha256([...lines, ...packages].sort().join("\n"));
}

/**
 * The files that `source` runs, itself first, as absolute paths, and the packages, each as `name@version`.
 * @throws Error when the file does not exist
 */
export function codeOf(source: string, cache: SourceCache = readAlready): { files: string[]; packages: string[] } {
  if (!existsSync(source)) {
    throw new Error(`There is no file ${source}; give an experiment the __filename of the file that defines it.`);
  }
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [resolve(source)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const specifier of sourceFile(file, cache).imports) {
      const imported = resolveImport(specifier, file);
      if (imported !== undefined) waiting.push(imported);
      else if (!specifier.startsWith(".")) packages.add(packageVersion(specifier, file));
    }
  }
  return { files: [...files], packages: [...packages] };
}

/** The sha256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sourceFile(file: string, cache: SourceCache): SourceFile {
  let known = cache.get(file);
  if (known === undefined) {
    const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
    known = { digest: sha256(text), imports: importedNames(text) };
    cache.set(file, known);
  }
  return known;
}

/**
 * The module names that a source text mentions after `from`, `import`, `import(` or `require(`. It reads too much
 * rather than too little: a name in a comment or a string that leads to no file is ignored by the caller.
 */
export function importedNames(text: string): string[] {
  const mentions = text.matchAll(/\b(?:from|import|require)\s*\(?\s*(["'`])([^"'`\n]+)\1/g);
  return [...new Set([...mentions].map((mention) => mention[2]))];
}

function resolveImport(specifier: string, importer: string): string | undefined {
  if (specifier.startsWith("fathom/")) return firstFile(join(repositoryRoot, "lib", specifier.slice("fathom/".length)));
  if (!specifier.startsWith(".")) return undefined;
  return firstFile(resolve(dirname(importer), specifier));
}

function firstFile(path: string): string | undefined {
  const stem = path.replace(/\.[cm]?js$/, "");
  const candidates = [
    path,
    `${stem}.ts`,
    `${stem}.mts`,
    `${stem}.cts`,
    `${path}.js`,
    join(path, "index.ts"),
    join(path, "index.js"),
  ];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

function packageVersion(specifier: string, importer: string): string {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  if (name.startsWith("node:")) return name;
  for (const folder of createRequire(importer).resolve.paths(name) ?? []) {
    const file = join(folder, name, "package.json");
    if (existsSync(file)) return `${name}@${(JSON.parse(readFileSync(file, "utf8")) as { version?: string }).version}`;
  }
  return name;
}

/** A file's name relative to the repository, with slashes. */
export function portableName(file: string): string {
  return relative(repositoryRoot, file).split(sep).join("/");
}
