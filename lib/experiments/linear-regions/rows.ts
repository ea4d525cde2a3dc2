import {
  called,
  consistent,
  type Demand,
  each,
  finite,
  listOf,
  mended,
  notNegative,
  orAbsent,
  orNull,
  positive,
  record,
  share,
  whole,
  widths,
} from "../../theory/demand-parts";
import type { DistanceFromPoint, DistanceRow } from "./distance-to-boundary";
import type { FoldingRow } from "./folding-counts";
import type { SliceRow } from "./mnist-slices";
import type { Mosaic } from "./mosaic";
import type { RandomReluNets } from "./random-nets";
import type { RandomSliceRow } from "./random-slices";
import type { LineRow, RegionsOnLine } from "./regions-on-line";
import type { PlaneRow, RegionsInPlane } from "./regions-in-plane";
import type { TrainingRow } from "./training-regions";

const designOfNets = record<RandomReluNets>({
  inputWidth: whole(2),
  hiddenWidths: widths,
  sigmaB: called("the biases' standard deviation", positive),
  weightVariance: called("times the fan-in", orAbsent(positive)),
});

/** Random nets, and the segment or line where they were counted. */
export const lineDesign: Demand = each(
  designOfNets,
  record<RegionsOnLine>({
    place: each(
      record<RegionsOnLine["place"]>({ distance: notNegative, start: orNull(finite), end: orNull(finite) }),
      consistent<RegionsOnLine["place"]>(({ start, end }) =>
        start === null
          ? end === null
            ? null
            : "has an end and no start"
          : end === null || end <= start
            ? `runs from ${start} to ${end}; give an end beyond the start`
            : null,
      ),
    ),
  }),
);

export const distanceDesign: Demand = each(
  designOfNets,
  record<DistanceFromPoint>({ norm: called("‖x‖ of the point", notNegative) }),
);

export const planeDesign: Demand = each(
  designOfNets,
  record<RegionsInPlane>({ halfSide: called("of the square; null for the whole plane", orNull(positive)) }),
);

/** Nets on a line: as many breakpoints as `layers`, where that is told. */
export function lineRows(layers: number, least: number = 2): Demand {
  return mended(
    listOf(
      each(
        record<LineRow>({
          breakpoints: called("one number a layer", listOf(notNegative)),
          regions: positive,
          binned: called("breakpoints of each layer in each part", listOf(listOf(notNegative), 0)),
        }),
        consistent<LineRow>(({ breakpoints, binned }) => {
          if (breakpoints.length !== layers)
            return `has breakpoints of ${breakpoints.length} layers; ${layers} expected`;
          return [0, layers].includes(binned.length)
            ? null
            : `has parts of ${binned.length} layers; ${layers} expected`;
        }),
      ),
      least,
    ),
    "Give rows as regionsOnRandomLines has them for the same design, one a net.",
  );
}

export const distanceRows: Demand = mended(
  listOf(record<DistanceRow>({ distance: called("to the nearest boundary", notNegative) }), 2),
  "Give rows as distancesToBoundary has them, one a net.",
);

/** Nets in a plane; their boundaries' length is null where the plane is whole. */
export const planeRows: Demand = mended(
  listOf(record<PlaneRow>({ regions: positive, boundaryLength: orNull(notNegative) }), 2),
  "Give rows as regionsInRandomPlanes has them, one a net.",
);

/** Nets in a square. */
export const squareRows: Demand = mended(
  listOf(record<PlaneRow>({ regions: positive, boundaryLength: called("in the square", notNegative) }), 2),
  "Give rows as regionsInRandomPlanes has them for a square, one a net.",
);

export const foldingRows: Demand = mended(
  listOf(record<FoldingRow>({ neurons: whole(1), activationRegions: whole(1) })),
  "Give rows as foldingCounts has them, one a net.",
);

export const trainingRows: Demand = mended(
  listOf(
    record<TrainingRow>({
      net: whole(0),
      epoch: notNegative,
      accuracy: called("test images read", share),
      segmentRegions: called("on a segment between two images", positive),
      lineRegions: called("on a line through two images", positive),
      distance: called("to the nearest boundary", notNegative),
      predicted: record<TrainingRow["predicted"]>({ segmentRegions: positive, distance: notNegative }),
    }),
  ),
  "Give rows as regionsWhileTraining has them, one a net and moment.",
);

/** A plane cut into polygons. */
export const mosaic: Demand = each(
  record<Mosaic>({
    x: listOf(finite),
    y: listOf(finite),
    offsets: called("where each region's corners begin, and the last one's end", listOf(whole(0), 2)),
    classes: called("one a region", listOf(whole(0))),
    boundary: called("four numbers a piece of the decision boundary", listOf(finite, 0)),
  }),
  consistent<Mosaic>(({ x, y, offsets, classes, boundary }) => {
    const regions = offsets.length - 1;
    if (x.length !== y.length) return `has ${x.length} x and ${y.length} y of corners; give as many of each`;
    if (classes.length !== regions) return `has ${classes.length} classes of ${regions} regions; give one each`;
    if (offsets[regions] !== x.length) return `has offsets up to ${offsets[regions]} for ${x.length} corners`;
    return boundary.length % 4 === 0 ? null : `has ${boundary.length} numbers of boundary; give four a piece`;
  }),
);

const howToCut = "Give slices as the experiments of slices have them.";

export const randomSlice: Demand = mended(
  each(mosaic, record<RandomSliceRow>({ hiddenWidths: widths, regions: whole(1) })),
  howToCut,
);

export const trainedSlice: Demand = mended(
  each(
    mosaic,
    record<SliceRow>({
      epoch: notNegative,
      accuracy: share,
      regions: whole(1),
      digits: listOf(record<SliceRow["digits"][number]>({ label: whole(0), x: finite, y: finite })),
    }),
  ),
  howToCut,
);
