import { ink } from "../../lib/report/palette";
import { stated } from "../run/text";
import { colourFaces } from "./face-colours";
import { coordinate, document, text } from "./svg";
import { regionTints } from "./tints";
import { type CountedWindow, windowTitle } from "./window";

/** The longer side of the drawn window, and what lies around it. */
const side = 720;
const margin = { left: 64, right: 24, top: 56, bottom: 48 };

/** The regions of a window in their true shape, neighbours in different colours, and the decision boundary: an SVG. */
export function pictureOfWindow(counted: CountedWindow): string {
  const { slice, decisionBoundary } = counted;
  const frame = frameOf(counted);
  const place = (s: number, t: number): string => frame.place(s, t).map(coordinate).join(" ");
  const corners = slice.finite.length;
  const placed = Array.from({ length: corners }, (_, point) =>
    place(slice.coordinates[2 * point], slice.coordinates[2 * point + 1]),
  );
  const colours = colourFaces({ starts: slice.offsets, corners: slice.corners });
  const paths: string[][] = regionTints.map(() => []);
  for (let face = 0; face < slice.faces; face++) {
    const polygon = Array.from(slice.corners.subarray(slice.offsets[face], slice.offsets[face + 1]), (p) => placed[p]);
    paths[colours[face]].push(`M${polygon.join("L")}Z`);
  }
  // Thinner for more regions, whose outlines would else cover them.
  const outline = coordinate(Math.max(0.1, 0.8 / (1 + slice.faces / 2000)));
  const boundary = segmentsPath(decisionBoundary.segments, place);
  const title = windowTitle(counted);
  return document(frame.width, frame.height, title, [
    text(margin.left, 34, title, { size: 16 }),
    `<g stroke="${ink.card}" stroke-width="${outline}" stroke-linejoin="round">`,
    ...paths.map((path, colour) => `<path d="${path.join("")}" fill="${regionTints[colour]}"/>`),
    "</g>",
    `<g fill="none" stroke-linecap="round">`,
    `<path d="${boundary}" stroke="${ink.card}" stroke-width="4.5"/>`,
    `<path d="${boundary}" stroke="${ink.text}" stroke-width="2.2"/>`,
    "</g>",
    `<path d="M${frame.rim.map(([s, t]) => place(s, t)).join("L")}Z" fill="none" stroke="${ink.soft}"/>`,
    ...labels(counted, frame),
  ]);
}

interface Frame {
  readonly width: number;
  readonly height: number;
  /** The window's corners (s, t), counter-clockwise from (s0, t0). */
  readonly rim: readonly (readonly [number, number])[];
  /** Pixels of (s, t). */
  place(s: number, t: number): readonly [number, number];
}

/** Lengths and angles in the picture are those of the input space, all by the same factor. */
function frameOf({ slice, window: [s0, s1, t0, t1] }: CountedWindow): Frame {
  const { uu, uv, area } = slice.metric;
  const unit = Math.sqrt(uu);
  const across = (s: number, t: number): number => unit * s + (uv / unit) * t;
  const up = (t: number): number => (area / unit) * t;
  const rim = [
    [s0, t0],
    [s1, t0],
    [s1, t1],
    [s0, t1],
  ] as const;
  const places = rim.map(([s, t]) => across(s, t));
  const [left, right, bottom, top] = [Math.min(...places), Math.max(...places), up(t0), up(t1)];
  const scale = side / Math.max(right - left, top - bottom);
  return {
    width: margin.left + scale * (right - left) + margin.right,
    height: margin.top + scale * (top - bottom) + margin.bottom,
    rim,
    place: (s, t) => [margin.left + scale * (across(s, t) - left), margin.top + scale * (top - up(t))],
  };
}

function segmentsPath(segments: Float64Array, place: (s: number, t: number) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < segments.length; at += 4) {
    parts.push(`M${place(segments[at], segments[at + 1])}L${place(segments[at + 2], segments[at + 3])}`);
  }
  return parts.join("");
}

/** The ends of both ranges, at the window's lower and left sides. */
function labels({ window: [s0, s1, t0, t1] }: CountedWindow, frame: Frame): string[] {
  const [lowerLeft, lowerRight, , upperLeft] = frame.rim.map(([s, t]) => frame.place(s, t));
  const label = (value: number): string => stated(Number(value.toPrecision(4)));
  const color = ink.soft;
  return [
    text(lowerLeft[0], lowerLeft[1] + 20, label(s0), { anchor: "middle", color }),
    text(lowerRight[0], lowerRight[1] + 20, label(s1), { anchor: "middle", color }),
    text(lowerLeft[0] - 8, lowerLeft[1], label(t0), { anchor: "end", color }),
    text(upperLeft[0] - 8, upperLeft[1] + 10, label(t1), { anchor: "end", color }),
  ];
}
