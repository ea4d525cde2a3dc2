import { figure, type Figure, type FrameSpec, type PanelSpec, type SeriesSpec } from "../../report";
import { logLength, normalCdf } from "../../theory";
import { called, consistent, demand, each, listOf, notNegative, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** Nets of one width, followed one by one. */
export interface Walks {
  readonly width: number;
  /** `[layer][net]`: M_l, the input's first. */
  readonly lengths: readonly ArrayLike<number>[];
}

const walksOfWidth = each(
  record<Walks>({ width: whole(1), lengths: called("M_l, [layer][net]", listOf(listOf(notNegative))) }),
  consistent<Walks>(({ lengths }) => {
    const odd = lengths.findIndex((layer) => layer.length !== lengths[0].length);
    return odd < 0 ? null : `has ${lengths[0].length} nets in layer 0 and ${lengths[odd].length} in layer ${odd}`;
  }),
);

/** Nets whose walks are drawn, of all that are counted. */
const walksShown = 12;

/** Places on the axis of M at which nets are counted, and those between which theory is drawn. */
const counted = Array.from({ length: 23 }, (_, index) => 10 ** (-5 + index / 3.25));
const drawn = Array.from({ length: 89 }, (_, index) => 10 ** (-5 + index / 13));

/**
 * M_l of single nets against the layer, random walks about a mean that none of them shows; and the law of M_l over all nets
 * of each width in one layer, which a slider moves.
 * @param walks one a width; the first one's are drawn net by net
 * @param layers places of the slider, ascending, from 1 to the nets' depth
 * @param start the layer that is shown at first
 */
export function singleNetsFigure(walks: readonly Walks[], layers: readonly number[], start: number): Figure {
  firstOf(firstOf(walks, "width").lengths, "layer");
  demand("walks", walks, listOf(walksOfWidth));
  demand("layers", layers, listOf(whole(0)));
  const { width, lengths } = walks[0];
  const depth = firstOf(lengths, "layer").length === 0 ? 0 : lengths.length - 1;
  for (const layer of layers) {
    if (!(Number.isInteger(layer) && layer >= 1 && walks.every((one) => layer < one.lengths.length))) {
      throw new RangeError(
        `The slider stops at layer ${layer}; give whole numbers from 1 to the nets' depth, ${depth}.`,
      );
    }
  }
  const counts = walks.map((one) => `${one.lengths[0].length} of width ${one.width}`);
  return figure({
    id: "02-single-nets",
    title: "Narrow nets wander apart, layer by layer, around a mean that none of them shows",
    description:
      `Left, M against layer on a log axis for ${Math.min(walksShown, lengths[0].length)} nets of width ${width}. Right, the ` +
      `share of nets with M below a value in one layer, ${counts.join(", ")}, on normal laws of ln M.`,
    height: 220,
    slider: {
      label: "layer l",
      start,
      frames: layers.map((layer): FrameSpec => ({
        value: layer,
        panels: [walkPanel(walks[0], layer), lawPanel(walks, layer)],
      })),
    },
  });
}

function walkPanel({ width, lengths }: Walks, layer: number): PanelSpec {
  const layers = lengths.map((_, index) => index);
  const shown = Math.min(walksShown, lengths[0].length);
  const nets = Array.from({ length: shown }, (_, net) => {
    // A dead net has no place on a log axis.
    const walk = { x: layers, y: lengths.map((layer) => layer[net] || null) };
    const shade = shown === 1 ? 0 : net / (shown - 1);
    return measuredSeries("single nets", 0, walk, { mark: "line", shade, inLegend: false });
  });
  const range = [1e-4, 20] as const;
  return {
    title: `${shown} nets of width ${width}`,
    xAxis: { label: "layer l" },
    yAxis: { label: "M_l of one net", scale: "log", range },
    series: [
      { name: "layer l", kind: "guide", x: [layer, layer], y: range, inLegend: false },
      ...nets,
      theorySeries("mean over all nets", 6, { x: [0, layers.length - 1], y: [1, 1] }),
    ],
  };
}

function lawPanel(walks: readonly Walks[], layer: number): PanelSpec {
  const laws = walks.flatMap(({ width, lengths }, color): SeriesSpec[] => {
    const { mean, variance } = logLength(Array<number>(layer).fill(width));
    const values = Array.from(lengths[layer]);
    const shares = counted.map((place) => values.filter((value) => value < place).length / values.length);
    return [
      theorySeries(
        "normal law of ln M_l",
        color,
        {
          x: drawn,
          y: drawn.map((place) => normalCdf((Math.log(place) - mean) / Math.sqrt(variance))),
        },
        { inLegend: color === 0 },
      ),
      measuredSeries(`${values.length} nets of width ${width}`, color, {
        x: counted,
        y: shares,
        standardError: shares.map((share) => Math.sqrt((share * (1 - share)) / values.length)),
      }),
    ];
  });
  return {
    title: `all nets in layer ${layer}`,
    xAxis: { label: "M_l", scale: "log", range: [8e-6, 80] },
    yAxis: { label: "share of nets below", range: [-0.03, 1.03] },
    series: [{ name: "mean over all nets", kind: "theory", color: 6, x: [1, 1], y: [0, 1], inLegend: false }, ...laws],
  };
}
