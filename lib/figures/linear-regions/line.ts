import {
  breakpointDensities,
  type LineRow,
  predictedBreakpoints,
  type RegionsOnLine,
  totalBreakpointRatio,
} from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { lineDesign, lineRows } from "../../experiments/linear-regions/rows";
import { demand, each, listOf, record } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/** Random nets of one shape on a segment. */
export interface CountedNets {
  readonly design: RegionsOnLine;
  /** One a net. */
  readonly rows: readonly LineRow[];
}

const neuronsOf = ({ hiddenWidths }: RegionsOnLine): number => hiddenWidths.reduce((sum, width) => sum + width, 0);

const countedNets = each(record<CountedNets>({ design: lineDesign }), (value) =>
  record<CountedNets>({ rows: lineRows((value as CountedNets).design.hiddenWidths.length) })(value),
);

/** Regions on a segment against the number of neurons, and their ratio to the prediction against depth/width. */
export function regionsOnLineFigure(nets: readonly CountedNets[]): Figure {
  firstOf(nets, "shape of net");
  demand("nets", nets, listOf(countedNets));
  const depths = [...new Set(nets.map(({ design }) => design.hiddenWidths.length))].sort((a, b) => a - b);
  const families = depths.map((depth, index) => ({
    name: depth === 1 ? "1 layer" : `${depth} layers`,
    shade: depths.length === 1 ? 0 : index / (depths.length - 1),
    cells: nets.filter(({ design }) => design.hiddenWidths.length === depth),
  }));
  const counts = families.flatMap(({ name, shade, cells }, index): SeriesSpec[] => {
    const x = cells.map(({ design }) => neuronsOf(design));
    const predicted = cells.map(({ design }) => predictedBreakpoints(design, design.place).reduce((a, b) => a + b, 1));
    return [
      theorySeries("Kac–Rice, each depth", 0, { x, y: predicted }, { shade, inLegend: index === 0 }),
      measuredSeries(
        name,
        0,
        pointsOverNets(
          x,
          cells.map(({ rows }) => rows.map(({ regions }) => regions)),
        ),
        { shade },
      ),
    ];
  });
  const ratios = families.map(({ name, shade, cells }) => {
    const compared = cells.map(({ rows, design }) => totalBreakpointRatio(rows, design));
    return measuredSeries(
      name,
      0,
      {
        x: cells.map(({ design }) => design.hiddenWidths.length / design.hiddenWidths[0]),
        y: compared.map(({ measured }) => measured),
        standardError: compared.map(({ standardError }) => standardError),
      },
      { shade },
    );
  });
  const spread = nets.map(({ design }) => design.hiddenWidths.length / design.hiddenWidths[0]);
  const ends = [Math.min(...spread), Math.max(...spread)];
  return figure({
    id: "03-line",
    height: 220,
    title: "Random nets have as many regions on a line as neurons give them, however the neurons are stacked",
    description:
      "Left, regions on a segment grow linearly with the number of neurons for every depth, on their predictions. " +
      "Right, breakpoints over prediction: 1 for wide nets, less for nets as deep as they are wide.",
    panels: [
      {
        title: "regions on a segment",
        xAxis: { label: "neurons N", scale: "log" },
        yAxis: { label: "regions", scale: "log" },
        series: counts,
      },
      {
        title: "breakpoints, measured / predicted",
        xAxis: { label: "depth / width", scale: "log" },
        yAxis: { label: "ratio", range: [0, 1.3] },
        series: [{ name: "infinite width", kind: "guide", x: ends, y: [1, 1] }, ...ratios],
      },
    ],
  });
}

/** Where on a segment each layer breaks it: densities over nets on Kac and Rice's. */
export function breakpointDensityFigure(nets: CountedNets): Figure {
  demand("nets", nets, countedNets);
  const { design, rows } = nets;
  const layers = breakpointDensities(rows, design);
  return figure({
    id: "03-breakpoints",
    height: 240,
    title: "Breakpoints crowd where the line passes the origin, and less so in deeper layers",
    description:
      "Breakpoints per neuron and unit length along a segment, for each of three layers, on the Kac–Rice densities.",
    xAxis: { label: "place on the segment" },
    yAxis: { label: "breakpoints per neuron and unit length" },
    series: layers.flatMap(({ layer, positions, predicted, measured, standardError }, index) => [
      theorySeries(`theory, layer ${layer}`, index, predicted),
      measuredSeries(`${rows.length} nets, layer ${layer}`, index, { x: positions, y: measured, standardError }),
    ]),
  });
}
