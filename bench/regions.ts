/**
 * Exact counts of linear regions, beside those of a published tool on the same weights and windows. Peers of the first two
 * workloads, one thread, median seconds: a line through 256×8, numpy float64 0.019 (float32 0.009), regioncam 0.023; a
 * square through [64]×4 with 13 997 regions, numpy 0.70, regioncam 0.19.
 *
 * Run with `npx tsx bench/regions.ts [repetitions]`. The peer is regioncam (MIT licence), in an environment of its own:
 * `python3 -m venv peers && peers/bin/pip install regioncam==0.5.2 numpy`, then set PEER_PYTHON=peers/bin/python. Without
 * it the counts of small nets are compared with an enumeration of all activation patterns.
 *
 * 21 November 2026: 949 regions on a segment of 784-[256]×8, 28 802 and 64 421 in squares of 2-[64]×4 and 2-[128]×3, 10 852
 * of a leaky and 833 of a residual net, all equal to regioncam's; in a square of ±1000 regioncam, in float32, finds 19 019
 * of 19 031.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { inputPlane, regionsInWindow, regionsOnSegment } from "../lib/measure/linear-regions";
import {
  piecewiseLinearNet,
  type PiecewiseLinearNet,
  type PiecewiseLinearStep,
  randomReluNet,
  type RandomReluNetOptions,
} from "../lib/nets/piecewise-linear";
import { key } from "../lib/random/key";
import { normalArray } from "../lib/random/normal";
import { patternsInPolygon, patternsOnSegment } from "../test/measure/linear-regions/brute-force";
import { residualNet } from "../test/measure/linear-regions/example-nets";

/** A net with a square [−half, half]² of its two inputs, or a segment. */
interface Workload {
  readonly name: string;
  readonly net: PiecewiseLinearNet;
  readonly half?: number;
  readonly ends?: readonly [Float64Array, Float64Array];
}

/** The weights rounded to float32, which is all that the peer takes. */
function rounded(steps: readonly PiecewiseLinearStep[]): PiecewiseLinearStep[] {
  return steps.map((step) => {
    if (step.kind === "rectifier") return step;
    if (step.kind === "residual") return { ...step, scale: Math.fround(step.scale), block: rounded(step.block) };
    return { ...step, weights: step.weights.map(Math.fround), biases: step.biases.map(Math.fround) };
  });
}

const random = (options: RandomReluNetOptions): PiecewiseLinearNet =>
  piecewiseLinearNet(options.inputWidth, rounded(randomReluNet(key(1), options).steps));

const wide = (inputWidth: number, hiddenWidths: number[], negativeSlope = 0): PiecewiseLinearNet =>
  random({ inputWidth, hiddenWidths, outputWidth: 10, sigmaB: 0.2, negativeSlope });

function segment(name: string, net: PiecewiseLinearNet): Workload {
  const draws = normalArray(key(2), 2 * net.inputWidth);
  return {
    name,
    net,
    ends: [Float64Array.from(draws.subarray(0, net.inputWidth)), Float64Array.from(draws.subarray(net.inputWidth))],
  };
}

const square = (name: string, net: PiecewiseLinearNet, half: number): Workload => ({ name, net, half });

const large: Workload[] = [
  segment("segment, 784-[256]×8", wide(784, Array<number>(8).fill(256))),
  square("±1.5, 2-[64]×4", wide(2, [64, 64, 64, 64]), 1.5),
  square("±1, 2-[32]×3", wide(2, [32, 32, 32]), 1),
  square("±1, 2-[32]×6 leaky", wide(2, Array<number>(6).fill(32), 0.25), 1),
  square(
    "±1, 2-[24] residual blocks of 32 and 24",
    (() => {
      const net = residualNet(5, 2, 24, 32);
      return piecewiseLinearNet(2, rounded(net.steps));
    })(),
    1,
  ),
  square("±1, 2-[128]×3", wide(2, [128, 128, 128]), 1),
  square("±10, 2-[64]×3", wide(2, [64, 64, 64]), 10),
  square("±1000, 2-[64]×3", wide(2, [64, 64, 64]), 1000),
];

const small: Workload[] = [
  segment("segment, 20-[10]×3", wide(20, [10, 10, 10])),
  square("±1, 2-[10]×3", wide(2, [10, 10, 10]), 1),
  square("±3, 2-[8]×4 leaky", wide(2, [8, 8, 8, 8], 0.2), 3),
  square("±2, residual", residualNet(3, 2, 6, 8), 2),
];

function count({ net, half, ends }: Workload): number {
  if (ends !== undefined) return regionsOnSegment(net, ...ends).regions;
  const [low, high] = [-(half as number), half as number];
  return regionsInWindow(net, inputPlane, [low, high, low, high]).count;
}

function enumerated({ net, half, ends }: Workload): number {
  if (ends !== undefined) return patternsOnSegment(net, ...ends).length;
  const [low, high] = [-(half as number), half as number];
  const corners = [[low, low], [high, low], [high, high], [low, high]] as const; // prettier-ignore
  return patternsInPolygon(net, inputPlane, corners).length;
}

function timed(run: () => number, repetitions: number): { regions: number; seconds: number } {
  const runs = Array.from({ length: repetitions }, () => {
    const start = performance.now();
    return { regions: run(), seconds: (performance.now() - start) / 1000 };
  });
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.floor(repetitions / 2)];
}

/** Typed arrays as plain ones. */
const plain = (_: string, value: unknown): unknown => (value instanceof Float64Array ? Array.from(value) : value);

function peerCounts(python: string, repetitions: number): { regions: number; seconds: number }[] {
  const cases = large.map(({ net, half, ends }) => ({
    steps: net.steps,
    repetitions,
    ...(ends === undefined ? { half } : { from: ends[0], to: ends[1] }),
  }));
  const run = spawnSync(python, [join(__dirname, "regions_peer.py")], {
    input: JSON.stringify(cases, plain),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) throw new Error(`${python} failed: ${run.error?.message ?? run.stderr}`);
  return JSON.parse(run.stdout) as { regions: number; seconds: number }[];
}

function main(): void {
  const repetitions = Number(process.argv[2] ?? 5);
  const line = (text: string): boolean => process.stdout.write(`${text}\n`);
  for (const workload of small) {
    const [own, all] = [count(workload), enumerated(workload)];
    line(`${workload.name}: ${own} regions, enumeration ${all}${own === all ? "" : " DIFFERS"}`);
    if (own !== all) process.exitCode = 1;
  }
  const python = process.env.PEER_PYTHON;
  const peers = python === undefined ? undefined : peerCounts(python, repetitions);
  if (peers === undefined) line("No peer: PEER_PYTHON is not set.");
  large.forEach((workload, index) => {
    const { regions, seconds } = timed(() => count(workload), repetitions);
    const peer = peers?.[index];
    const beside =
      peer === undefined
        ? ""
        : `; regioncam ${peer.regions} (${peer.regions === regions ? "equal" : `${peer.regions - regions}`}), ${(1000 * peer.seconds).toFixed(0)} ms`;
    line(`${workload.name}: ${regions} regions, ${(1000 * seconds).toFixed(0)} ms${beside}`);
  });
}

main();
