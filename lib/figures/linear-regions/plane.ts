import { type PlaneRow, type RegionsInPlane, wholePlaneRegions } from "../../experiments";
import { figure, type Figure } from "../../report";
import { expectedBoundaryLength } from "../../theory";
import { planeDesign, planeRows, squareRows } from "../../experiments/linear-regions/rows";
import { called, demand, each, listOf, positive, record } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets, theorySeries } from "../series";

/** Random nets of one shape in a plane. */
export interface PlaneNets {
  readonly design: RegionsInPlane;
  /** One a net. */
  readonly rows: readonly PlaneRow[];
}

const square = record<RegionsInPlane>({ halfSide: called("of the square", positive) });

/**
 * Regions of the whole plane against neurons; and regions and boundary length of one shape in squares of growing size.
 * @param squares nets of one shape, ascending in half side
 */
export function planeFigure(wholePlanes: readonly PlaneNets[], squares: readonly PlaneNets[]): Figure {
  firstOf(wholePlanes, "shape of net");
  const { design } = firstOf(squares, "square");
  demand("wholePlanes", wholePlanes, listOf(record<PlaneNets>({ design: planeDesign, rows: planeRows })));
  demand("squares", squares, listOf(record<PlaneNets>({ design: each(planeDesign, square), rows: squareRows })));
  const depths = [...new Set(wholePlanes.map((nets) => nets.design.hiddenWidths.length))].sort((a, b) => a - b);
  const neurons = ({ hiddenWidths }: RegionsInPlane): number => hiddenWidths.reduce((sum, width) => sum + width, 0);
  const all = wholePlanes.map((nets) => nets.design).sort((a, b) => neurons(a) - neurons(b));
  const halfSides = squares.map((nets) => nets.design.halfSide!);
  const whole = wholePlaneRegions(design);
  return figure({
    id: "03-plane",
    height: 200,
    title: "A whole plane holds 1 + N + C(N, 2) regions at any depth; a window holds what its boundaries enclose",
    columns: 3,
    description:
      "Left, regions of the whole plane against neurons for several depths on 1 + N + C(N, 2). Middle and right, for one " +
      "shape, regions and length of boundaries in squares of growing size; the length on its prediction.",
    panels: [
      {
        title: "whole plane",
        xAxis: { label: "neurons N", scale: "log" },
        yAxis: { label: "regions", scale: "log" },
        series: [
          theorySeries("1 + N + C(N, 2)", 6, { x: all.map(neurons), y: all.map(wholePlaneRegions) }),
          ...depths.map((depth, color) => {
            const cells = wholePlanes.filter((nets) => nets.design.hiddenWidths.length === depth);
            const points = pointsOverNets(
              cells.map((nets) => neurons(nets.design)),
              cells.map(({ rows }) => rows.map(({ regions }) => regions)),
            );
            return measuredSeries(depth === 1 ? "1 layer" : `${depth} layers`, color, points);
          }),
        ],
      },
      {
        title: "regions in a square",
        xAxis: { label: "half side h", scale: "log" },
        yAxis: { label: "regions", scale: "log" },
        series: [
          { name: "whole plane", kind: "bound", color: 6, x: halfSides, y: halfSides.map(() => whole) },
          measuredSeries(
            "nets in a square",
            4,
            pointsOverNets(
              halfSides,
              squares.map(({ rows }) => rows.map(({ regions }) => regions)),
            ),
          ),
        ],
      },
      {
        title: "boundary length in it",
        xAxis: { label: "half side h", scale: "log" },
        yAxis: { label: "length", scale: "log" },
        series: [
          theorySeries("density A, integrated", 4, {
            x: halfSides,
            y: halfSides.map((halfSide) => expectedBoundaryLength(design, halfSide)),
          }),
          measuredSeries(
            "nets in a square",
            4,
            pointsOverNets(
              halfSides,
              squares.map(({ rows }) => rows.map(({ boundaryLength }) => boundaryLength!)),
            ),
          ),
        ],
      },
    ],
  });
}
