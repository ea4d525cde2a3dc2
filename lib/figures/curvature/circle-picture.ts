import type { PictureRow } from "../../experiments";
import { figure, type Figure } from "../../report";
import { pictureRows } from "../../experiments/curvature/rows";
import { demand, listOf, positive, record } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries } from "../series";

/** One net's circle in a few layers. */
export interface CirclePicture {
  readonly sigmaW: number;
  /** One a layer. */
  readonly rows: readonly PictureRow[];
}

/** A circle in some layers of one net, along each layer's two strongest principal components, a panel a net. */
export function circlePictureFigure(pictures: readonly CirclePicture[]): Figure {
  firstOf(pictures, "net");
  demand("pictures", pictures, listOf(record<CirclePicture>({ sigmaW: positive, rows: pictureRows })));
  const layers = pictures[0].rows.map(({ layer }) => layer);
  return figure({
    id: "01-circle-picture",
    height: 210,
    title: "Order shrinks the circle to a bent loop, chaos crumples it in many dimensions",
    columns: 3,
    description: `A circle in layers ${layers.join(", ")} of one net of each regime, along its two strongest principal components.`,
    panels: pictures.map(({ sigmaW, rows }) => ({
      title: `σ_w = ${sigmaW}: ${rows.map(shareOfPlane).join(", ")} %`,
      equalAspect: true,
      xAxis: { label: "component 1 / √n" },
      yAxis: { label: "component 2 / √n" },
      series: rows.map(({ layer, coordinates: [first, second] }, index) => {
        const shade = rows.length === 1 ? 0 : index / (rows.length - 1);
        return measuredSeries(`layer ${layer}`, 0, { x: closed(first), y: closed(second) }, { mark: "line", shade });
      }),
    })),
  });
}

/** The share of the variance, in per cent, that the two components of the page carry. */
function shareOfPlane({ varianceShares: [first, second] }: PictureRow): number {
  return Math.round(100 * (first + second));
}

function closed(values: readonly number[]): number[] {
  return [...values, values[0]];
}
