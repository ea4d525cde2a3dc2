import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { hiddenNeurons, type PiecewiseLinearNet, rectifierWidths } from "../../lib/nets/piecewise-linear";
import { NetFileError, quoted } from "../../lib/nets/piecewise-linear/net-file-error";
import { readNet } from "../../lib/nets/piecewise-linear/read-net";
import { plural, shortened } from "../run/text";
import { UsageError } from "../command-line/usage-error";
import { writeAtomically } from "../run/write-atomically";
import { type ExitCode, exitCodes } from "./exit-codes";
import { netText } from "./net-text";
import { readOptions, type RegionsOptions } from "./options";
import { pictureOfSegment } from "./picture-of-segment";
import { pictureOfWindow } from "./picture-of-window";
import { type CountedSegment, countSegment, segmentJson, segmentRows } from "./segment";
import { readPlane, readSegment } from "./slice-file";
import { type CountedWindow, countWindow, squareWindow, windowJson, windowRows } from "./window";

/** Where the command writes. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * `npm run regions`: reads a net, counts, and writes the counts to stdout. What is wrong goes to stderr in a line or two.
 *
 * @param arguments_ the command line after `--`
 * @param folder where relative paths begin
 */
export function main(arguments_: readonly string[], folder: string, streams: Streams = process): ExitCode {
  try {
    streams.stdout.write(regions(readOptions(arguments_), folder));
    return exitCodes.counted;
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === null || !(error instanceof Error)) throw error;
    streams.stderr.write(`${error.message}${code === exitCodes.usage ? usageHint : ""}\n`);
    return code;
  }
}

const usageHint = "\nnpm run regions -- --help shows how it is used.";

function exitCodeOf(error: unknown): ExitCode | null {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof NetFileError || error instanceof CountError) return exitCodes.badFile;
  if (error instanceof PictureError) return exitCodes.pictureNotWritten;
  return null;
}

/** The net was read, but its regions cannot be counted: more than the limit, numbers that overflow. */
class CountError extends Error {}

class PictureError extends Error {}

/** What is to be shown. */
function regions(options: RegionsOptions, folder: string): string {
  const { file, json, picture } = options;
  const started = performance.now();
  const net = readNet(resolve(folder, file), {
    negativeSlope: options.negativeSlope,
    activations: options.activations,
    logits: options.logits,
    ...(options.maximumBytes === null ? {} : { maximumBytes: options.maximumBytes }),
  });
  const read = performance.now();
  const count = counter(net, options, folder);
  const begun = performance.now();
  const counted = orCountError(count, options.slice);
  const derived = performance.now();
  const milliseconds = {
    read: read - started,
    count: counted.milliseconds,
    derived: derived - begun - counted.milliseconds,
  };
  if (picture !== null) draw(resolve(folder, picture), net, counted);
  if (json) return `${jsonText(file, net, counted, milliseconds)}\n`;
  return table(file, net, counted, milliseconds, picture);
}

type Counted = CountedSegment | CountedWindow;

/** Reads where to count; the counting itself is left to the caller. */
function counter(net: PiecewiseLinearNet, options: RegionsOptions, folder: string): () => Counted {
  const { slice, maximumRegions } = options;
  const limit = maximumRegions === null ? {} : { maximumRegions };
  if (slice.kind === "segment") {
    const ends = readSegment(resolve(folder, slice.file), net.inputWidth);
    return () => countSegment(net, ends, limit);
  }
  if (slice.kind === "plane") {
    const plane = readPlane(resolve(folder, slice.file), net.inputWidth);
    return () => countWindow(net, plane, limit);
  }
  if (net.inputWidth !== 2) {
    throw new UsageError(`--square needs a net of 2 inputs; this one has ${net.inputWidth}. Use --plane or --segment.`);
  }
  return () => countWindow(net, squareWindow(slice.sides), limit);
}

function orCountError(count: () => Counted, slice: RegionsOptions["slice"]): Counted {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const where = slice.kind === "square" ? "" : `${quoted(slice.file)}: `;
    throw new CountError(`${where}${error.message.replace(/option maximumRegions/, "option --max-regions")}`, {
      cause: error,
    });
  }
}

function draw(path: string, net: PiecewiseLinearNet, counted: Counted): void {
  const svg = counted.kind === "segment" ? pictureOfSegment(net, counted) : pictureOfWindow(counted);
  try {
    writeAtomically(path, svg);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PictureError(`The picture ${quoted(path)} cannot be written: ${reason}`, { cause: error });
  }
}

/** In milliseconds: the files, the regions, and what is derived from them (linear regions, decision boundary). */
interface Timings {
  readonly read: number;
  readonly count: number;
  readonly derived: number;
}

function jsonText(file: string, net: PiecewiseLinearNet, counted: Counted, milliseconds: Timings): string {
  const { inputWidth, outputWidth } = net;
  return JSON.stringify({
    file,
    net: {
      inputWidth,
      outputWidth,
      hiddenWidths: rectifierWidths(net),
      neurons: hiddenNeurons(net),
      layers: netText(net),
    },
    ...(counted.kind === "segment" ? segmentJson(counted) : windowJson(counted)),
    milliseconds,
  });
}

function table(
  file: string,
  net: PiecewiseLinearNet,
  counted: Counted,
  { read, count, derived }: Timings,
  picture: string | null,
): string {
  const rows: [string, string][] = [
    ["file", quoted(file)],
    ["net", `${shortened(netText(net), 200)}; ${plural(hiddenNeurons(net), "neuron")}`],
    ...(counted.kind === "segment" ? segmentRows(counted) : windowRows(counted)),
    ["time", `read in ${read.toFixed(0)} ms, counted in ${count.toFixed(0)} ms, the rest in ${derived.toFixed(0)} ms`],
    ...(picture === null ? [] : [["picture", quoted(picture)] as [string, string]]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}
