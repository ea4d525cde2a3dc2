import type { PiecewiseLinearNet } from "../../lib/nets/piecewise-linear";
import { ink, palette } from "../../lib/report/palette";
import { stated } from "../run/text";
import { type CountedSegment, segmentTitle } from "./segment";
import { coordinate, document, text } from "./svg";
import { regionTints } from "./tints";

const [width, height] = [800, 440];
const box = { left: 70, right: 750, top: 60, bottom: 330 };
const strip = { top: 350, bottom: 390 };
/** More outputs than colours could not be told apart. */
const mostOutputs = palette.length;

/** The net's outputs along a segment, exactly, above the pieces that it is cut into: an SVG. */
export function pictureOfSegment(net: PiecewiseLinearNet, counted: CountedSegment): string {
  const { line } = counted;
  const shown = Math.min(net.outputWidth, mostOutputs);
  const of = net.outputWidth > shown ? `, outputs 0 to ${shown - 1} of ${net.outputWidth}` : "";
  const title = `${segmentTitle(counted)}${of}`;
  const [low, high] = extent(net, counted, shown);
  const vertical = (value: number): number => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
  const outputs = Array.from({ length: shown }, (_, output) => {
    const end = vertical(line.outputs[line.outputs.length - net.outputWidth + output]);
    const points = Array.from(line.positions, (position, place) => {
      const value = line.outputs[place * net.outputWidth + output];
      return `${coordinate(horizontal(position))},${coordinate(vertical(value))}`;
    });
    return (
      `<polyline points="${points.join(" ")}" fill="none" stroke="${palette[output]}" stroke-width="2"/>` +
      (shown === 1 ? "" : text(box.right + 6, end + 4, String(output), { color: palette[output] }))
    );
  });
  return document(width, height, title, [
    text(box.left, 32, title, { size: 16 }),
    ...ticks(low, high).flatMap((value) => [
      `<path d="M${box.left} ${coordinate(vertical(value))}H${box.right}" stroke="${ink.grid}"/>`,
      text(box.left - 8, vertical(value) + 4, stated(Number(value.toPrecision(3))), { anchor: "end", color: ink.soft }),
    ]),
    ...outputs,
    ...pieces(counted),
    `<rect x="${box.left}" y="${strip.top}" width="${box.right - box.left}" height="${strip.bottom - strip.top}" ` +
      `fill="none" stroke="${ink.soft}"/>`,
    text(box.left, strip.bottom + 20, "from", { color: ink.soft }),
    text(box.right, strip.bottom + 20, "to", { anchor: "end", color: ink.soft }),
  ]);
}

function horizontal(position: number): number {
  return box.left + position * (box.right - box.left);
}

/** The range of the outputs that are shown; a constant one gets room around it. */
function extent({ outputWidth }: PiecewiseLinearNet, { line }: CountedSegment, shown: number): [number, number] {
  const values = line.outputs.filter((_, place) => place % outputWidth < shown);
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return low < high ? [low, high] : [low - 1, high + 1];
}

/** Round values within the range: a step of 1, 2 or 5 times a power of ten, and three to seven of them. */
function ticks(low: number, high: number): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / 2));
  const step = [5, 2, 1].map((factor) => factor * power).find((size) => high - low >= 2 * size) ?? power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, place) => (first + place) * step);
}

/** The pieces as bars, in colours of which neighbours differ: one path a colour. */
function pieces({ line }: CountedSegment): string[] {
  const ends = [0, ...line.breakpoints, 1].map(horizontal);
  return regionTints.map((tint, colour) => {
    const bars = ends
      .slice(0, -1)
      .map((start, piece) => [start, ends[piece + 1]])
      .filter((_, piece) => piece % regionTints.length === colour)
      .map(
        ([start, end]) => `M${coordinate(start)} ${strip.top}H${coordinate(end)}V${strip.bottom}H${coordinate(start)}Z`,
      );
    return `<path d="${bars.join("")}" fill="${tint}"/>`;
  });
}
