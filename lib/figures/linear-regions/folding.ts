import { inputPlane, regionsInWindow, regionsOnSegment } from "../../measure";
import { foldingNet, type FoldingNetShape } from "../../nets";
import { figure, type Figure } from "../../report";
import { mosaicOf } from "../../experiments";
import { demand, record, whole } from "../../theory/demand-parts";
import { theorySeries } from "../series";
import { mosaicSpec } from "./slices";

/**
 * The folding construction: the interval folded layer by layer, the output of a net of one input, and the regions of a net
 * of two.
 */
export function foldingFigure(interval: FoldingNetShape, square: FoldingNetShape): Figure {
  const shape = { folds: whole(2), layers: whole(2), lastWidth: whole(1) };
  demand("interval", interval, record<FoldingNetShape>({ inputWidth: whole(1, 1), ...shape }));
  demand("square", square, record<FoldingNetShape>({ inputWidth: whole(2, 2), ...shape }));
  const [folds, layers] = [interval.folds, interval.layers];
  const x = Array.from({ length: 541 }, (_, index) => index / 540);
  const zigzag = (value: number): number => Math.abs(((folds * value + 1) % 2) - 1);
  const folded = Array.from({ length: layers - 1 }, (_, layer) => {
    let y = x;
    for (let fold = 0; fold <= layer; fold++) y = y.map(zigzag);
    return theorySeries(`after ${layer + 1} ${layer === 0 ? "layer" : "layers"}`, layer, { x, y });
  });
  const line = regionsOnSegment(foldingNet(interval), Float64Array.of(0), Float64Array.of(1));
  const slice = regionsInWindow(foldingNet(square), inputPlane, [0, 1, 0, 1]);
  return figure({
    id: "03-folding",
    columns: 3,
    height: 170,
    title: "Folding layers repeat whatever the last layer draws",
    description:
      `Left, the unit interval folded ${folds} times a layer. Middle, the output of the whole net, ${line.regions} linear ` +
      `pieces. Right, a folded square with ${slice.count} regions.`,
    panels: [
      {
        title: `each layer folds ${folds} times`,
        xAxis: { label: "input x" },
        yAxis: { label: "folded place", range: [0, 1.02] },
        series: folded,
      },
      {
        title: `the output: ${line.regions} pieces`,
        xAxis: { label: "input x" },
        yAxis: { label: "output" },
        series: [theorySeries("output", 6, { x: Array.from(line.positions), y: Array.from(line.outputs) })],
      },
      {
        title: `two inputs: ${slice.count} regions`,
        equalAspect: true,
        xAxis: { label: "x_1" },
        yAxis: { label: "x_2" },
        mosaic: mosaicSpec({ ...mosaicOf(slice), classes: Array<number>(slice.count).fill(0) }, [0]),
      },
    ],
  });
}
