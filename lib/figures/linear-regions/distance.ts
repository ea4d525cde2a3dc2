import { densityAt, distanceRatio, type DistanceFromPoint, type DistanceRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { boundaryDistanceCdf, meanBoundaryDistance } from "../../theory";
import { distanceDesign, distanceRows } from "../../experiments/linear-regions/rows";
import { demand, listOf, record } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/** Distances of one shape of net. */
export interface MeasuredDistances {
  readonly design: DistanceFromPoint;
  /** One a net. */
  readonly rows: readonly DistanceRow[];
}

const measuredDistances = record<MeasuredDistances>({ design: distanceDesign, rows: distanceRows });

/** Mean distance to the nearest boundary against 1/N for several depths, and the law of the distance for one shape. */
export function distanceFigure(nets: readonly MeasuredDistances[], law: MeasuredDistances): Figure {
  firstOf(nets, "shape of net");
  demand("nets", nets, listOf(measuredDistances));
  demand("law", law, measuredDistances);
  const depths = [...new Set(nets.map(({ design }) => design.hiddenWidths.length))].sort((a, b) => a - b);
  const inverse = ({ hiddenWidths }: DistanceFromPoint): number =>
    1 / hiddenWidths.reduce((sum, width) => sum + width, 0);
  const means = depths.flatMap((depth, color) => {
    const cells = nets.filter(({ design }) => design.hiddenWidths.length === depth);
    const x = cells.map(({ design }) => inverse(design));
    const y = cells.map(({ design }) => meanBoundaryDistance(densityAt(design, design.norm)));
    const points = pointsOverNets(
      x,
      cells.map(({ rows }) => rows.map(({ distance }) => distance)),
    );
    return [
      theorySeries("1/(2A), each depth", color, { x, y }, { inLegend: color === 0 }),
      measuredSeries(depth === 1 ? "1 layer" : `${depth} layers`, color, points),
    ];
  });
  const { measured } = distanceRatio(law.rows, law.design);
  const density = densityAt(law.design, law.design.norm);
  const sorted = law.rows.map(({ distance }) => distance).sort((a, b) => a - b);
  const grid = Array.from({ length: 81 }, (_, index) => ((5 / (2 * density)) * index) / 80);
  // Forty points show the steps of hundreds of nets.
  const shown = sorted.map((_, index) => index).filter((index) => index % Math.ceil(sorted.length / 40) === 0);
  return figure({
    id: "03-distance",
    height: 220,
    title: "The nearest boundary is 1/N away, and the distance is exponential",
    description:
      "Left, the mean distance from a point to the nearest boundary against 1/N for nets of several depths, on their " +
      `lines. Right, the share of ${sorted.length} nets within a distance, on the exponential law.`,
    panels: [
      {
        title: "mean distance",
        xAxis: { label: "1 / neurons", scale: "log" },
        yAxis: { label: "distance", scale: "log" },
        series: means,
      },
      {
        title: `its law: measured mean ${measured.toFixed(2)} / (2A)`,
        xAxis: { label: "distance" },
        yAxis: { label: "share of nets within it", range: [0, 1] },
        series: [
          theorySeries("exponential, mean 1/(2A)", 6, {
            x: grid,
            y: grid.map((distance) => boundaryDistanceCdf(distance, density)),
          }),
          measuredSeries(`${sorted.length} nets, one point each`, 3, {
            x: shown.map((index) => sorted[index]),
            y: shown.map((index) => (index + 0.5) / sorted.length),
          }),
        ],
      },
    ],
  });
}
