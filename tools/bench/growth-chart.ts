import { figure, figureSvg, type PanelSpec } from "../../lib/report";
import type { PowerLaw } from "./exponent";
import { exponentText, type GrowthResult } from "./growth";

/** MiB, where axes of memory begin: below what the process itself takes. */
const leastMemory = 300;

/** How time and peak memory grow, as SVG: two panels for each size of a workload, with the fitted and the expected exponents. */
export async function growthChart(results: readonly GrowthResult[]): Promise<string> {
  const panels = results
    .filter(({ sizes }) => sizes.length > 1)
    .flatMap((result): PanelSpec[] => [
      panel(result, "time", result.timed === "clock" ? "seconds" : "seconds of the processor", result.seconds),
      panel(
        result,
        "memory",
        "peak memory, MiB",
        result.peakBytes.map((bytes) => bytes / 2 ** 20),
        2 ** 20,
      ),
    ]);
  return figureSvg(
    figure({
      id: "bench-growth",
      title: "How time and memory grow with size: exponents, fitted and expected",
      panels,
      columns: 2,
    }),
  );
}

function panel(
  result: GrowthResult,
  cost: "time" | "memory",
  label: string,
  y: readonly number[],
  unit: number = 1,
): PanelSpec {
  const law = result[cost];
  const exponent = exponentText(law, result.expected[cost]).replace(/^exponent /, "");
  return {
    title: cost === "time" ? `${result.workload}: ${exponent}` : `memory: ${exponent}`,
    xAxis: { label: result.label, scale: "log" },
    yAxis: {
      label,
      scale: "log",
      range: cost === "time" ? decades(y) : [leastMemory, Math.max(10 * leastMemory, 1.5 * Math.max(...y))],
    },
    series: [
      { name: "measured", kind: "measurement", x: result.sizes, y, color: 0 },
      ...(law === null
        ? []
        : [
            {
              name: "overhead + factor · size^exponent",
              kind: "theory" as const,
              color: 1,
              ...curve(result.sizes, law, unit),
            },
          ]),
    ],
  };
}

/** A range of a decade at least: what does not grow shall look like it. */
function decades(y: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...y) / 1.5, Math.max(...y) * 1.5];
  const wider = Math.max(1, Math.sqrt((10 * low) / high));
  return [low / wider, high * wider];
}

function curve(
  sizes: readonly number[],
  { overhead, factor, exponent }: PowerLaw,
  unit: number,
): { x: number[]; y: number[] } {
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const x = Array.from({ length: 41 }, (_, index) => low * (high / low) ** (index / 40));
  return { x, y: x.map((size) => (overhead + factor * size ** exponent) / unit) };
}
