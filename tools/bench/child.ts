/**
 * Ours, or the plain version, in a process of its own: `node --import tsx child.ts WORKLOAD.ts ours|plain`. Takes requests as
 * JSON lines from stdin and answers on stdout, each answer a JSON text sequence (RFC 7464) that begins with a record separator;
 * whatever else a library prints is no answer.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { engineReport, openEngine } from "../../lib/engine";
import type { Runner, Summary, Workload } from "../../bench/workload";
import type { Request } from "./side";

const [modulePath, side] = process.argv.slice(2);
let runner: Runner | null = null;
let baseBytes = 0;

async function answer(request: Request): Promise<object> {
  switch (request.do) {
    case "prepare":
      return { about: await prepare(request.parameters, request.folder) };
    case "run":
      return run();
    case "memory":
      return { base: baseBytes, peak: peakBytes() };
  }
}

async function prepare(parameters: Readonly<Record<string, number>>, folder: string): Promise<string> {
  const { workload } = require(modulePath) as { workload: Workload };
  if (side === "plain") {
    if (workload.plain === undefined) throw new Error(`${workload.name} has no plain version.`);
    runner = await workload.plain(parameters, folder);
    return `Node ${process.versions.node}`;
  }
  await openEngine();
  baseBytes = peakBytes();
  runner = await workload.prepare(parameters, folder);
  const { device, tensorflow, tfjs } = engineReport();
  return `${tensorflow === null ? `TensorFlow.js ${tfjs}` : `TensorFlow ${tensorflow}`}, ${device}, Node ${process.versions.node}`;
}

async function run(): Promise<object> {
  if (runner === null) throw new Error("It was not prepared.");
  const processorBefore = process.cpuUsage();
  const before = performance.now();
  const summary = await runner.run();
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(processorBefore);
  return { seconds, processor: (user + system) / 1e6, summary: finite(summary) };
}

/** JSON has no NaN, and JSON.stringify would say null. */
function finite(summary: Summary): Summary {
  for (const [name, value] of Object.entries(summary)) {
    const values = typeof value === "number" ? [value] : value;
    if (!values.every(Number.isFinite)) throw new Error(`Its "${name}" is not finite.`);
  }
  return summary;
}

/** The most memory that this process has held so far. */
function peakBytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * 1024;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) * 1024;
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    let result: object;
    try {
      result = await answer(JSON.parse(line) as Request);
    } catch (error) {
      result = { error: error instanceof Error ? error.message : String(error) };
      if (error instanceof Error) process.stderr.write(`${error.stack}\n`);
    }
    process.stdout.write(`\u001e${JSON.stringify(result)}\n`);
  }
  runner?.dispose?.();
  process.exit();
}

void main();
