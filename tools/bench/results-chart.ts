import { ink, palette } from "../../lib/report/palette";
import { coordinate, document, text } from "../regions/svg";
import { medianOf, type WorkloadResult } from "./judge";
import type { SideResult } from "./race";
import type { Results } from "./results";
import type { SideName } from "./side";
import { duration, ratioText } from "./table";

const width = 960;
const left = 330;
const right = 110;
const top = 118;
const rowHeight = 44;
const bottom = 62;

const colors: Readonly<Record<SideName, string>> = {
  ours: palette[1],
  plain: palette[6],
  numpy: palette[5],
  torch: palette[0],
  jax: palette[2],
  regioncam: palette[3],
  relucent: palette[4],
};

/** One row a workload: times over that of the peer it is judged by, on a log axis, with the range over rounds. As SVG. */
export function resultsChart({ workloads, machine, rounds, date }: Results): string {
  const rows = workloads.filter(({ ratio }) => ratio !== null);
  const names = [...new Set(rows.flatMap(({ sides }) => sides.filter(isTimed).map(({ name }) => name)))];
  const [low, high] = axisRange(rows);
  const x = (ratio: number): number => left + ((width - left - right) * Math.log(ratio / low)) / Math.log(high / low);
  const height = top + rows.length * rowHeight + bottom;
  const end = top + rows.length * rowHeight;
  const title = "Time beside that of the peer to reach";
  const parts = [
    text(24, 38, title, { size: 22 }),
    text(24, 62, `${machine.processor} · median and range of ${rounds} rounds in turn · ${date.slice(0, 10)}`, {
      color: ink.soft,
    }),
    ...legend(names),
    ...gridRatios(low, high).flatMap((ratio) => [
      line(x(ratio), top - 8, x(ratio), end, ratio === 1 ? ink.soft : ink.grid, ratio === 1 ? 1.5 : 1),
      text(x(ratio), end + 20, `${ratio}×`, { anchor: "middle", color: ink.soft }),
    ]),
    text((left + width - right) / 2, end + 44, "time / time of the peer named (left is faster)", {
      anchor: "middle",
      color: ink.soft,
    }),
    ...rows.flatMap((row, index) => rowParts(row, top + (index + 0.5) * rowHeight, x)),
  ];
  return document(width, height, `${title}. ${rows.map(rowWords).join(". ")}.`, parts);
}

function rowParts(row: WorkloadResult, y: number, x: (ratio: number) => number): string[] {
  const best = row.sides.find(({ name }) => name === row.against)!;
  const reference = medianOf(best);
  const marks = row.sides.filter(isTimed).flatMap((side) => {
    const color = colors[side.name];
    const [from, to] = [Math.min(...side.seconds) / reference, Math.max(...side.seconds) / reference];
    const radius = side.name === "ours" ? 7 : 5;
    return [
      line(x(from), y, x(to), y, color, 2),
      `<circle cx="${coordinate(x(medianOf(side) / reference))}" cy="${coordinate(y)}" r="${radius}" fill="${color}"/>`,
    ];
  });
  const limit =
    row.limitSeconds === null || row.limitSeconds <= 0
      ? []
      : [line(x(row.limitSeconds / reference), y - 12, x(row.limitSeconds / reference), y + 12, ink.guide, 3)];
  const reach = "ratio" in row.reach ? `reach ${ratioText(row.reach.ratio)}×` : "";
  return [
    text(left - 20, y - 3, row.name, { anchor: "end", size: 15 }),
    text(left - 20, y + 13, `${row.against} ${duration(reference)}${reach === "" ? "" : ` · ${reach}`}`, {
      anchor: "end",
      size: 11.5,
      color: ink.soft,
    }),
    ...limit,
    ...marks.reverse(),
    text(width - right + 24, y + 5, `${ratioText(row.ratio!.median)}×`, {
      size: 16,
      color: row.met === false ? palette[1] : ink.text,
    }),
  ];
}

function legend(names: readonly SideName[]): string[] {
  const entries = [
    ...names.map((name) => ({
      name,
      mark: (x: number) => `<circle cx="${x}" cy="86" r="5" fill="${colors[name]}"/>`,
    })),
    { name: "this machine's limit", mark: (x: number) => line(x, 78, x, 94, ink.guide, 3) },
  ];
  let x = 32;
  return entries.flatMap(({ name, mark }) => {
    const parts = [mark(x), text(x + 12, 91, name)];
    x += 34 + 7.5 * name.length;
    return parts;
  });
}

/** The ratios shown, widened to a little beyond what there is to see. */
function axisRange(rows: readonly WorkloadResult[]): [number, number] {
  const ratios = rows.flatMap((row) => {
    const reference = medianOf(row.sides.find(({ name }) => name === row.against)!);
    const times = row.sides.filter(isTimed).flatMap(({ seconds }) => [...seconds]);
    return [...times, ...(row.limitSeconds === null || row.limitSeconds <= 0 ? [] : [row.limitSeconds])].map(
      (seconds) => seconds / reference,
    );
  });
  return [Math.min(0.5, ...ratios) / 1.15, Math.max(2, ...ratios) * 1.15];
}

/** 1, 2, 5 and their tenfolds; only the powers of ten where there are many. */
function gridRatios(low: number, high: number): number[] {
  const decades = Array.from({ length: 13 }, (_, index) => index - 6);
  const all = decades.flatMap((decade) => [1, 2, 5].map((first) => Number((first * 10 ** decade).toPrecision(1))));
  const shown = all.filter((ratio) => ratio > low && ratio < high);
  return shown.length <= 8
    ? shown
    : decades.map((decade) => 10 ** decade).filter((ratio) => ratio > low && ratio < high);
}

const isTimed = ({ state }: SideResult): boolean => state === "timed";

const rowWords = ({ name, ratio, against }: WorkloadResult): string =>
  `${name}: ${ratioText(ratio!.median)} times ${against}`;

function line(x1: number, y1: number, x2: number, y2: number, color: string, thickness: number): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map(coordinate);
  return `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" stroke="${color}" stroke-width="${thickness}"/>`;
}
