import type { Mosaic, RandomSliceRow, SliceRow } from "../../experiments";
import { figure, type Figure, type MosaicSpec, type PanelSpec, type SeriesSpec } from "../../report";
import { mosaic, randomSlice, trainedSlice } from "../../experiments/linear-regions/rows";
import { called, demand, listOf, record, whole, words } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { shapeName } from "./training";

/** Random nets with equally many neurons, one a shape, in a square. */
export interface SlicesOfSize {
  readonly neurons: number;
  readonly slices: readonly RandomSliceRow[];
}

const sign = called("1 where the output is positive, else 0", whole(0, 1));

/**
 * The regions of random nets with equally many neurons, in a square; two colours for the two signs of the output. A slider
 * moves the number of neurons.
 * @param sizes in ascending order of neurons, each with nets of as many layers
 * @param start the number of neurons that is shown at first
 */
export function randomSlicesFigure(sizes: readonly SlicesOfSize[], start: number): Figure {
  firstOf(firstOf(sizes, "number of neurons").slices, "slice");
  demand("sizes", sizes, listOf(record<SlicesOfSize>({ neurons: whole(1), slices: listOf(randomSlice) })));
  demand("sizes", sizes, listOf(record<SlicesOfSize>({ slices: listOf(record<Mosaic>({ classes: listOf(sign) })) })));
  demand("start", start, whole(1));
  return figure({
    id: "03-random-slices",
    columns: 3,
    title: "Straight cuts in one layer, bent ones in deeper layers, about as many pieces",
    description:
      "Linear regions of random nets of two inputs in a square, as polygons, coloured by the sign of the output; the " +
      "decision boundary is a line that bends where it enters another region.",
    slider: {
      label: "neurons",
      start,
      frames: sizes.map(({ neurons, slices }) => ({ value: neurons, panels: slices.map(randomSlicePanel) })),
    },
  });
}

function randomSlicePanel(slice: RandomSliceRow): PanelSpec {
  return {
    title: `${slice.hiddenWidths.length === 1 ? `1 layer of ${slice.hiddenWidths[0]}` : shapeName(slice.hiddenWidths)}: ${slice.regions} regions`,
    equalAspect: true,
    xAxis: { label: "x_1" },
    yAxis: { label: "x_2" },
    mosaic: mosaicSpec(slice, [0, 1]),
    // A net whose output has one sign leaves the line for the slider to move, empty.
    series: slice.boundary.length > 0 ? boundarySeries(slice) : [{ ...boundaryLook, x: [null], y: [null] }],
  };
}

/** The regions of one net in the plane of three digits, before and after training; a colour for each digit read. */
export function trainedSlicesFigure(slices: readonly SliceRow[]): Figure {
  const { digits } = firstOf(slices, "slice");
  demand("slices", slices, listOf(trainedSlice));
  // The three digits of the plane have the first colours, other digits those that are left.
  const read = [...new Set([...digits.map(({ label }) => label), ...slices.flatMap(({ classes }) => classes)])];
  return figure({
    id: "03-trained-slices",
    columns: 3,
    title: "Training moves the regions' boundaries to where the digits part, and makes no more of them",
    description:
      `The plane through a ${digits.map(({ label }) => label).join(", a ")} of the test set, cut into linear regions ` +
      "before and during training, coloured by the digit read, with the decision boundary.",
    panels: slices.map((slice) => ({
      title: `${slice.epoch === 0 ? "untrained" : `${slice.epoch} ${slice.epoch === 1 ? "epoch" : "epochs"}`}: ${slice.regions} regions`,
      equalAspect: true,
      xAxis: { label: "distance in the plane" },
      yAxis: { label: "distance in the plane" },
      mosaic: mosaicSpec(slice, read),
      series: boundarySeries(slice),
      notes: slice.digits.map(({ label, x, y }) => ({ x, y, text: String(label) })),
    })),
  });
}

/** One slice of a net of yours: its regions, coloured by what it says, and its decision boundary. */
export function netSliceFigure(text: { id: string; title: string }, slice: Mosaic): Figure {
  demand("text", text, record<typeof text>({ id: words, title: words }));
  demand("slice", slice, mosaic);
  return figure({
    ...text,
    height: 230,
    description: "Linear regions of a net in a square, coloured by its largest output, with the decision boundary.",
    xAxis: { label: "s" },
    yAxis: { label: "t" },
    equalAspect: true,
    mosaic: mosaicSpec(
      slice,
      [...new Set(slice.classes)].sort((a, b) => a - b),
    ),
    series: boundarySeries(slice),
  });
}

/** Six colours at most; the regions of one colour differ in strength, so that they can be told apart. */
export function mosaicSpec({ x, y, offsets, classes }: Mosaic, order: readonly number[]): MosaicSpec {
  return {
    name: "linear region",
    x,
    y,
    offsets,
    colors: classes.map((one) => Math.min(5, order.indexOf(one))),
    // Multiples of the golden ratio: neighbours in the list are far apart in strength.
    strengths: classes.map((_, index) => (index * 0.618034) % 1),
  };
}

const boundaryLook = { name: "decision boundary", kind: "theory", color: 6 } as const;

/** The pieces of the boundary as one line with gaps. */
function boundarySeries({ boundary }: Mosaic): SeriesSpec[] {
  if (boundary.length === 0) return [];
  const ends = (axis: number): (number | null)[] =>
    Array.from({ length: boundary.length / 4 }, (_, piece) => [
      boundary[4 * piece + axis],
      boundary[4 * piece + 2 + axis],
      null,
    ]).flat();
  return [{ ...boundaryLook, x: ends(0), y: ends(1) }];
}
