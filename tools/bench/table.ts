import { median } from "./times";
import type { MeasuredLimits } from "./limits";
import { medianOf, type WorkloadResult } from "./judge";
import type { SideResult } from "./race";

/** Wall over processor time above which a side did not have its core to itself. */
const busy = 1.15;

/** Seconds for people, to three digits: "1.04 s", "5.90 ms". */
export function duration(seconds: number): string {
  const [value, unit] = seconds >= 1 ? [seconds, "s"] : seconds >= 1e-3 ? [seconds * 1e3, "ms"] : [seconds * 1e6, "µs"];
  return `${value.toPrecision(value >= 1000 ? 4 : 3)} ${unit}`;
}

/** A ratio for people: "0.87", "1.20", "12". */
export function ratioText(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(2);
}

/** A rate for people: "61.2 Gflop/s". */
export function limitsText({ matrixProduct, copy, normals, by }: MeasuredLimits): string {
  return (
    `This machine at most: matrix products ${(matrixProduct / 1e9).toFixed(1)} Gflop/s (${by.matrixProduct}), ` +
    `copies ${(copy / 1e9).toFixed(1)} GB/s (${by.copy}), normals ${(normals / 1e6).toFixed(0)} million/s (${by.normals}).`
  );
}

/** What came of one workload, in a few lines. */
export function workloadText(result: WorkloadResult): string {
  const lines = [`${result.name}: ${result.title}`];
  const width = Math.max(...result.sides.map(({ name }) => name.length));
  for (const side of result.sides) lines.push(`  ${side.name.padEnd(width)}  ${sideText(side)}`);
  lines.push(`  ${verdictText(result)}`);
  const ours = result.sides.find(({ name }) => name === "ours");
  const found = Object.entries(ours?.found ?? {}).map(([name, value]) => `${name} ${Number(value.toPrecision(6))}`);
  if (found.length > 0) lines.push(`  ours found ${found.join(", ")}`);
  return lines.join("\n");
}

function sideText(side: SideResult): string {
  if (side.state === "absent") return side.about;
  if (side.state === "failed") return `failed: ${side.about}`;
  if (side.state === "differs") return `computes something else: ${side.about}`;
  const wall = medianOf(side);
  const processor = median(side.processorSeconds);
  const range = `${duration(Math.min(...side.seconds))} to ${duration(Math.max(...side.seconds))}`;
  return `${duration(wall).padStart(8)}  (${range}; processor ${duration(processor)})  ${side.about}`;
}

function verdictText(result: WorkloadResult): string {
  const ours = result.sides.find(({ name }) => name === "ours");
  if (ours?.state !== "timed") return "no time of ours";
  const parts: string[] = [];
  const { ratio, processorRatio, against, reach, met, limitSeconds } = result;
  if (ratio !== null) {
    const { median, low, high } = ratio;
    parts.push(`${ratioText(median)} × ${against} (${ratioText(low)} to ${ratioText(high)})`);
  }
  const goal = "seconds" in reach ? duration(reach.seconds) : `${ratioText(reach.ratio)} × ${reach.of ?? "the best"}`;
  parts.push(`reach ${goal}: ${met === null ? "not judged" : met ? "met" : "NOT MET"}`);
  if (limitSeconds !== null) {
    parts.push(`${ratioText(medianOf(ours) / limitSeconds)} × this machine's limit of ${duration(limitSeconds)}`);
  }
  if (result.sides.some(isCrowded)) {
    const spared =
      processorRatio === null ? "" : `: in processor time ${ratioText(processorRatio.median)} × ${against}`;
    parts.push(`other work on this core${spared}`);
  }
  return parts.join(" · ");
}

/** Whether a side waited for the processor while it ran. */
export function isCrowded(side: SideResult): boolean {
  // What a side's own children compute is not in its processor time.
  const processor = side.state === "timed" ? median(side.processorSeconds) : 0;
  return side.state === "timed" && processor > 0.05 * medianOf(side) && medianOf(side) > busy * processor;
}
