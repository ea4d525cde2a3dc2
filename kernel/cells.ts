import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import type { CellMaps } from "./compiler";
import { repository } from "./repository";

interface Cell {
  readonly code: string;
  readonly maps: CellMaps | null;
}

/** Sources and maps of the cells that ran, by name (`In [3]`). */
const cells = new Map<string, Cell>();

const cellFrame = /In \[\d+\]:\d+:\d+/;
const cellPosition = /(In \[\d+\]):(\d+):(\d+)/;
const topLevelFrame = /^\s+at In \[\d+\]:\d+:\d+$/;
const dependencies = `${path.sep}node_modules${path.sep}`;
const carriers = ["tslab", "zeromq", `@tslab${path.sep}typescript-for-tslab`].map(
  (name) => dependencies + name + path.sep,
);

/** The name under which a cell's frames appear in a trace. */
export function cellName(count: number): string {
  return `In [${count}]`;
}

/** Remembers a cell, so that traces through it show lines of its own source. */
export function rememberCell(name: string, code: string, maps: CellMaps | null): void {
  cells.set(name, { code, maps });
}

/** True for a frame of the launcher, or of what it runs on. */
function isLauncherFrame(frame: string): boolean {
  return frame.includes(__dirname + path.sep) || carriers.some((folder) => frame.includes(folder));
}

function framesOf(stack: string): string[] {
  return stack.split("\n").filter((line) => /^\s+at /.test(line) && !line.includes("node:"));
}

/** True if the stack passes through a cell, or through anything but the launcher and Node. */
export function runsCell(stack: string): boolean {
  return framesOf(stack).some((frame) => !isLauncherFrame(frame) && !frame.includes("<anonymous>:1:"));
}

/** True if the stack starts in the launcher and has no frame of a cell. */
export function isLauncherStack(stack: string): boolean {
  const frames = framesOf(stack);
  return frames.length > 0 && isLauncherFrame(frames[0]) && !frames.some((frame) => cellFrame.test(frame));
}

/** A stack from the throw down to the cell, in lines of the sources, paths inside the repository without its own. */
export function readableFrames(stack: string): string[] {
  const frames = framesOf(stack).filter((frame) => !frame.includes("<anonymous>:1:"));
  const last = frames.findLastIndex((frame) => cellFrame.test(frame));
  let shown = last >= 0 ? frames.slice(0, last + 1) : frames;
  // A cell runs as a function that is called at once: the call is a frame of its own, of no interest.
  if (shown.length > 1 && shown.slice(-2).every((frame) => topLevelFrame.test(frame))) shown = shown.slice(0, -1);
  return shown
    .filter((frame) => !isLauncherFrame(frame))
    .map((frame) => frame.replace(cellPosition, inSource).replaceAll(repository + path.sep, ""));
}

/** The lines of the cell around the first frame that is in one, with a caret. Empty if none is. */
export function excerptAt(frames: readonly string[]): string[] {
  for (const frame of frames) {
    const match = cellPosition.exec(frame);
    const cell = match && cells.get(match[1]);
    if (cell) return excerpt(cell.code, Number(match[2]), Number(match[3]));
  }
  return [];
}

/** A line of code between its neighbours, with a caret under the column; both count from 1. */
export function excerpt(code: string, line: number, column: number): string[] {
  const text = code.split("\n");
  const width = String(Math.min(line + 1, text.length)).length;
  const out: string[] = [];
  for (let at = Math.max(1, line - 1); at <= Math.min(text.length, line + 1); at++) {
    out.push(`${at === line ? ">" : " "} ${String(at).padStart(width)} | ${text[at - 1]}`);
    if (at === line) out.push(`  ${" ".repeat(width)} | ${" ".repeat(Math.max(0, column - 1))}^`);
  }
  return out;
}

/** Maps a position in what tslab ran back to the cell's TypeScript. */
function inSource(whole: string, name: string, line: string, column: string): string {
  const maps = cells.get(name)?.maps;
  if (!maps) return whole;
  const generated = parsed(maps.commonjs).findEntry(Number(line) - 1, Number(column) - 1);
  if (!("originalLine" in generated)) return whole;
  const original = parsed(maps.typescript).findEntry(generated.originalLine, generated.originalColumn);
  if (!("originalLine" in original)) return whole;
  // tslab puts one line, `export {};`, before the cell's own.
  return `${name}:${Math.max(original.originalLine, 1)}:${original.originalColumn + 1}`;
}

/** A parsed map is some fifty times as large as its text, and few are ever asked. */
function parsed(map: string): SourceMap {
  return new SourceMap(JSON.parse(map) as SourceMapPayload);
}
